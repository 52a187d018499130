"""Small pieces of SQL: names, texts, and a value that is worked out once."""

from __future__ import annotations

import duckdb


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def let(name: str, value: str, body: str) -> str:
    """``body`` with ``name`` standing for ``value``, which is worked out once for each row."""
    return f"list_transform([{value}], lambda {name}: {body})[1]"


def of_the_machine(error: duckdb.Error) -> bool:
    """Whether the engine lacked disk or memory, or was stopped: nothing that the user wrote."""
    if isinstance(error, duckdb.IOException):
        said = str(error).lower()
        return any(words in said for words in ("could not write", "no space", "failed to create"))
    return isinstance(error, duckdb.OutOfMemoryException | duckdb.InterruptException)
