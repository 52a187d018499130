"""Reading ``salesaudit.yaml``: its errors name the file and the line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass
from pathlib import Path
from typing import get_args, get_type_hints

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from salesaudit.core.errors import SettingsError
from salesaudit.core.settings import Settings, Unmeant
from salesaudit.core.texts import Param, Text

FILE_NAME = "salesaudit.yaml"
# What the parser falls over beside its own errors, such as a mapping in the place of a key.
OF_THE_PARSER = (YAMLError, ValueError, TypeError, LookupError, AttributeError, RecursionError)

NOT_YAML = Text(
    "settings.not_yaml",
    en="{file}, line {line}: this is not YAML ({got}).",
    th="{file} บรรทัด {line}: ไม่ใช่รูปแบบ YAML ที่ถูกต้อง ({got})",
)
MEND_YAML = Text(
    "settings.mend_yaml",
    en="Check indentation, colons and quotes around that line.",
    th="ตรวจสอบการย่อหน้า เครื่องหมายทวิภาค และเครื่องหมายคำพูดใกล้บรรทัดนั้น",
)
NOT_A_MAP = Text(
    "settings.not_a_map",
    en="{file}: settings are expected as key: value, and something else was seen.",
    th="{file}: การตั้งค่าต้องอยู่ในรูป key: value แต่พบรูปแบบอื่น",
)
UNKNOWN_KEY = Text(
    "settings.unknown_key",
    en="{file}, line {line}: there is no setting “{key}” here.",
    th="{file} บรรทัด {line}: ไม่มีการตั้งค่าชื่อ “{key}” ในตำแหน่งนี้",
)
USE_KEY = Text(
    "settings.use_key",
    en="Did you mean “{nearest}”? The keys here are: {known}.",
    th="หมายถึง “{nearest}” หรือไม่ ชื่อที่ใช้ได้ในตำแหน่งนี้: {known}",
)
USE_ONE_OF = Text(
    "settings.use_one_of",
    en="The keys here are: {known}.",
    th="ชื่อที่ใช้ได้ในตำแหน่งนี้: {known}",
)
WRONG_VALUE = Text(
    "settings.wrong_value",
    en="{file}, line {line}: “{key}” cannot be {got}.",
    th="{file} บรรทัด {line}: ค่า {got} ใช้กับ “{key}” ไม่ได้",
)
CORRECT_VALUE = Text(
    "settings.correct_value",
    en="Correct the value ({why}), or remove the line to use the default.",
    th="แก้ไขค่านี้ ({why}) หรือลบบรรทัดนี้เพื่อใช้ค่าเริ่มต้น",
)
MISSING_KEY = Text(
    "settings.missing_key",
    en="{file}, line {line}: “{key}” is missing here.",
    th="{file} บรรทัด {line}: ขาด “{key}” ในตำแหน่งนี้",
)
ADD_KEY = Text("settings.add_key", en="Add  {key}: ...", th="เพิ่ม  {key}: ...")
EXPECTATIONS = (
    Text("settings.expected.string_type", en="Write a text.", th="เขียนเป็นข้อความ"),
    Text("settings.expected.number", en="Write a number.", th="เขียนเป็นตัวเลข"),
    Text(
        "settings.expected.date", en="Write a day such as 2018-11-14.", th="เขียนวันที่ เช่น 2018-11-14"
    ),
    Text("settings.expected.bool", en="Write true or false.", th="เขียน true หรือ false"),
    Text(
        "settings.expected.list",
        en="Write a list, each item behind a hyphen.",
        th="เขียนเป็นรายการ นำแต่ละข้อด้วยขีด",
    ),
    Text("settings.expected.model", en="Write it as key: value.", th="เขียนในรูป key: value"),
    Text("settings.expected.literal_error", en="Write one of {expected}.", th="เลือกจาก {expected}"),
    Text(
        "settings.expected.greater_than_equal",
        en="Write a number from {ge} on.",
        th="เขียนตัวเลขตั้งแต่ {ge} ขึ้นไป",
    ),
    Text(
        "settings.expected.less_than_equal",
        en="Write a number up to {le}.",
        th="เขียนตัวเลขไม่เกิน {le}",
    ),
    Text(
        "settings.expected.greater_than",
        en="Write a number above {gt}.",
        th="เขียนตัวเลขที่มากกว่า {gt}",
    ),
    Text(
        "settings.expected.string_pattern_mismatch",
        en='Write a time such as "09:00".',
        th='เขียนเวลา เช่น "09:00"',
    ),
)
UNKNOWN_KEYS = ("extra_forbidden", "unexpected_keyword_argument")  # of models, of dataclasses
EXPECTED = {text.id.rpartition(".")[2]: text for text in EXPECTATIONS}
KINDS = {
    "tuple": "list", "mapping": "model", "dict": "model", "int": "number", "float": "number",
    "decimal": "number", "datetime": "date",
}  # fmt: skip


def read_settings(path: Path) -> Settings:
    """Read and check a settings file.

    Raises:
        SettingsError: the file is no YAML, has an unknown key or a value of a wrong kind; the
            message names the file and the line.
    """
    tree = parsed(path)
    try:
        return Settings.model_validate(tree)
    except ValidationError as error:
        raise explained(error.errors(include_url=False), tree, path.name, Settings) from None


def line_in(path: Path, where: Sequence[str | int]) -> int:
    """Line (from 1) in a settings file, which has been read before, of the deepest of ``where``."""
    return line_of(parsed(path), where)


def line_of(tree: object, where: Sequence[str | int]) -> int:
    """Line (from 1) in the file of the deepest part of ``where`` that stands in the tree."""
    line = 1
    for step in where:
        try:
            if isinstance(tree, CommentedMap) and step in tree:
                line = tree.lc.key(step)[0] + 1
            elif isinstance(tree, CommentedSeq) and isinstance(step, int):
                line = tree.lc.item(step)[0] + 1
            else:
                continue
            tree = tree[step]
        except (KeyError, IndexError, TypeError):
            return line
    return line


def parsed(path: Path) -> CommentedMap:
    """The tree of a YAML file, which knows its lines.

    Raises:
        SettingsError: the file is no YAML, or no mapping; the message names file and line.
    """
    try:
        tree = YAML(typ="rt", pure=True).load(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SettingsError(
            NOT_YAML, MEND_YAML, file=path.name, line=1, got=f"not UTF-8: {error.reason}"
        ) from None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        got = str(error.problem or "unreadable")
        raise SettingsError(NOT_YAML, MEND_YAML, file=path.name, line=line, got=got) from None
    except OF_THE_PARSER as error:
        got = (str(error).splitlines() or [type(error).__name__])[0]
        raise SettingsError(NOT_YAML, MEND_YAML, file=path.name, line=1, got=got) from None
    if tree is None:
        return CommentedMap()
    if not isinstance(tree, CommentedMap):
        raise SettingsError(NOT_A_MAP, MEND_YAML, file=path.name)
    return tree


def explained(
    errors: list[ErrorDetails], tree: CommentedMap, file: str, model: type
) -> SettingsError:
    """The first error in the order of the file, unknown keys before what follows from them.

    Args:
        errors: of pydantic.
        tree: what the file holds.
        file: its name.
        model: what it was to become, a pydantic model or a dataclass.
    """

    def place(error: ErrorDetails) -> tuple[bool, int, int]:
        deep = len(_standing(tree, error["loc"]))
        return error["type"] not in UNKNOWN_KEYS, line_of(tree, error["loc"]), -deep

    first = min(errors, key=place)
    line = line_of(tree, first["loc"])
    where = _standing(tree, first["loc"])
    names = [step for step in where if isinstance(step, str)]
    key = names[-1] if names else file
    if first["type"] in UNKNOWN_KEYS:
        return _unknown_key(file, line, key, _known_keys(first["loc"], model))
    if first["type"] == "missing":
        missing = str(first["loc"][-1])
        return SettingsError(MISSING_KEY, ADD_KEY, file=file, line=line, key=missing)
    fix, params = _expectation(first)
    got = _seen(tree, where)
    names_: dict[str, Param] = {"file": file, "line": line, "key": key, "got": got}
    return SettingsError(WRONG_VALUE, fix, **{**names_, **params})


def _expectation(error: ErrorDetails) -> tuple[Text, Mapping[str, Param]]:
    """What to write instead."""
    context = error.get("ctx", {})
    cause = context.get("error")
    if isinstance(cause, Unmeant):
        return cause.said
    kind = error["type"]
    first = kind.split("_")[0]
    fix = EXPECTED.get(kind) or EXPECTED.get(KINDS.get(first, first))
    if fix is None:
        return CORRECT_VALUE, {"why": str(error["msg"])}
    return fix, {name: str(value).replace(" or ", ", ") for name, value in context.items()}


def _standing(tree: object, where: Sequence[str | int]) -> list[str | int]:
    """The steps of ``where`` that the file has; the others are names of our own types."""
    steps: list[str | int] = []
    for step in where:
        try:
            tree = tree[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            continue
        steps.append(step)
    return steps


def _unknown_key(file: str, line: int, key: str, known: list[str]) -> SettingsError:
    near = difflib.get_close_matches(key, known, n=1)
    listed = ", ".join(known)
    if near:
        return SettingsError(
            UNKNOWN_KEY, USE_KEY, file=file, line=line, key=key, nearest=near[0], known=listed
        )
    return SettingsError(UNKNOWN_KEY, USE_ONE_OF, file=file, line=line, key=key, known=listed)


def _known_keys(where: Sequence[str | int], model: type) -> list[str]:
    for step in where[:-1]:
        annotation = _annotations(model).get(step) if isinstance(step, str) else None
        model = next(iter(_models_in(annotation)), model)
    if issubclass(model, BaseModel):
        return [info.alias or name for name, info in model.model_fields.items()]
    return list(_annotations(model))


def _annotations(model: type) -> dict[str, object]:
    if issubclass(model, BaseModel):
        return {name: info.annotation for name, info in model.model_fields.items()}
    return dict(get_type_hints(model))


def _models_in(annotation: object) -> list[type]:
    if isinstance(annotation, type) and (
        issubclass(annotation, BaseModel) or is_dataclass(annotation)
    ):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models_in(part)]


_SECRET = re.compile(r"://[^/@\s]*:.*@")  # user and password in an address


def _seen(tree: object, where: Sequence[str | int]) -> str:
    for step in where:
        tree = tree[step]  # type: ignore[index]
    if tree is None:
        return "–"
    text = str(dict(tree)) if isinstance(tree, CommentedMap) else str(tree)
    text = repr(text) if isinstance(tree, str) else text
    text = _SECRET.sub("://...@", text)
    return text if len(text) <= 60 else text[:57] + "..."
