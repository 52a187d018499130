"""The part of the data that an audit looks at."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Scope(NamedTuple):
    """Which journeys and events count; applied once, where measures get their tables.

    Attributes:
        until: the end of knowledge T. Its events count, nothing later exists.
        since: first day of entry, or None for all of the past.
        where: conditions (journey column, allowed values); all must hold.
    """

    until: date
    since: date | None = None
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
