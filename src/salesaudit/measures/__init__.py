"""Expressions that run inside the engine and return small typed tables; one per file."""
