"""From a company's own exports to canonical rows, with every record accounted for."""
