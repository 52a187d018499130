"""Calendar quarters, numbered through, and the campaigns named after them."""

from __future__ import annotations

import numpy as np

from salesaudit.world.base import Times, Whole


def quarter_of(at: Times) -> Whole:
    """Number of the quarter of each moment: four times the year, and 0 to 3."""
    months = at.astype("datetime64[M]").astype(np.int64)
    number: Whole = (1970 + months // 12) * 4 + months % 12 // 3
    return number


def first_day(quarter: int) -> np.datetime64:
    """First day of a quarter."""
    return np.datetime64(f"{quarter // 4}-{quarter % 4 * 3 + 1:02d}-01")


def campaign_name(code: str, quarter: int) -> str:
    """Name of a channel's campaign; none for a channel without a code."""
    return f"{code}-{quarter // 4}Q{quarter % 4 + 1}" if code else ""
