"""The report in a browser: quiet, still, and as wide as the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from report.example import five_stages, olist
from salesaudit.report.html import render

WIDTHS = (320, 390, 768, 1280)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "audit.html"
    path.write_text(render(five_stages(company="บริษัท <b>สยาม</b>")), "utf-8")
    return path


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def test_asks_for_nothing_and_reports_no_error(page: Page, report: Path) -> None:
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: heard.append(request.url))
    page.goto(report.as_uri())
    page.wait_for_timeout(100)
    asked = [each for each in heard if each != report.as_uri() and not each.startswith("data:")]
    assert asked == []


def test_nothing_moves_while_it_opens_and_it_stays_small(page: Page, report: Path) -> None:
    page.goto(report.as_uri())
    page.wait_for_selector(":root.whole")
    page.wait_for_timeout(100)
    shift = """() => new Promise(done => new PerformanceObserver(list => done(
        list.getEntries().reduce((sum, each) => sum + each.value, 0)))
        .observe({type: "layout-shift", buffered: true}) || setTimeout(done, 200, 0))"""
    assert page.evaluate(shift) == 0
    assert page.evaluate("document.querySelectorAll('*').length") <= 6_000


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", ["", "#th-page"])
def test_nothing_scrolls_sideways(page: Page, report: Path, width: int, address: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(report.as_uri() + address)
    page.wait_for_selector(f"{address or '#page'}:not([hidden])")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_language_is_switched_in_place(page: Page, report: Path) -> None:
    page.goto(report.as_uri())
    assert page.locator("main:visible").count() == 1
    page.evaluate("document.getElementById('channels').scrollIntoView()")
    box = page.locator(".seg a[lang=th]:visible").first.bounding_box()
    assert box
    page.mouse.click(box["x"] + 5, box["y"] + 5)  # a locator's click would scroll first
    page.wait_for_selector(".page[lang=th]:not([hidden])")
    assert page.locator("main:visible h1").inner_text().startswith("ลีดประมาณ")
    assert page.url.endswith("#th-channels")
    assert page.evaluate("document.documentElement.lang") == "th"
    assert "การตรวจสอบการขาย" in page.title()
    page.go_back()
    page.wait_for_selector(".page[lang=en]:not([hidden])")
    assert page.evaluate("document.documentElement.lang") == "en"


def test_stands_without_scripts_in_the_language_asked_for(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "audit.html"
    path.write_text(render(five_stages(), "th"), "utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri() + "#q5")
    assert page.locator("h1").inner_text().startswith("ลีดประมาณ")
    assert page.locator("#q5").is_visible()
    assert not page.locator(".js:visible").count()
    context.close()


def test_an_address_of_the_other_language_opens_it(page: Page, report: Path) -> None:
    page.goto(report.as_uri() + "#th-q5")
    page.wait_for_selector("#th-q5")
    assert page.locator("main:visible").count() == 1
    page.locator("#th-q5 summary").first.click()
    assert page.locator("#th-q5 pre").first.text_content() == (
        page.locator("#q5 pre").first.text_content()
    )


def test_an_address_opens_what_is_folded(page: Page, report: Path) -> None:
    page.goto(report.as_uri() + "#finding-early-win")
    assert page.locator("#finding-early-win").is_visible()


def test_the_theme_button_changes_the_ground(page: Page, report: Path) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(report.as_uri())
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.locator(".theme:visible").click()
    assert page.evaluate(ground) != light


def test_thai_is_set_in_the_letters_that_came_along(page: Page, report: Path) -> None:
    page.goto(report.as_uri() + "#th-page")
    page.wait_for_selector("#th-page")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('600 16px \"Noto Sans Thai Report\"', 'ลีด')")
    assert page.evaluate("[...document.fonts].map(face => face.status)") == ["loaded"]
    spacing = "getComputedStyle(document.querySelector('#th-page h1')).letterSpacing"
    assert page.evaluate(spacing) in {"0px", "normal"}


def test_the_first_tab_stop_skips_to_the_verdict(page: Page, report: Path) -> None:
    page.goto(report.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#verdict"


def test_prints_light_and_whole(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "audit.html"
    path.write_text(render(olist(), "th"), "utf-8")
    page.emulate_media(color_scheme="dark")
    page.goto(path.as_uri())
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    assert 2 <= pdf.count(b"/Type /Page\n") <= 12 or pdf.startswith(b"%PDF")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
