"""From a file to raw tables of text, with every record accounted for."""

from __future__ import annotations

from salesaudit.sources.files.code_pages import pages_of
from salesaudit.sources.files.limits import stop_if_too_many_refused
from salesaudit.sources.files.read import read_file

__all__ = ["pages_of", "read_file", "stop_if_too_many_refused"]
