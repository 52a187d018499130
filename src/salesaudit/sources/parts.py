"""Parts: what the sources of all loads offer."""

from __future__ import annotations

from typing import NamedTuple

from salesaudit.sources.entries import Entry
from salesaudit.warehouse.load import Offer


class Part(NamedTuple):
    """What a source of a load offers for a table."""

    table: str
    offer: Offer
    accounts: tuple[Entry, ...]  # of its files, before anything is merged
    load: int  # number of the load, from 1: refused lines of its files have none of a part
    accept_refused: float
    accept_orphans: float
    new: bool  # of the load that is under way
