"""From columns of text to values: one decision per column, looking at all of its rows."""

from __future__ import annotations

from salesaudit.sources.columns.booleans import decide_booleans
from salesaudit.sources.columns.dates import decide_times
from salesaudit.sources.columns.numbers import decide_numbers
from salesaudit.sources.columns.reading import Reading, text_expression

__all__ = ["Reading", "decide_booleans", "decide_numbers", "decide_times", "text_expression"]
