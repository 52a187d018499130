"""Reporting (C4): what is wrong with the data, and what it spoils."""
