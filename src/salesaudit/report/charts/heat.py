"""Shares as tiles in five tints, in the order of time; tiles without a share are hatched."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from salesaudit.report.charts.svg import Caption, Drawing

TINTS = 5
TILE, GAP = 58.0, 4.0


class Tile(NamedTuple):
    """One month; without a ``value`` its share says nothing."""

    label: str
    value: float | None
    shown: str
    cases: str


def heat(tiles: Sequence[Tile], caption: Caption, *, narrow: bool = False) -> Markup:
    """Tiles in lines of at most twelve, or four on a telephone."""
    width, most = (330.0, 4) if narrow else (912.0, 12)
    lines = -(-len(tiles) // most) or 1
    each = -(-len(tiles) // lines) or 1  # even lines
    side = min((width + GAP) / each, 118) - GAP
    drawing = Drawing(width, lines * (TILE + 20 + GAP), caption)
    highest = max((tile.value or 0 for tile in tiles), default=0) or 1
    for index, tile in enumerate(tiles):
        line, place = divmod(index, each)
        left, top = place * (side + GAP), line * (TILE + 20 + GAP)
        drawing.text(left + 1, top + 13, tile.label, "x")
        _tile(drawing, tile, (left, top + 20, side), highest)
    return drawing.markup("nar" if narrow else "wid")


def _tile(drawing: Drawing, tile: Tile, place: tuple[float, float, float], highest: float) -> None:
    left, top, side = place
    middle = left + side / 2
    if tile.value is None:
        drawing.rect(left + 0.5, top + 0.5, side - 1, TILE - 1, "slot")
        drawing.text(middle, top + 27, "·", "s", "middle")
        drawing.text(middle, top + 45, tile.cases, "x", "middle")
        return
    tint = max(1, math.ceil(tile.value / highest * TINTS - 1e-9))
    drawing.rect(left, top, side, TILE, f"t{tint}")
    drawing.text(middle, top + 26, tile.shown, f"b on{tint}", "middle")
    drawing.text(middle, top + 44, tile.cases, f"on{tint} sm", "middle")
