"""Databases as sources: on a server, or as a file; only ever read, and as text."""

from __future__ import annotations

from salesaudit.sources.databases.address import check_address, is_address
from salesaudit.sources.databases.partitions import with_partitions
from salesaudit.sources.databases.servers import read_servers
from salesaudit.sources.databases.stored import kind_of, read_stored

__all__ = [
    "check_address",
    "is_address",
    "kind_of",
    "read_servers",
    "read_stored",
    "with_partitions",
]
