"""A company as YAML: only what differs from the company that it is like.

``like`` names that company (``clean`` if nothing is said). Lists stand whole; of the settings in
groups, such as ``losses`` or ``shocks``, only those need be written that differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, asdict, fields, is_dataclass
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Any, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from salesaudit.core.errors import SettingsError
from salesaudit.core.settings_file import explained, line_of, parsed
from salesaudit.core.texts import Text
from salesaudit.world.checks import wrong_with
from salesaudit.world.companies import COMPANIES
from salesaudit.world.presets import PLAIN
from salesaudit.world.truth import Company

SUFFIXES = (".yaml", ".yml")

NO_FILE = Text(
    "world.no-file",
    en="There is no file {path} that describes a company.",
    th="ไม่มีไฟล์ {path} ที่อธิบายบริษัท",
)
NAME_IT = Text(
    "world.name-it",
    en="Give the path of a YAML file, or one of: {known}.",
    th="ระบุตำแหน่งไฟล์ YAML หรือเลือกจาก: {known}",
)
LIKE_NOBODY = Text(
    "world.like-nobody",
    en="{file}, line {line}: there is no company called {name} to be like.",
    th="{file} บรรทัด {line}: ไม่มีบริษัทชื่อ {name} ให้ใช้เป็นต้นแบบ",
)
CHOOSE = Text("world.choose", en="Choose one of: {known}.", th="เลือกจาก: {known}")


def read_company(path: Path) -> Company:
    """Read a company's description.

    Raises:
        SettingsError: there is no such file, or it says something that cannot be meant; the
            message names the file and the line.
    """
    if not path.is_file():
        raise SettingsError(NO_FILE, NAME_IT, path=str(path), known=", ".join(COMPANIES))
    tree = parsed(path)
    like = tree.get("like", PLAIN.id)
    if like not in COMPANIES:
        raise SettingsError(
            LIKE_NOBODY, CHOOSE, file=path.name, line=line_of(tree, ["like"]), name=str(like),
            known=", ".join(COMPANIES),
        )  # fmt: skip
    given = {key: value for key, value in tree.items() if key != "like"}
    whole = {**_shallow(COMPANIES[like]), "id": path.stem, "exports": "canonical"}
    try:
        company = _adapter().validate_python(_over(whole, given))
    except ValidationError as error:
        errors = error.errors(include_url=False)
        raise explained(errors, tree, path.name, Company) from None
    _check(company, tree, path.name)
    return company


def company_text(company: Company, like: Company = PLAIN) -> str:
    """The description of a company, as ``read_company`` reads it, but for its exports."""
    found: dict[str, Any] = {"like": like.id}
    for field in fields(Company):
        value, usual = getattr(company, field.name), getattr(like, field.name)
        if field.name != "exports" and (value != usual or field.name in {"id", "name"}):
            found[field.name] = _grouped(value, usual)
    out, yaml = StringIO(), YAML(typ="rt", pure=True)
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(found, out)
    return out.getvalue()


def _grouped(value: object, usual: object) -> object:
    """A group with what differs; anything else whole."""
    if not is_dataclass(value) or type(value) is not type(usual):
        return _bare(value)
    names = [field.name for field in fields(value)]
    return {
        name: _bare(getattr(value, name))
        for name in names
        if getattr(value, name) != getattr(usual, name)
    }


def _bare(value: object) -> object:
    """As YAML has it: dataclasses without what they hold by default."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: _bare(getattr(value, field.name))
            for field in fields(value)
            if field.default is MISSING or getattr(value, field.name) != field.default
        }
    if isinstance(value, tuple | list):
        return [_bare(part) for part in value]
    return value


def _shallow(company: Company) -> dict[str, Any]:
    return {field.name: getattr(company, field.name) for field in fields(company)}


def _over(whole: dict[str, Any], given: Mapping[str, object]) -> dict[str, Any]:
    """What is given in place of what is usual; in groups key by key."""
    merged = dict(whole)
    for key, value in given.items():
        usual = whole.get(key)
        if is_dataclass(usual) and not isinstance(usual, type) and isinstance(value, Mapping):
            merged[key] = {**asdict(usual), **value}
        else:
            merged[key] = value
    return merged


def _check(company: Company, tree: CommentedMap, file: str) -> None:
    wrong = wrong_with(company)
    if wrong is not None:
        line = line_of(tree, wrong.where)
        raise SettingsError(
            wrong.problem, wrong.fix, **{**wrong.params, "file": file, "line": line}
        )


@lru_cache
def _adapter() -> TypeAdapter[Company]:
    for kind in _kinds(Company):
        kind.__pydantic_config__ = {"extra": "forbid"}  # type: ignore[attr-defined]
    return TypeAdapter(Company)


def _kinds(kind: object) -> list[type]:
    """The dataclasses that one is made of, itself among them."""
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind).values()
        return [kind, *(found for hint in hints for found in _kinds(hint))]
    return [found for part in get_args(kind) for found in _kinds(part)]
