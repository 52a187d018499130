"""Which code page a file is in that is not UTF-8: proved for Thai, limited by country, or asked.

Every byte string is valid in some page, so that it decodes proves nothing. Thai is proved by
its structure: vowels and tone marks stand after a consonant, leading vowels before one. Otherwise
the pages of the company's country are weighed, and where two of them give different letters the
user is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from babel.core import get_global
from babel.languages import get_official_languages
from charset_normalizer import from_bytes

from salesaudit.core.errors import SourceError
from salesaudit.core.texts import Text
from salesaudit.sources.files.notes import ASK_ENCODING, both_ways
from salesaudit.sources.files.streams import NAME_ENCODING
from salesaudit.sources.files.survey import Damage

THAI = "cp874"
WESTERN = "cp1252"

ASK_PAGE = Text(
    "files.ask-page",
    "{file} is not UTF-8, and its letters can be read in two ways: {first} ({page}) or "
    "{second} ({other}).",
    "{file} ไม่ใช่ UTF-8 และตัวอักษรอ่านได้สองแบบ: {first} ({page}) หรือ {second} ({other})",
)
NAME_PAGE = Text(
    "files.name-page",
    "Write  encoding: {page}  or  encoding: {other}  at this source, or another that fits.",
    "ระบุ  encoding: {page}  หรือ  encoding: {other}  ที่แหล่งข้อมูลนี้ หรือรหัสอักขระอื่นที่ตรงกับไฟล์",
)

_PAGES = {
    THAI: ("th",),
    "cp1250": ("pl", "cs", "sk", "hu", "sl", "hr", "ro", "bs", "sq", "sr_Latn", "bs_Latn"),
    "cp1251": ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg"),
    "cp1253": ("el",),
    "cp1254": ("tr", "az"),
    "cp1255": ("he",),
    "cp1256": ("ar", "fa", "ur"),
    "cp1257": ("et", "lv", "lt"),
    "cp1258": ("vi",),
    "cp932": ("ja",),
    "cp949": ("ko",),
    "cp950": ("zh_Hant",),
    "gb18030": ("zh",),
}
_PAGE_OF = {language: page for page, languages in _PAGES.items() for language in languages}
_LATIN = frozenset({WESTERN, "cp1250", "cp1254", "cp1257", "cp1258"})
_OTHER_SCRIPTS = frozenset(_PAGES) - _LATIN - {THAI}
ALL_PAGES = (WESTERN, *_PAGES)

_CELL = re.compile(rb"[^\x00-\x20,;|\"]*[\x80-\xff][^\x00-\x20,;|\"]*")
_RUN = re.compile(rb"[\x80-\xff]+")
_LETTERS = re.compile(rb"[A-Za-z]")
_SYLLABLE = "[\u0e40-\u0e44]?[\u0e01-\u0e2e][\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]*"
_WORD = f"(?:(?:{_SYLLABLE})+[\u0e2f\u0e46]*[\u0e50-\u0e59]*|[\u0e50-\u0e59]+)"
_SIGNS = "[\u00a0\u2013\u2014\u2018-\u201d\u2022\u2026\u20ac\u0e3f]"
_THAI_RUN = re.compile(f"{_SIGNS}*(?:{_WORD}(?:{_SIGNS}+{_WORD})*)?{_SIGNS}*")
_PROVES = 3  # bytes: a shorter run may be an accident
_PROVED = 0.9  # share of the runs that are Thai by structure; cells may be cut
_THAI_ALONE = 0.1  # share of bytes that capitals of Greek and Cyrillic pages never are
_WEIGHED = 1 << 16  # bytes
_SHOWN = 3  # cells


def pages_of(timezone: str, currency: str | None) -> tuple[str, ...]:
    """The code pages of the company's country, most likely first; empty: unknown country.

    The time zone tells the country; where it does not, a currency that one country alone has.
    """
    country = get_global("zone_territories").get(timezone) or _country_of(currency)
    languages = get_official_languages(country, de_facto=True) if country else ()
    if not languages:
        return ()
    own = [
        _PAGE_OF.get(name) or _PAGE_OF.get(name.partition("_")[0], WESTERN) for name in languages
    ]
    return tuple(dict.fromkeys((*own, WESTERN)))


def _country_of(currency: str | None) -> str | None:
    found = [
        country
        for country, currencies in get_global("territory_currencies").items()
        if any(code == currency and end is None and legal for code, _, end, legal in currencies)
    ]
    return found[0] if len(found) == 1 else None


def choose_page(damage: Damage, pages: Sequence[str], file: str) -> str:
    """The code page of a file whose letters are not UTF-8.

    Args:
        damage: what a pass over the file found.
        pages: of the company's country; empty: all are weighed.
        file: name for messages.

    Raises:
        SourceError: no page fits, or two fit and give different letters.
    """
    cells = list(dict.fromkeys(_CELL.findall(bytes(damage.bad_sample))))
    sample = b"\n".join(cells)[:_WEIGHED]
    if is_thai(sample) and not _OTHER_SCRIPTS & set(pages):
        return THAI
    plausible = _plausible(sample, pages or ALL_PAGES)
    if not plausible:
        thai, western = both_ways(damage.bad_example)
        raise SourceError(
            ASK_ENCODING, NAME_ENCODING, file=file, count=damage.bad_lines, thai=thai,
            western=western,
        )  # fmt: skip
    first = plausible[0]
    other = next((page for page in plausible[1:] if _differ(first, page, damage, cells)), None)
    if other is None:
        return first
    differing = [cell for cell in cells if _text(cell, first) != _text(cell, other)]
    shown = differing[:_SHOWN] or [bytes(sorted(damage.high_bytes))]
    raise SourceError(
        ASK_PAGE, NAME_PAGE, file=file, page=first, other=other,
        first=", ".join(_text(cell, first) for cell in shown),
        second=", ".join(_text(cell, other) for cell in shown),
    )  # fmt: skip


def is_thai(sample: bytes) -> bool:
    """Whether runs of three and more bytes above ASCII are Thai by their structure."""
    runs = [run for run in _RUN.findall(sample) if len(run) >= _PROVES]
    letters = b"".join(runs)
    alone = sum(not 0xC0 <= byte <= 0xDF for byte in letters)
    return bool(runs) and _is_built_as_thai(runs) and alone >= _THAI_ALONE * len(letters)


def _is_built_as_thai(runs: Sequence[bytes]) -> bool:
    good = sum(_THAI_RUN.fullmatch(_text(run, THAI)) is not None for run in runs)
    return good >= _PROVED * len(runs)


def _plausible(sample: bytes, pages: Sequence[str]) -> list[str]:
    """The pages that the sample can be in, in the order of ``pages``."""
    possible = [page for page in pages if _is_possible(sample, page)]
    if len(possible) < 2:
        return possible
    matches = from_bytes(
        sample, cp_isolation=possible, preemptive_behaviour=False, enable_fallback=False
    )
    fitting = {name for match in matches for name in match.could_be_from_charset}
    return [page for page in possible if page in fitting] or possible


def _is_possible(sample: bytes, page: str) -> bool:
    try:
        sample.decode(page)
    except UnicodeDecodeError:
        return False
    runs = _RUN.findall(sample)
    if page == THAI:
        return _is_built_as_thai(runs)
    high, low = sum(map(len, runs)), len(_LETTERS.findall(sample))
    return page not in _LATIN or high <= max(low, _PROVES)


def _differ(page: str, other: str, damage: Damage, cells: Sequence[bytes]) -> bool:
    """Whether two pages give different letters anywhere in the file."""
    if any(_text(cell, page) != _text(cell, other) for cell in cells):
        return True
    single = all(name.startswith("cp12") or name == THAI for name in (page, other))
    high = bytes(sorted(damage.high_bytes))
    return not single or _text(high, page) != _text(high, other)


def _text(data: bytes, page: str) -> str:
    return data.decode(page, "replace")
