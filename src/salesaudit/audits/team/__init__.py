"""Sales performance (C5): the questions Q10 to Q12."""
