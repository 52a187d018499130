"""Names of people and firms who never existed; addresses end in ``.example``, which nobody owns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.object_]

_FIRST = (
    ("สมชาย", "somchai"), ("สมหญิง", "somying"), ("ประเสริฐ", "prasert"), ("วิไล", "wilai"),
    ("อนุชา", "anucha"), ("นภา", "napa"), ("กิตติ", "kitti"), ("มาลี", "malee"),
    ("ธีรพงษ์", "teerapong"), ("รัตนา", "rattana"), ("สุรชัย", "surachai"), ("พรทิพย์", "porntip"),
    ("ชัยวัฒน์", "chaiwat"), ("อัญชลี", "anchalee"), ("ภาณุ", "panu"), ("จันทรา", "chantra"),
    ("วรพจน์", "worapot"), ("สิริพร", "siriporn"), ("เอกชัย", "ekachai"), ("ดวงใจ", "duangjai"),
)  # fmt: skip
_SURNAMES = (
    "ใจดี", "รักษ์ไทย", "บุญส่ง", "สุขสวัสดิ์", "ทองดี", "วัฒนา", "ศรีสุข", "แก้วใส", "พูนทรัพย์",
    "เจริญผล", "มั่นคง", "ชัยมงคล", "สายชล", "นาคทอง", "ดำรงค์", "พรหมมา", "ภักดี", "วิเศษ", "อารีย์",
    "ไพศาล",
)  # fmt: skip
_FIRMS = (
    ("รวมใจ", "ruamjai"), ("ไทยเจริญ", "thaicharoen"), ("บ้านสวน", "baansuan"),
    ("สยามพัฒน์", "siampat"),
    ("ลานนา", "lanna"), ("อันดามัน", "andaman"), ("เพชรเกษม", "petkasem"), ("ริมโขง", "rimkhong"),
    ("ธาราทิพย์", "tharatip"), ("มิตรภาพ", "mittraphap"), ("ศรีนคร", "srinakorn"), ("เอกอุดม", "ekudom"),
)  # fmt: skip
_LINES = ("การค้า", "อุตสาหกรรม", "เทรดดิ้ง", "กรุ๊ป", "โลจิสติกส์", "ฟู้ด", "คอนสตรัคชั่น", "พลาสติก")
_NOTES = (
    "ขอใบเสนอราคา, ส่งทางอีเมล",
    'สนใจแพ็กเกจ "Starter"',
    "โทรกลับหลังบ่ายสอง\nฝากข้อความไว้แล้ว",
    "เคยใช้ระบบของเจ้าอื่น; สัญญาหมดปีหน้า",
)


def contacts(
    firsts: NDArray[np.int64],
    surnames: NDArray[np.int64],
    firms: NDArray[np.int64],
    *,
    first: int = 0,
) -> tuple[list[str], list[str], list[str]]:
    """Names, firms and e-mail addresses; numbers of any size choose among the words.

    The address of the lead in row ``i``, on from ``first``, holds ``i``: no two leads share one by
    chance.
    """
    name = firsts % len(_FIRST)
    firm, line = firms % len(_FIRMS), firms // len(_FIRMS) % len(_LINES)
    people = [
        f"{_FIRST[a][0]} {_SURNAMES[b]}"
        for a, b in zip(name.tolist(), (surnames % len(_SURNAMES)).tolist(), strict=True)
    ]
    companies = [
        f"บริษัท {_FIRMS[a][0]}{_LINES[b]} จำกัด"
        for a, b in zip(firm.tolist(), line.tolist(), strict=True)
    ]
    addresses = [
        f"{_FIRST[a][1]}.{row}@{_FIRMS[b][1]}.example"
        for row, (a, b) in enumerate(
            zip(name.tolist(), firm.tolist(), strict=True), start=first + 1
        )
    ]
    return people, companies, addresses


def notes(chosen: NDArray[np.float64]) -> Words:
    """Notes for a few leads: commas, quotation marks and line breaks as people type them."""
    kinds = len(_NOTES)
    texts = np.array([*_NOTES, ""], dtype=object)
    return texts[np.minimum((chosen * 100).astype(np.int64), kinds)]
