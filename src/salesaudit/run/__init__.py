"""Carries out an audit and makes its document."""
