"""Small pieces of SQL: names, texts, and a value that is worked out once."""

from __future__ import annotations


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def let(name: str, value: str, body: str) -> str:
    """``body`` with ``name`` standing for ``value``, which is worked out once for each row."""
    return f"list_transform([{value}], lambda {name}: {body})[1]"
