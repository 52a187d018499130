"""Proposing settings for exports that nothing recognises: by words, values and references."""
