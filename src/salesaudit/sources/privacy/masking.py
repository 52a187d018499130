"""Masking: addresses and telephone numbers in texts, as expressions of the engine or in words."""

from __future__ import annotations

import re

from salesaudit.warehouse.sql import literal

ADDRESS, NUMBER = "[address]", "[number]"
_MAIL = r"[^\s@＠<>()\[\]\"',;:]+[@＠][^\s@＠<>()\[\]\"',;:]+\.[^\s@＠<>()\[\]\"',;:.]+"
_DIGIT = "[0-9๐-๙０-９]"
_GAP = r"[\s().\-/]{0,2}"
_ABROAD = rf"[+＋]{_DIGIT}(?:{_GAP}{_DIGIT}){{7,13}}"
_AT_HOME = rf"\(?[0๐０]{_DIGIT}(?:{_GAP}{_DIGIT}){{7,12}}"
_DATED = rf"{_DIGIT}{{1,2}}[-. ]{_DIGIT}{{1,2}}[-. ]{_DIGIT}{{4}}"
_SHORTEST = 9  # characters of a telephone number
_PHONE = rf"[+＋]?\(?{_DIGIT}(?:{_DIGIT}|[\s().\-]){{7,}}{_DIGIT}"
_BEFORE = "(^|[^0-9๐-๙０-９+＋])"


def id_expression(text: str) -> str:
    """An id as it is stored: as written, unless it holds a mail address or is a phone number."""
    mail = f"contains({text}, '@') AND regexp_matches({text}, {literal(_MAIL)})"
    contact = f"({mail}) OR regexp_full_match({text}, {literal(_ABROAD)})"
    return f"CASE WHEN {contact} THEN id_hash({text}) ELSE {text} END"


def masked_expression(text: str, *, phones: bool) -> str:
    """A text without mail addresses and telephone numbers.

    Args:
        text: expression.
        phones: True: any row of nine digits is a telephone number. False: only what is written as
            one, so that dates and numbers of campaigns stay as they are.
    """
    masked = f"regexp_replace({text}, {literal(_MAIL)}, '{ADDRESS}', 'g')"
    if phones:
        return f"regexp_replace({masked}, {literal(_PHONE)}, '{NUMBER}', 'g')"
    dialled = f"{_BEFORE}(?:{_ABROAD}|{_AT_HOME})"
    keeps = f"regexp_full_match({text}, '[0-9]*') OR regexp_matches({text}, {literal(_DATED)})"
    number = f"regexp_replace({masked}, {literal(dialled)}, '\\1{NUMBER}', 'g')"
    plain = f"NOT contains({text}, '@') AND NOT contains({text}, '＠')"
    return (
        f"CASE WHEN {plain} AND (strlen({text}) < {_SHORTEST} OR {keeps}) "
        f"THEN {text} WHEN {keeps} THEN {masked} ELSE {number} END"
    )


def masked_text(text: str) -> str:
    """The same of a text that is no cell: what is written as an address or a telephone number."""
    masked = re.sub(_MAIL, ADDRESS, text)
    return re.sub(f"{_BEFORE}(?:{_ABROAD}|{_AT_HOME})", rf"\1{NUMBER}", masked)
