"""The report held against WCAG 2.2 AA by axe in a real browser, and by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from report.example import five_stages, olist
from report.test_people import sheet, step
from report.test_team import with_team
from salesaudit.report.html import render
from salesaudit.report.people import render_person

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FILES = {
    "olist": lambda: render(olist(), beside="audit.json"),
    "five stages": lambda: render(five_stages(), beside="audit.json"),
    "a team": lambda: render(with_team()),
    "a person": lambda: render_person(five_stages(), sheet(step(), step(could_gain=True))),
}

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("report")
    paths = {name: folder / f"{name}.html" for name in FILES}
    for name, path in paths.items():
        path.write_text(FILES[name](), "utf-8")
    return paths


def opened(browser: Browser, report: Path, language: str, theme: str, width: int = 1280) -> Page:
    page = browser.new_page(
        color_scheme="dark" if theme == "dark" else "light",
        viewport={"width": width, "height": 800},
    )
    page.goto(report.as_uri() + ("#th-page" if language == "th" else ""))
    page.wait_for_selector(f".page[lang={language}]:not([hidden])")
    return page


LOOKS = [
    (language, theme, width)
    for language in ("en", "th")
    for theme in ("light", "dark")
    for width in (390, 1280)
]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_axe_finds_no_violation(
    browser: Browser, reports: dict[str, Path], name: str, look: tuple[str, str, int]
) -> None:
    page = opened(browser, reports[name], *look)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = Axe().run(page, options=RULES)
    page.close()
    assert found.violations_count == 0, found.generate_report()


def test_axe_would_find_one(browser: Browser, reports: dict[str, Path]) -> None:
    page = opened(browser, reports["olist"], "en", "light")
    page.evaluate("document.querySelector('h1').style.color = '#ddd'")
    assert Axe().run(page, options=RULES).violations_count == 1
    page.close()


@pytest.mark.parametrize("language", ["en", "th"])
def test_every_control_is_reached_by_tab_in_the_order_of_reading(
    browser: Browser, reports: dict[str, Path], language: str
) -> None:
    page = opened(browser, reports["five stages"], language, "light")
    controls = page.evaluate(
        """() => [...document.querySelectorAll('.page:not([hidden]) :is(a[href], button, summary,'
          + ' input, [tabindex="0"])')].filter(each => each.checkVisibility()
          && (each.type !== 'radio' || each.checked)).length"""
    )
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    places = []
    for _ in range(controls):
        page.keyboard.press("Tab")
        places.append(
            page.evaluate(
                """() => [...document.querySelectorAll('*')].indexOf(document.activeElement)"""
            )
        )
    assert len(set(places)) == controls
    assert places == sorted(places)
    page.close()


def test_the_focus_is_seen_and_never_under_the_bar(
    browser: Browser, reports: dict[str, Path]
) -> None:
    page = opened(browser, reports["five stages"], "en", "light")
    for _ in range(40):
        page.keyboard.press("Tab")
        top, bar, ring = page.evaluate(
            """() => {
                const at = document.activeElement, bar = document.querySelector('.top');
                const ring = getComputedStyle(at.closest('label') || at);
                return [at.closest('.top') ? 1e4 : at.getBoundingClientRect().bottom,
                        bar.getBoundingClientRect().bottom, ring.outlineStyle + ring.outlineWidth];
            }"""
        )
        assert top > bar or top < 0
        assert ring == "solid2px"
    page.close()


def test_a_row_opens_with_the_keyboard(browser: Browser, reports: dict[str, Path]) -> None:
    page = opened(browser, reports["five stages"], "en", "light")
    page.locator("#q5 > summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#q5 .open").is_visible()
    page.keyboard.press("Space")
    assert not page.locator("#q5 .open").is_visible()
    page.close()


def test_targets_are_large_enough(browser: Browser, reports: dict[str, Path]) -> None:
    page = opened(browser, reports["five stages"], "en", "light", 390)
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, summary, .seg a, .toc a, .chips label')]
            .filter(each => each.checkVisibility())
            .map(each => [each.className, each.getBoundingClientRect()])
            .filter(([, box]) => box.height < 24 || box.width < 24).map(([name]) => name)"""
    )
    assert small == []
    page.close()


def test_findings_can_be_read_by_owner_without_scripts(
    browser: Browser, reports: dict[str, Path]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(reports["olist"].as_uri())
    every = page.locator("#findings .card").count()
    page.locator("#findings input[value=marketing]").check()
    seen = page.locator("#findings .card:visible")
    assert 0 < seen.count() < every
    assert page.locator("#findings .card.by-marketing:visible").count() == seen.count()
    context.close()


@pytest.mark.parametrize("language", ["en", "th"])
def test_text_at_twice_the_size_and_wide_spacing_is_not_lost(
    browser: Browser, reports: dict[str, Path], language: str
) -> None:
    """WCAG 1.4.4 and 1.4.12: as at 640 px of a screen of 1,280, with the spacing it asks for."""
    page = opened(browser, reports["five stages"], language, "light", 640)
    page.evaluate(
        """() => document.querySelectorAll('main *:not(svg *)').forEach(each => {
            each.style.letterSpacing = '.12em'; each.style.wordSpacing = '.16em';
            each.style.lineHeight = '1.5'; })"""
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 640
    page.close()
