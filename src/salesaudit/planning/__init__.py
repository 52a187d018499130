"""Plans: what may come of a decision, before the money is spent."""
