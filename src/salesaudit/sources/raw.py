"""Raw tables: what a source holds, as text, before anybody says what it means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from salesaudit.core.texts import Message


class RawTable(NamedTuple):
    """A file, a sheet, a member of an archive, a database's table or a select, read as text.

    ``read`` = rows of the table + ``refused``.
    """

    name: str  # of the source in the account: export.zip/deals.csv, book.xlsx#Deals
    table: str  # in the engine: the columns as text, empty cells as '', then _record and _line
    columns: tuple[str, ...]
    sha256: str
    read: int  # records
    refused: int  # records that could not be read
    reasons: Mapping[str, int] = {}  # refused records by reason, commonest first
    notes: tuple[Message, ...] = ()
    file: str = ""  # what it was read from; empty: from no file
    member: str = ""  # the sheet, or the file in an archive; empty: the file holds one table
    preamble: tuple[str, ...] = ()  # lines above the header
    encoding: str = "utf-8"
    separator: str = ","
    parts: tuple[str, ...] = ()  # of a select: the files that it names
    preset: str = ""  # that it was read by; empty: it is to be recognised
    ordered: bool = True  # a file's records have an order; a select's have none
