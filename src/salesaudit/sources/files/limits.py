"""How much of a source may be lost before the load stops and asks."""

from __future__ import annotations

from collections.abc import Mapping

from salesaudit.core.errors import SourceError
from salesaudit.core.texts import Text
from salesaudit.sources.files.rows import HARMLESS
from salesaudit.sources.files.task import ACCEPT_REFUSED

REFUSED_FLOOR = 100  # records; below it a load never stops

TOO_MANY_REFUSED = Text(
    "files.too-many-refused",
    "{file}: {refused} of {read} records would be lost: {reasons}. Nothing was loaded from it.",
    "{file}: รายการ {refused} จาก {read} จะสูญหาย: {reasons} จึงไม่ได้นำเข้าข้อมูลจากไฟล์นี้เลย",
)
ACCEPT_REFUSED_FIX = Text(
    "files.accept-refused",
    "Check separator and encoding; if the loss is right, write  accept_refused: {accept}  "
    "at this source.",
    "ตรวจตัวคั่นและรหัสอักขระ หากยอมรับการสูญหายนี้ได้ ให้ระบุ  accept_refused: {accept}  ที่แหล่งข้อมูลนี้",
)


def stop_if_too_many_refused(
    name: str, read: int, refused: Mapping[str, int], accept: float = ACCEPT_REFUSED
) -> None:
    """Stop where more would be lost than the user accepts, and at least 100 records.

    Args:
        name: of the source.
        read: records read.
        refused: records refused by reason; reasons by which nothing is lost do not count.
        accept: share of the records that may be refused.

    Raises:
        SourceError: too many are refused; names the three commonest reasons.
    """
    lost = {reason: count for reason, count in refused.items() if reason not in HARMLESS}
    total = sum(lost.values())
    if total < REFUSED_FLOOR or total <= accept * read:
        return
    commonest = sorted(lost.items(), key=lambda item: (-item[1], item[0]))[:3]
    raise SourceError(
        TOO_MANY_REFUSED,
        ACCEPT_REFUSED_FIX,
        file=name,
        refused=total,
        read=read,
        reasons=", ".join(f"{reason} ({count})" for reason, count in commonest),
        accept=f"{min(1.0, total / read + 0.01):.2f}",
    )
