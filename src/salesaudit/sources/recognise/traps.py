"""Traps: what an export cannot say, or says in a way that misleads; a preset names its own."""

from __future__ import annotations

from salesaudit.core.texts import Text

TRAPS = (
    Text(
        "traps.lifecycle-back",
        en="HubSpot clears the date of a lifecycle stage when a contact is moved back before it, "
        "so such contacts look as if they had never been there.",
        th="HubSpot จะล้างวันที่ของ lifecycle stage เมื่อย้ายผู้ติดต่อถอยกลับ ผู้ติดต่อเหล่านั้นจึงดูเหมือนไม่เคยผ่านขั้นนั้น",
    ),
)
