"""Telephone numbers as the whole world dials them (E.164), where the country is known."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

LENGTHS = range(8, 16)  # digits of an international number
SHORTEST_AT_HOME = 8

# Territory: calling code, and what stands before a number dialled at home.
COUNTRIES = {
    "AE": ("971", "0"), "AR": ("54", "0"), "AT": ("43", "0"), "AU": ("61", "0"),
    "BD": ("880", "0"), "BE": ("32", "0"), "BG": ("359", "0"), "BR": ("55", "0"),
    "CA": ("1", ""), "CH": ("41", "0"), "CL": ("56", ""), "CN": ("86", "0"), "CO": ("57", ""),
    "CZ": ("420", ""), "DE": ("49", "0"), "DK": ("45", ""), "EE": ("372", ""), "EG": ("20", "0"),
    "ES": ("34", ""), "FI": ("358", "0"), "FR": ("33", "0"), "GB": ("44", "0"), "GR": ("30", ""),
    "HK": ("852", ""), "HR": ("385", "0"), "HU": ("36", "06"), "ID": ("62", "0"),
    "IE": ("353", "0"), "IL": ("972", "0"), "IN": ("91", "0"), "IT": ("39", ""), "JP": ("81", "0"),
    "KE": ("254", "0"), "KH": ("855", "0"), "KR": ("82", "0"), "LA": ("856", "0"),
    "LK": ("94", "0"), "LT": ("370", "0"), "LV": ("371", ""), "MM": ("95", "0"),
    "MO": ("853", ""), "MX": ("52", ""), "MY": ("60", "0"), "NG": ("234", "0"), "NL": ("31", "0"),
    "NO": ("47", ""), "NP": ("977", "0"), "NZ": ("64", "0"), "PE": ("51", "0"), "PH": ("63", "0"),
    "PK": ("92", "0"), "PL": ("48", ""), "PT": ("351", ""), "RO": ("40", "0"), "RS": ("381", "0"),
    "SA": ("966", "0"), "SE": ("46", "0"), "SG": ("65", ""), "SI": ("386", "0"),
    "SK": ("421", "0"), "TH": ("66", "0"), "TR": ("90", "0"), "TW": ("886", "0"),
    "UA": ("380", "0"), "US": ("1", ""), "VN": ("84", "0"), "ZA": ("27", "0"),
}  # fmt: skip
_WRITTEN = re.compile(r"\+?[0-9\s().\-/]+")


def international(written: str, timezone: str) -> str | None:
    """A number as ``+`` and its digits, or None where it is no number or of no known country.

    Args:
        written: as it stands in a cell, trimmed.
        timezone: of the company; it tells the country of numbers that do not name one.
    """
    plain = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in written)
    if not _WRITTEN.fullmatch(plain):
        return None
    named = plain.startswith("+")
    digits = re.sub(r"[^0-9]", "", plain.replace("(0)", "") if named else plain)
    if digits.startswith("00"):
        named, digits = True, digits[2:]
    if not named:
        code, trunk = COUNTRIES.get(_territory(timezone), ("", ""))
        if not code or not digits.startswith(trunk) or len(digits) < SHORTEST_AT_HOME:
            return None
        digits = digits if code == "1" and digits[0] == "1" else code + digits.removeprefix(trunk)
    return f"+{digits}" if len(digits) in LENGTHS and digits[0] != "0" else None


@cache
def _territory(timezone: str) -> str:
    from babel.core import get_global  # noqa: PLC0415  takes long to load

    return str(get_global("zone_territories").get(timezone, ""))
