"""What is said of a load, in messages, refusals and errors, without people's data."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb

from salesaudit.core.errors import SalesAuditError
from salesaudit.core.texts import Message, Param
from salesaudit.sources.privacy.masking import masked_text
from salesaudit.sources.privacy.names import mask_names, without_names

PLACES = frozenset({"file", "files", "folder", "line", "path", "yaml"})  # where, not what


def masked_messages(
    con: duckdb.DuckDBPyConnection, messages: Sequence[Message]
) -> tuple[Message, ...]:
    """Messages whose parameters tell of no person."""
    texts = {
        text: masked_text(text)
        for said in messages
        for name, text in said.params.items()
        if isinstance(text, str) and name not in PLACES
    }
    names = without_names(con, texts.values())
    shown = {text: names.get(masked, masked) for text, masked in texts.items()}
    return tuple(Message(said.text, _shown(said.params, shown)) for said in messages)


def mask_refused(con: duckdb.DuckDBPyConnection) -> None:
    """See to it that what is kept of refused records and cells tells of no person."""
    con.execute("UPDATE refused SET value = '' WHERE part IS NULL")  # whole lines hold names
    for table in ("refused", "refused_cells"):
        mask_names(con, table, "value")


@contextlib.contextmanager
def masked_errors(database: Path) -> Iterator[None]:
    """Errors of a load tell of no person either.

    Args:
        database: of the load, with the names that were found.
    """
    try:
        yield
    except SalesAuditError as error:
        with duckdb.connect(str(database)) as con:
            error.problem, error.fix = masked_messages(con, [error.problem, error.fix])
        raise
    except Exception as error:
        said = masked_text(str(error))
        with contextlib.suppress(duckdb.Error), duckdb.connect(str(database)) as con:
            said = without_names(con, [said]).get(said, said)
        if said != str(error):
            error.args = (said,)
        raise


def _shown(params: Mapping[str, Param], shown: Mapping[str, str]) -> dict[str, Param]:
    return {
        name: shown.get(value, value) if isinstance(value, str) and name not in PLACES else value
        for name, value in params.items()
    }
