"""Small drawings as SVG; one per file."""
