"""Take the picture of the README: the demo company's report, as Chromium shows it.

Run it with the tests' environment and Debian's Chromium: ``python docs/picture.py``.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from salesaudit import audit
from salesaudit.report.html import render
from salesaudit.world import make_company

PICTURE = Path(__file__).parent / "images" / "report.png"
WIDTH, HEIGHT = 1280, 1560


def main() -> None:
    """Make the company, audit it, and photograph the head of its report."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        company = make_company("sawasdee-software", place / "exports", leads=20_000, seed=1)
        report = place / "audit.html"
        report.write_text(render(audit(company), beside="audit.json"), "utf-8")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            page.goto(report.as_uri())
            page.wait_for_selector(":root.whole")
            page.screenshot(path=PICTURE)
            browser.close()


if __name__ == "__main__":
    main()
