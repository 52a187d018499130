"""Sales process and pipeline (C1): the questions Q1 to Q6."""
