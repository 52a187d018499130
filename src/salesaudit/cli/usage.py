"""A command that cannot be understood, told in one sentence of ours and in either language."""

from __future__ import annotations

import difflib
import re

from salesaudit.core.errors import SalesAuditError
from salesaudit.core.texts import Text

NO_COMMAND = Text(
    "usage.no_command",
    en="There is no command “{got}”.",
    th="ไม่มีคำสั่ง “{got}”",
)
NEAREST_COMMAND = Text(
    "usage.nearest_command",
    en="The nearest is “{nearest}”; salesaudit --help lists them all.",
    th="คำสั่งที่ใกล้เคียงที่สุดคือ “{nearest}” ดูทั้งหมดด้วย salesaudit --help",
)
NO_OPTION = Text(
    "usage.no_option",
    en="There is no option “{got}”.",
    th="ไม่มีตัวเลือก “{got}”",
)
SEE_HELP = Text(
    "usage.see_help",
    en="{command} --help lists what it takes.",
    th="ดูสิ่งที่ใช้ได้ด้วย {command} --help",
)
MISSING = Text(
    "usage.missing",
    en="{name} is missing.",
    th="ขาด {name}",
)
TOO_MUCH = Text(
    "usage.too_much",
    en="“{got}” is more than the command takes.",
    th="“{got}” เกินจากที่คำสั่งนี้รับได้",
)
BAD_VALUE = Text(
    "usage.bad_value",
    en="{name} cannot have that value.",
    th="{name} ใช้ค่านี้ไม่ได้",
)
NOT_UNDERSTOOD = Text(
    "usage.not_understood",
    en="The command cannot be understood ({got}).",
    th="ไม่เข้าใจคำสั่งนี้ ({got})",
)


def is_usage(error: Exception) -> bool:
    """Whether an error is Typer's, whose classes move between modules with its version."""
    return callable(getattr(error, "format_message", None))


def in_our_words(error: Exception) -> SalesAuditError:
    """The mistake that Typer found."""
    said = str(error.format_message())  # type: ignore[attr-defined]
    context = getattr(error, "ctx", None)
    command = str(getattr(context, "command_path", "") or "salesaudit")
    verbs = getattr(getattr(context, "command", None), "commands", {})
    kind = type(error).__name__
    quoted = re.search(r"'([^']*)'", said)
    if verbs and quoted and "command" in said:
        near = difflib.get_close_matches(quoted[1], verbs, n=1, cutoff=0.0)
        return SalesAuditError(NO_COMMAND, NEAREST_COMMAND, got=quoted[1], nearest=near[0])
    if kind == "NoSuchOption":
        got = str(getattr(error, "option_name", ""))
        return SalesAuditError(NO_OPTION, SEE_HELP, got=got, command=command)
    extra = re.search(r"extra argument.*\((.*)\)", said)
    if extra:
        return SalesAuditError(TOO_MUCH, SEE_HELP, got=extra[1], command=command)
    if kind in ("MissingParameter", "BadParameter") and quoted:
        text = MISSING if kind == "MissingParameter" else BAD_VALUE
        return SalesAuditError(text, SEE_HELP, name=quoted[1], command=command)
    return SalesAuditError(
        NOT_UNDERSTOOD, SEE_HELP, got=said.splitlines()[0].rstrip("."), command=command
    )
