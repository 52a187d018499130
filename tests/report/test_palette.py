"""Contrast and distance of the colours, read from the style sheet itself, in both themes."""

from __future__ import annotations

import itertools
import math
import re
from importlib.resources import files

import pytest

STYLE = (files("salesaudit.report") / "templates" / "report.css").read_text("utf-8")
TOKEN = re.compile(r"--([a-z0-9-]+):(#[0-9A-F]{6})")
THEMES = {
    "light": r":root\{color-scheme:light;([^}]*)\}",
    "dark": r":root\[data-theme=dark\]\{([^}]*)\}",
    "dark by the system": r"scheme:dark\)\{:root:not\(\[data-theme=light\]\)\{([^}]*)\}",
    "print": r"@media print\{\s*:root[^{]*\{([^}]*)\}",
}
TEXT, MARK = 4.5, 3.0
SERIES = ("data", "alert", "ink", "edge")
APART = 25.0
# Brettel, Viénot and Mollon (1997), as the matrices of Viénot, Brettel and Mollon (1999) and,
# for tritanopia, of Machado, Oliveira and Fernandes (2009), on linear light.
SIGHTS = {
    "deuteranopia": ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1)),
    "protanopia": ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1)),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}

Colour = tuple[float, float, float]


def palette(theme: str) -> dict[str, str]:
    found = re.search(THEMES[theme], STYLE)
    assert found, theme
    return dict(TOKEN.findall(found.group(1)))


def linear(colour: str) -> Colour:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return red, green, blue


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        red, green, blue = linear(colour)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dim, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dim + 0.05)


def lab(colour: Colour) -> Colour:
    red, green, blue = (min(max(each, 0.0), 1.0) for each in colour)
    white = (0.95047, 1.0, 1.08883)
    xyz = (
        0.4124 * red + 0.3576 * green + 0.1805 * blue,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        0.0193 * red + 0.1192 * green + 0.9505 * blue,
    )

    def bent(value: float) -> float:
        return value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116

    x, y, z = (bent(value / full) for value, full in zip(xyz, white, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour: str, sight: str) -> Colour:
    plain = linear(colour)
    red, green, blue = (
        sum(weight * part for weight, part in zip(row, plain, strict=True)) for row in SIGHTS[sight]
    )
    return lab((red, green, blue))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["ground", "panel"])
def test_text_and_marks_stand_out(theme: str, ground: str) -> None:
    colours = palette(theme)
    for name in ("ink", "ink-2", "ink-3", "data", "alert"):
        assert contrast(colours[name], colours[ground]) >= TEXT, name
    assert contrast(colours["edge"], colours[ground]) >= MARK
    assert contrast(colours["alert"], colours["alert-tint"]) >= TEXT
    assert contrast(colours["ink"], colours["alert-tint"]) >= TEXT


@pytest.mark.parametrize("theme", THEMES)
def test_numbers_on_the_heat_map_can_be_read(theme: str) -> None:
    colours = palette(theme)
    for step in range(1, 6):
        text = colours["on-heat-5" if step == 5 else "on-heat"]
        assert contrast(text, colours[f"heat-{step}"]) >= TEXT, step


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("sight", SIGHTS)
def test_series_are_told_apart_without_some_colours(theme: str, sight: str) -> None:
    colours = palette(theme)
    for one, other in itertools.combinations(SERIES, 2):
        distance = math.dist(seen(colours[one], sight), seen(colours[other], sight))
        assert distance >= APART, (one, other)


def test_both_ways_to_the_dark_theme_are_the_same() -> None:
    assert palette("dark") == palette("dark by the system")
    assert palette("light").items() >= {
        (name, value) for name, value in palette("print").items() if name != "ground"
    }
