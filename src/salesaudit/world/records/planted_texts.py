"""Personal data and hostile markup, hidden in free text as they are in real exports."""

from __future__ import annotations

import numpy as np

from salesaudit.world.columns import Json, Table, Words, words

# Nobody's: the names are made up, the addresses end in ``.example``, the numbers in zeros.
NAMED = (
    "ติดต่อคุณสมชาย รักษ์ไทย ได้ที่ 081-000-0000",
    "คุณวิไล บุญส่ง ฝ่ายบัญชี wilai.b@ruamjai.example เป็นคนดูแล",
    "ฝากเรื่องถึงคุณนภา เบอร์ 02 000 0000",
    "Please call Mr. Prasert Wattana on +66 81 000 0000.",
    "Write to anucha@siampat.example, he decides.",
)
HOSTILE = (
    "<script>alert('x')</script>",
    '<img src=x onerror="alert(1)">',
    '=HYPERLINK("http://evil.example","เปิดดู")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "</textarea><b>ทดสอบ</b> & \"ทดสอบ\" 'ทดสอบ'",
)


def plant_texts(
    texts: Words, rng: np.random.Generator, named: float, hostile: float
) -> tuple[Words, Words]:
    """Put names behind some texts and markup in front of others; empty texts stay empty.

    Returns:
        the texts, and for each what it hides: ``named``, ``hostile`` or nothing.
    """
    chosen, which = rng.random((2, len(texts)))
    there = texts != ""
    is_named, is_hostile = there & (chosen < named), there & (chosen >= 1 - hostile)
    ends, begins = (words(part)[(which * len(part)).astype(np.int64)] for part in (NAMED, HOSTILE))
    changed = texts.copy()
    changed[is_named] = texts[is_named] + " " + ends[is_named]
    changed[is_hostile] = begins[is_hostile] + " " + texts[is_hostile]
    kinds = np.select([is_named, is_hostile], ["named", "hostile"], "").astype(object)
    return changed, kinds


def planted_truth(table: Table, key: str) -> Json:
    """Ids of the rows whose text hides something, by what it is."""
    return {kind: table[key][table["planted"] == kind].tolist() for kind in ("named", "hostile")}
