"""Exports made at random: tables of deals as many programs would write them, whole or damaged."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from datetime import date, timedelta
from typing import NamedTuple

from hypothesis import strategies as st

SETTINGS = """\
company: Fuzz
as_of: 2025-01-01
sources:
  - read: {name}
    into: deals
    accept_refused: 1.0
{encoding}    columns:
      deal_id: deal
      status: {{value: won}}
      closed_at: {{column: closed, format: "{format}"}}
      amount: {{column: amount, decimal: "{decimal}"}}
      product: product
"""
HEADER = ("deal", "closed", "amount", "product")
START = date(2020, 1, 1)


class Deal(NamedTuple):
    """A row as it is meant."""

    deal: str
    closed: date
    cents: int
    product: str  # trimmed, no runs of blanks


class Dialect(NamedTuple):
    """How a table is written."""

    separator: str
    quoting: int
    line_end: str
    encoding: str
    kind: str  # csv, gzip, zip, jsonl
    format: str  # of dates
    decimal: str

    @property
    def name(self) -> str:
        """Of the file."""
        return {"gzip": "deals.csv.gz", "zip": "deals.zip", "jsonl": "deals.jsonl"}.get(
            self.kind, "deals.csv"
        )

    @property
    def settings(self) -> str:
        """The settings that read it."""
        encoding = f"    encoding: {self.encoding}\n" if self.encoding in LEGACY else ""
        return SETTINGS.format(
            name=self.name, encoding=encoding, format=self.format, decimal=self.decimal
        )


LEGACY = {"cp1252": "äöüßé€", "cp874": "กขคงจ"}
LETTERS = "abcXYZ 0123_#&'/"
AWKWARD = ',;"|\n='

words = {
    encoding: st.text(alphabet=LETTERS + AWKWARD + own, max_size=12)
    for encoding, own in {**LEGACY, "utf-8": "äกё漢😀", "utf-8-sig": "ก", "utf-16": "ก漢"}.items()
}


@st.composite
def deals(draw: st.DrawFn, encoding: str) -> list[Deal]:
    """Rows with keys of their own."""
    rows = draw(
        st.lists(
            st.tuples(st.integers(0, 1500), st.integers(-10_000_000, 10_000_000), words[encoding]),
            min_size=1,
            max_size=12,
        )
    )
    return [
        Deal(f"D{i}x", START + timedelta(days=day), cents, " ".join(word.split()))
        for i, (day, cents, word) in enumerate(rows)
    ]


dialects = st.builds(
    Dialect,
    separator=st.sampled_from([",", ";", "\t", "|"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(sorted(words)),
    kind=st.sampled_from(["csv", "csv", "gzip", "zip", "jsonl"]),
    format=st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d", "%d.%m.%Y %H:%M"]),
    decimal=st.sampled_from([".", ","]),
)


def cells(deal: Deal, how: Dialect) -> list[str]:
    """A row as it is written."""
    whole, rest = divmod(abs(deal.cents), 100)
    amount = f"{'-' if deal.cents < 0 else ''}{whole}{how.decimal}{rest:02d}"
    return [deal.deal, deal.closed.strftime(how.format), amount, deal.product]


def written(rows: list[Deal], how: Dialect) -> bytes:
    """A file of the rows."""
    if how.kind == "jsonl":
        made = (dict(zip(HEADER, cells(row, how), strict=True)) for row in rows)
        return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in made).encode()
    text = io.StringIO(newline="")
    out = csv.writer(
        text, delimiter=how.separator, quoting=how.quoting, lineterminator=how.line_end
    )
    out.writerow(HEADER)
    out.writerows(cells(row, how) for row in rows)
    content = text.getvalue().encode(how.encoding)
    if how.kind == "gzip":
        return gzip.compress(content)
    if how.kind == "zip":
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("deals.csv", content)
        return packed.getvalue()
    return content


@st.composite
def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """The same bytes with something wrong: flipped, cut, doubled, swapped, or strewn in."""
    data = bytearray(content)
    for _ in range(draw(st.integers(1, 3))):
        if not data:
            break
        at, to = sorted(draw(st.tuples(*[st.integers(0, len(data))] * 2)))
        kind = draw(st.sampled_from(["flip", "cut", "double", "swap", "strew", "drop"]))
        if kind == "flip" and at < len(data):
            data[at] ^= 1 << draw(st.integers(0, 7))
        elif kind == "cut":
            del data[at:]
        elif kind == "double":
            data[to:to] = data[at:to]
        elif kind == "drop":
            del data[at:to]
        elif kind == "strew":
            data[at:at] = draw(st.binary(min_size=1, max_size=20) | st.sampled_from(SHARP))
        elif kind == "swap":
            lines = bytes(data).splitlines(keepends=True)
            data = bytearray(b"".join(draw(st.permutations(lines))))
    return bytes(data)


SHARP = (
    b'"',
    b"\x00",
    b"\r",
    b"\n",
    b"\xff\xfe",
    b"\x1a",
    b",,,,",
    b"=1+1",
    b"PK\x03\x04",
    b"\xe0",
)
