"""The audits: one file per unit, found by walking the package."""
