"""SVG by hand: colours are classes of the page's style sheet, text stays text."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

ANCHORS = {"start": "", "middle": "mid", "end": "end"}  # classes of the style sheet
HALF_WIDTHS = frozenset("iljtfrI.,:;'|!()[] ·/–-")


class Caption(NamedTuple):
    """What a drawing says to those who do not see it, and its id."""

    key: str
    title: str
    description: str


class Drawing:
    """Shapes on a ground of ``width`` by ``height``; without a caption it is decoration."""

    def __init__(self, width: float, height: float, caption: Caption | None = None) -> None:
        self._width, self._height, self._caption = width, height, caption
        self._parts: list[Markup] = []
        self._hatched = False

    def line(self, x1: float, y1: float, x2: float, y2: float, look: str) -> None:
        """A straight line."""
        self._add("line", look, x1=x1, y1=y1, x2=x2, y2=y2)

    def rect(self, x: float, y: float, width: float, height: float, look: str) -> None:
        """A rectangle."""
        self._add("rect", look, x=x, y=y, width=max(width, 0), height=max(height, 0))

    def hatched(self, x: float, y: float, width: float, height: float, look: str) -> None:
        """A rectangle that stands for what is still to come."""
        self.hatched_boxes([(x, y, width, height)], look)

    def boxes(
        self, places: Sequence[tuple[float, float, float, float]], look: str, fill: str = ""
    ) -> None:
        """Rectangles of one look (x, y, width, height each), drawn as one shape to stay small."""
        if places:
            at = "".join(
                f"M{number(x)} {number(y)}h{number(w)}v{number(h)}h{number(-w)}z"
                for x, y, w, h in places
            )
            self._add("path", look, d=at, **({"fill": fill} if fill else {}))

    def hatched_boxes(self, places: Sequence[tuple[float, float, float, float]], look: str) -> None:
        """Rectangles that stand for what is still to come."""
        self._hatched = self._hatched or bool(places)
        self.boxes(places, look, f"url(#{self._pattern})")

    def circle(self, x: float, y: float, radius: float, look: str) -> None:
        """A dot."""
        self._add("circle", look, cx=x, cy=y, r=radius)

    def path(self, points: str, look: str) -> None:
        """A path, in SVG's own commands."""
        self._add("path", look, d=points)

    def text(self, x: float, y: float, words: str, look: str = "", anchor: str = "start") -> None:
        """A line of text."""
        shape = Markup('<text x="{}" y="{}"{}>{}</text>')
        looks = " ".join(part for part in (look, ANCHORS[anchor]) if part)
        style = Markup(' class="{}"').format(looks) if looks else ""
        self._parts.append(shape.format(number(x), number(y), style, words))

    def markup(self, look: str = "") -> Markup:
        """The drawing."""
        size = Markup('width="{0}" height="{1}" viewBox="0 0 {0} {1}"').format(
            number(self._width), number(self._height)
        )
        style = Markup(' class="{}"').format(look) if look else ""
        body = self._patterns() + Markup().join(self._parts)
        return Markup("<svg{} {} {}</svg>").format(style, size, self._opening() + body)

    @property
    def _pattern(self) -> str:
        return f"{self._caption.key if self._caption else 'bare'}-h"

    def _opening(self) -> Markup:
        if self._caption is None:
            return Markup('aria-hidden="true">')
        return Markup(
            'role="img" aria-labelledby="{0}-t {0}-d"><title id="{0}-t">{1}</title>'
            '<desc id="{0}-d">{2}</desc>'
        ).format(*self._caption)

    def _patterns(self) -> Markup:
        if not self._hatched:
            return Markup()
        return Markup(
            '<defs><pattern id="{}" width="4" height="4" patternTransform="rotate(45)" '
            'patternUnits="userSpaceOnUse"><rect class="ht" width="4" height="4"/>'
            '<line class="hl" x1="0" y1="0" x2="0" y2="4"/></pattern></defs>'
        ).format(self._pattern)

    def _add(self, shape: str, look: str, **attributes: float | str) -> None:
        pairs = (
            (name, value if isinstance(value, str) else number(value))
            for name, value in attributes.items()
        )
        drawn = Markup(" ").join(Markup('{}="{}"').format(*pair) for pair in pairs)
        self._parts.append(Markup('<{} class="{}" {}/>').format(shape, look, drawn))


def number(value: float) -> str:
    """A coordinate in tenths, as short as it goes."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def width_of(words: str, size: float = 13) -> float:
    """About how wide a line of text is drawn; marks above and below a letter take no room."""
    return sum(_width(letter) for letter in words) * size


def fit(words: str, width: float, size: float = 13) -> str:
    """A line of text that fits, cut with an ellipsis where it would not."""
    if width_of(words, size) <= width:
        return words
    kept = words
    while kept and width_of(kept, size) + size > width:
        kept = kept[:-1]
        while kept and unicodedata.category(kept[-1]) == "Mn":
            kept = kept[:-1]
    return f"{kept.rstrip()}…"


def _width(letter: str) -> float:
    if unicodedata.category(letter) in {"Mn", "Cf"}:
        return 0
    if letter in HALF_WIDTHS:
        return 0.32
    return 0.7 if letter.isupper() or unicodedata.east_asian_width(letter) == "W" else 0.58
