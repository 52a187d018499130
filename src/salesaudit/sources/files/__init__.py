"""From a file to a raw table of text, with every line accounted for."""

from __future__ import annotations

from salesaudit.sources.files.read import read_file, stop_if_too_many_refused

__all__ = ["read_file", "stop_if_too_many_refused"]
