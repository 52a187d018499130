"""Drawings: what is drawn where, and what happens at the edges."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from salesaudit.report.charts import (
    bars,
    columns,
    curve,
    heat,
    interval_dots,
    range_bar,
    small_funnels,
)
from salesaudit.report.charts.scale import Scale, ticks
from salesaudit.report.charts.svg import Caption, Drawing, fit, number, width_of

CAPTION = Caption("k", "A title & <more>", "Main values")
NASTY = "</text><script>alert(1)</script>"


def parsed(markup: str) -> ET.Element:
    return ET.fromstring(markup)


def numbers(markup: str, attribute: str) -> list[float]:
    return [float(value) for value in re.findall(rf' {attribute}="(-?[\d.]+)"', markup)]


@pytest.mark.parametrize(("high", "last"), [(1352, 1000), (0.158, 0.15), (48, 40), (1, 1), (7, 6)])
def test_marks_are_round_and_end_inside_the_axis(high: float, last: float) -> None:
    marks = ticks(high)
    assert marks[0] == 0
    assert marks[-1] == pytest.approx(last)
    assert 2 <= len(marks) <= 6


def test_an_axis_of_nothing_has_its_zero() -> None:
    assert ticks(0) == [0.0]
    assert Scale(0, 0, 10, 20)(0) == 10


def test_a_drawing_is_named_and_described_as_text() -> None:
    drawing = Drawing(10, 10, CAPTION)
    drawing.text(1, 1, NASTY)
    root = parsed(drawing.markup())
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == "k-t k-d"
    assert [child.text for child in root] == [CAPTION.title, CAPTION.description, NASTY]


def test_a_drawing_without_a_caption_is_decoration() -> None:
    assert parsed(Drawing(1, 1).markup()).attrib["aria-hidden"] == "true"


@pytest.mark.parametrize(
    ("value", "shown"), [(1.0, "1"), (0.04, "0"), (-0.04, "0"), (-0.5, "-0.5"), (120.25, "120.2")]
)
def test_coordinates_are_short(value: float, shown: str) -> None:
    assert number(value) == shown


def test_text_is_cut_before_it_overflows_and_never_between_a_letter_and_its_mark() -> None:
    assert fit("short", 200) == "short"
    cut = fit("ช่องทางที่ไม่ได้ระบุชื่อไว้", 60)
    assert cut.endswith("…")
    assert width_of(cut) <= 70
    assert cut[:-1] == "" or "ช่องทางที่ไม่ได้ระบุชื่อไว้".startswith(cut[:-1])


def test_a_bar_is_as_long_as_its_number() -> None:
    stages = [
        bars.Bar("Lead", 1000, 0, "1,000", "", "", ""),
        bars.Bar("Customer", 250, 0, "250", "", "25 %", "750 stop here"),
    ]
    widths = numbers(bars.bars(stages, CAPTION), "width")[1:]
    assert widths[1] / widths[0] == pytest.approx(0.25, abs=0.001)


@pytest.mark.parametrize("narrow", [False, True])
def test_a_stage_without_records_is_an_empty_slot(narrow: bool) -> None:
    stages = [
        bars.Bar("Visitor", None, 0, "–", "", "", "", reason=NASTY),
        bars.Bar("Lead", 10, 2, "10", "+ 2", "", ""),
    ]
    root = parsed(bars.bars(stages, CAPTION, narrow=narrow))
    looks = [each.attrib.get("class") for each in root.iter()]
    assert looks.count("slot") == 1
    assert looks.count("hx") == 1


def test_dots_lie_on_one_axis_and_hollow_ones_are_dashed() -> None:
    dots = (
        interval_dots.Dot("a", 0.1, 0.05, 0.2, "10 %", "5–20", "1 / 10"),
        interval_dots.Dot("b", 0.2, 0.1, 0.4, "20 %", "10–40", "2 / 10", hollow=True),
        interval_dots.Dot("c", None, None, None, "–", "", ""),
    )
    axis = interval_dots.Axis(str, "share", "n", interval_dots.Reference(0.15, "all 15 %"))
    drawn = interval_dots.interval_dots([interval_dots.Group("", dots)], axis, CAPTION)
    root = parsed(drawn)
    circles = [each.attrib for each in root.iter("circle")]
    assert len(circles) == 2
    left = interval_dots.WIDE.left
    places = [float(each["cx"]) - left for each in circles]
    assert places[1] / places[0] == pytest.approx(2, abs=0.01)
    assert drawn.count("dash") == 1


def test_a_range_that_leaves_the_axis_ends_in_an_arrow() -> None:
    dots = (
        interval_dots.Dot("a", 0.1, 0.05, 0.2, "10 %", "5–20", ""),
        interval_dots.Dot("b", 0.1, 0.05, 0.9, "10 %", "5–90", "", tone="grey"),
    )
    group = interval_dots.Group("", dots)
    drawn = interval_dots.interval_dots([group], interval_dots.Axis(str, "", ""), CAPTION)
    assert drawn.count("l5 4l-5 4") == 1
    assert max(numbers(drawn, "x2")) <= interval_dots.WIDE.width


def test_a_month_that_is_not_over_is_outlined() -> None:
    months = [columns.Column("Jan", 10), columns.Column("Feb", 5, full=False)]
    for drawn in (columns.columns(months, str, CAPTION), columns.word(months)):
        looks = [each.attrib["class"] for each in parsed(drawn).iter("path")]
        assert [look for look in looks if look not in {"grid", "axis"}] == ["d", "p ds"]


def test_boxes_of_one_look_are_one_shape() -> None:
    drawing = Drawing(30, 10)
    drawing.boxes([(0, 1, 10, 2), (20, 0.5, 10, 2.5)], "d")
    drawing.boxes([], "e")
    (path,) = parsed(drawing.markup()).iter("path")
    assert path.attrib == {"class": "d", "d": "M0 1h10v2h-10zM20 0.5h10v2.5h-10z"}


def test_no_months_draw_an_empty_axis() -> None:
    assert parsed(columns.columns([], str, CAPTION)) is not None
    assert parsed(columns.word([])) is not None


def test_the_curve_rises_in_steps_and_names_its_middle() -> None:
    points = [curve.Point(day, day / 100, day / 120, day / 80, str(90 - day)) for day in range(31)]
    labels = curve.Labels(rate=str, day=str, days="days", at_risk="left")
    drawn = curve.curve(points, [curve.Mark(15, "half: day 15")], labels, CAPTION)
    assert "half: day 15" in drawn
    assert 'class="band"' in drawn
    path = next(d for d in re.findall(r' d="([^"]+)"', drawn) if "Z" not in d)
    heights = [float(each) for each in re.findall(r"V([\d.]+)", path)]
    assert heights == sorted(heights, reverse=True)


def test_a_curve_without_bounds_has_no_band() -> None:
    points = [curve.Point(0, 0, None, None), curve.Point(9, 0.1, None, None)]
    labels = curve.Labels(rate=str, day=str, days="days", at_risk="left")
    assert "band" not in curve.curve(points, [], labels, CAPTION)


def test_names_at_the_ends_of_lines_do_not_meet() -> None:
    points = [curve.Point(0, 0, None, None), curve.Point(9, 0.1, None, None)]
    labels = curve.Labels(rate=str, day=str, days="days", at_risk="left", everyone="All")
    lines = [curve.Line(f"c{n}", ((0, 0.0), (9, 0.1 + n / 1e4)), "es") for n in range(3)]
    drawn = curve.curve(points, [], labels, CAPTION, lines=lines)
    ends = [each for each in parsed(drawn).iter("text") if each.text in {"All", "c0", "c1", "c2"}]
    levels = sorted(float(each.attrib["y"]) for each in ends)
    assert len(levels) == 4
    assert min(b - a for a, b in pairwise(levels)) >= 16


def test_cells_without_a_share_are_bare_and_expected_ones_hatched() -> None:
    cells = (heat.Cell(None, "·"), heat.Cell(0.02, "2"), heat.Cell(0.1, "10"))
    cohorts = [
        heat.Cohort("Jan", "9", cells),
        heat.Cohort("Feb", "9", (*cells[:2], heat.Cell(0.1, "10", expected=True))),
    ]
    heads = heat.Heads("month", "leads", ("30 d", "60 d", "90 d"))
    for narrow in (False, True):
        root = parsed(heat.heat(cohorts, heads, CAPTION, narrow=narrow))
        looks = [each.attrib["class"] for each in root.iter("path")]
        assert looks == ["hx", "p", "t1", "t5"]
        italic = [each.text for each in root.iter("text") if "it" in each.attrib["class"].split()]
        assert italic == ["10"]


def test_small_funnels_are_shares_of_their_own_first_stage() -> None:
    panels = [
        small_funnels.Panel(
            NASTY, "10 %", (small_funnels.Stage("a", 1.0, "50"), small_funnels.Stage("b", 0.1, "5"))
        )
    ] * 4
    for narrow in (False, True):
        drawn = small_funnels.small_funnels(panels, CAPTION, narrow=narrow)
        (bars_drawn,) = parsed(drawn).iter("path")
        lengths = [float(each) for each in re.findall(r"h(\d[\d.]*)v", bars_drawn.attrib["d"])]
        assert len(lengths) == 8
        assert lengths[1] / lengths[0] == pytest.approx(0.1, abs=0.01)
        assert max(numbers(drawn, "x")) <= (330 if narrow else 912)


def test_what_lies_beyond_the_axis_stays_at_its_end() -> None:
    drawn = range_bar.range_bar(5, 1, 99, 10)
    assert max(numbers(drawn, "x2")) == 125
