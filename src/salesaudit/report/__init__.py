"""The report: one HTML file made from the document alone."""
