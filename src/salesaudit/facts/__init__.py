"""Derived values that several audits share; one per file."""
