"""Make the figures and the pictures of the page "The plain ratio on trial".

``python docs/plain_ratio.py`` writes the pictures and the tables of the page, and fails where its
text states a figure that does not come out; ``--check`` writes nothing. About ten seconds.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from plain_ways.sections import Part, parts

DOCS = Path(__file__).parent
PAGE = DOCS / "guide" / "plain-ratio.md"
IMAGES = DOCS / "images"


def page(found: Sequence[Part], text: str) -> str:
    """The page with its tables.

    Raises:
        SystemExit: a table has no place.
    """
    for name, table in ((name, table) for part in found for name, table in part.tables.items()):
        place = re.compile(rf"(<!-- figures: {name} -->).*?(<!-- end -->)", re.DOTALL)
        if not place.search(text):
            raise SystemExit(f"{PAGE.name} has no place for {name}")
        text = place.sub(rf"\1\n\n{table}\n\n\2", text)
    return text


def missing(found: Sequence[Part], text: str) -> list[str]:
    """Figures that the text should state and does not."""
    plain = " ".join(text.split())
    return [said for part in found for said in part.said if said not in plain]


def stale(found: Sequence[Part]) -> list[str]:
    """What is not as it comes out."""
    text = PAGE.read_text(encoding="utf-8")
    wrong = [] if page(found, text) == text else [PAGE.name]
    for part in found:
        file = IMAGES / f"plain-{part.name}.svg"
        if part.picture and (not file.exists() or file.read_text(encoding="utf-8") != part.picture):
            wrong.append(file.name)
    return [*wrong, *missing(found, text)]


def main() -> None:
    """Write the tables and the pictures, or check them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if one is stale")
    found = parts()
    if not parser.parse_args().check:
        text = page(found, PAGE.read_text(encoding="utf-8"))
        PAGE.write_text(text, encoding="utf-8", newline="\n")
        for part in found:
            if part.picture:
                file = IMAGES / f"plain-{part.name}.svg"
                file.write_text(part.picture, encoding="utf-8", newline="\n")
    wrong = stale(found)
    if wrong:
        raise SystemExit("not as it comes out:\n" + "\n".join(wrong))


if __name__ == "__main__":
    main()
