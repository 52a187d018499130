"""The plan in a browser: the script's numbers and words are Python's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator
from playwright.sync_api import Page as Tab

from report.example import olist
from report.test_plan import with_past
from salesaudit.core.language import Language
from salesaudit.core.locale import Locale
from salesaudit.planning.campaign import Campaign, plan_campaign
from salesaudit.planning.inputs import Input
from salesaudit.report.html import render
from salesaudit.report.page import Page
from salesaudit.report.sections import plan
from salesaudit.run.result import AuditRun

RUNS = {"no past": olist, "own past": with_past}
USE_IT = None  # the past stays
CASES: tuple[dict[str, float | None], ...] = (
    {},
    {"leads": 150, "reach": 50, "close": 25, "cost": 3000, "margin": 400},
    {"leads": 151, "reach": USE_IT, "close": USE_IT, "cost": 2500, "margin": 400},
    {"leads": 640, "reach": 12.5, "close": USE_IT, "cost": 12345.67, "margin": USE_IT},
    {"leads": 4000, "reach": USE_IT, "close": USE_IT, "cost": 90000, "margin": USE_IT},
    {"leads": 0, "reach": USE_IT, "close": USE_IT, "cost": 10, "margin": USE_IT},
    {"leads": 7, "reach": 100, "close": 100, "cost": 0.5, "margin": 0.25},
    {"leads": 100, "reach": 0, "close": 25, "cost": 3000, "margin": 0},
    {"leads": 100, "reach": 29, "close": 100, "cost": 100, "margin": 20},
)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=RUNS, ids=str)
def run(request: pytest.FixtureRequest) -> AuditRun:
    made: AuditRun = RUNS[request.param]()
    return made


@pytest.fixture(scope="module")
def report(run: AuditRun, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plan") / "audit.html"
    path.write_text(render(run), "utf-8")
    return path


@pytest.fixture
def tab(browser: Browser, report: Path) -> Iterator[Tab]:
    tab = browser.new_page()
    tab.goto(report.as_uri() + "#plan")
    yield tab
    tab.close()


def typed(start: Campaign, case: dict[str, float | None]) -> Campaign:
    """The campaign as Python takes it."""
    found = start._asdict()
    for name, value in case.items():
        if value is not None:
            share = name in ("reach", "close")
            found[name] = value if name == "cost" else Input(value / 100 if share else value)
    return Campaign(**found)


def enter(section: Locator, case: dict[str, float | None]) -> None:
    """Type the numbers, in whatever order they stand."""
    for name, value in case.items():
        if value is not None:
            section.locator(f"[data-f={name}] [type=number]").fill(f"{value:.10g}")
    section.locator("[data-f=leads] [type=number]").dispatch_event("input")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("case", CASES, ids=lambda case: str(CASES.index(case)))
def test_the_scripts_numbers_and_words_are_pythons(
    tab: Tab, run: AuditRun, case: dict[str, float | None], language: Language
) -> None:
    page = Page(run, Locale(language, run.currency))
    campaign = typed(plan.starting(page), case)
    expected, shown = plan_campaign(campaign), plan.planned(page, campaign)
    if language == Language.TH:
        tab.evaluate("location.hash = '#th-plan'")
    section = tab.locator("#plan" if language == Language.EN else "#th-plan")
    section.wait_for(state="visible")
    enter(section, case)
    raw = json.loads(section.get_attribute("data-raw") or "")
    assert raw["chance"] == pytest.approx(expected.chance, abs=1e-6)
    assert raw["most"] == pytest.approx(expected.most_sure, rel=1e-5, abs=1e-9)
    assert raw["average"] == pytest.approx(expected.most_expected, rel=1e-9)
    assert raw["futures"] == pytest.approx(expected.futures, rel=1e-5, abs=1e-9)
    said = section.locator("[data-o]").evaluate_all(
        "all => all.map(each => [each.dataset.o, each.textContent])"
    )
    assert {name: tidy(text) for name, text in said} == {
        name: tidy(text) for name, text in shown.says.items()
    }
    cells = section.locator("tbody td").all_text_contents()
    assert tuple(cells) == shown.futures


def tidy(text: str) -> str:
    """Spaces that do not part are set where Python ties a number to its word."""
    return text.replace("\xa0", " ")


@pytest.mark.parametrize("case", CASES[:5], ids=lambda case: str(CASES.index(case)))
def test_the_script_draws_what_python_draws(
    tab: Tab, run: AuditRun, case: dict[str, float | None]
) -> None:
    page = Page(run, Locale(Language.EN, run.currency))
    section = tab.locator("#plan")
    enter(section, case)
    drawn = plan.planned(page, typed(plan.starting(page), case))
    for name, svg in (("steps", drawn.steps), ("dots", drawn.dots)):
        read = """(svg) => [...svg.querySelectorAll(':scope > :is(rect, circle, line, path, text)')]
            .map(s => [s.tagName, s.getAttribute('class'), s.textContent,
              ...['x', 'cx', 'cy', 'x1', 'width', 'r'].map(a => s.getAttribute(a))])"""
        shown = section.locator(f".plan-{name}").evaluate(read)
        wanted = tab.evaluate(
            f"(text) => {{ const box = document.createElement('div'); box.innerHTML = text;"
            f" return ({read})(box.firstChild); }}",
            str(svg),
        )
        for one, other in zip(shown, wanted, strict=True):
            assert one[:3] == other[:3]
            for a, b in zip(one[3:], other[3:], strict=True):
                assert (a is None) == (b is None)
                assert a is None or float(a) == pytest.approx(float(b), abs=0.25)


def test_a_slider_moves_its_field_and_the_answer(tab: Tab) -> None:
    slider = tab.locator("#plan [data-f=leads] [type=range]")
    slider.focus()
    before = tab.locator("#plan [data-o=says]").text_content()
    tab.keyboard.press("ArrowRight")
    assert tab.locator("#plan-leads").input_value() == "151"
    after = tab.locator("#plan [data-o=says]").text_content() or ""
    assert after != before
    assert after.startswith("Of 151 leads")


def test_use_it_brings_the_past_back(tab: Tab, run: AuditRun) -> None:
    if not run.plans.inputs:
        assert tab.locator("#plan .pf button").count() == 0
        return
    says = tab.locator("#plan [data-o=says]")
    before = says.text_content()
    tab.locator("#plan-reach").fill("77")
    assert "77" in (says.text_content() or "")
    tab.locator("#plan [data-f=reach] button").click()
    assert says.text_content() == before


def test_what_it_hangs_on_is_drawn_while_a_number_of_the_past_stands(
    tab: Tab, run: AuditRun
) -> None:
    if not run.plans.inputs:
        assert tab.locator("#plan .plan-hangs").count() == 0
        return
    drawn = tab.locator("#plan .plan-hangs")
    assert drawn.locator("rect").count() == 6
    tab.locator("#plan-reach").fill("50")
    widths = drawn.locator("rect").evaluate_all(
        "all => all.map(each => +each.getAttribute('width'))"
    )
    assert sum(width > 0 for width in widths[:4]) >= 2
    assert widths[4:] == [0, 0]
    tab.locator("#plan-close").fill("25")
    tab.locator("#plan-margin").fill("400")
    assert not drawn.is_visible()
    assert "taken as exact" in (tab.locator("#plan [data-o=hangs]").text_content() or "")


@pytest.mark.parametrize("value", ["", "-4", "1.5"])
def test_a_number_that_cannot_be_is_marked_and_the_answer_stays(tab: Tab, value: str) -> None:
    head = tab.locator("#plan [data-o=head]").text_content()
    tab.locator("#plan-leads").fill(value)
    assert tab.locator("#plan-leads").get_attribute("aria-invalid") is not None
    assert tab.locator("#plan [data-o=head]").text_content() == head
    tab.locator("#plan-leads").fill("150")
    assert tab.locator("#plan-leads").get_attribute("aria-invalid") is None


def test_the_answer_is_said_once_the_hand_rests(tab: Tab) -> None:
    status = tab.locator("#plan [role=status]")
    tab.locator("#plan-leads").fill("300")
    tab.locator("#plan-leads").fill("301")
    assert status.text_content() == ""
    tab.wait_for_timeout(750)
    assert "in 20 futures" in (status.text_content() or "")


def test_targets_are_large_enough_and_nothing_scrolls_sideways(tab: Tab) -> None:
    for width in (320, 390, 1280):
        tab.set_viewport_size({"width": width, "height": 900})
        assert tab.evaluate("document.documentElement.scrollWidth") == width
        for control in tab.locator("#plan input, #plan button").all():
            box = control.bounding_box()
            assert box
            assert box["height"] >= 24
            assert box["width"] >= 24


def test_the_answer_stands_without_scripts(browser: Browser, report: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(report.as_uri() + "#plan")
    assert not tab.locator("#plan .pin").is_visible()
    assert "customers" in tab.locator("#plan [data-o=head]").inner_text()
    assert tab.locator("#plan circle").count() == 20
    context.close()


def test_prints_without_controls(tab: Tab) -> None:
    tab.emulate_media(media="print")
    assert not tab.locator("#plan .pin").is_visible()
    assert tab.locator("#plan [data-o=says]").is_visible()
