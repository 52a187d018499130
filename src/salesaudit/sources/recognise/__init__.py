"""Recognising exports: by canonical words, or by the preset of a known system."""
