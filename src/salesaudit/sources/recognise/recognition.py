"""Recognition: what each file of a folder is taken for, and the sources that follow from it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from salesaudit.core.errors import SourceError
from salesaudit.core.settings import ColumnSpec, SourceSpec, Stage
from salesaudit.core.texts import Text
from salesaudit.sources.raw import RawTable
from salesaudit.sources.recognise.canonical import speaks_canonical
from salesaudit.sources.recognise.expand import Group, sources_of, tables_in
from salesaudit.sources.recognise.headers import is_loaders
from salesaudit.sources.recognise.preset import (
    Preset,
    names_in,
    presets_for,
    read_preset,
)
from salesaudit.sources.recognise.score import ACCEPTED, AHEAD, Fit, Share, fit

NONE = "none"  # a source's preset: the file is left out
# A preset's references are the right columns: many that lead nowhere mean that the export they name
# is of fewer records, which is said and not asked.
COLUMNS_ARE_KNOWN = {"accept_orphans": 1.0}

DOUBTFUL = Text(
    "recognise.doubtful",
    en="It is not certain which export this is, by header and score: {seen}.",
    th="ยังไม่แน่ใจว่าเป็นไฟล์ส่งออกใด ตามหัวคอลัมน์และคะแนน: {seen}",
)
SAY_WHICH = Text(
    "recognise.say_which",
    en="Say which in salesaudit.yaml, such as  sources: [{line}];  preset: none leaves a file "
    "out, and all other files are recognised as before.",
    th="ระบุใน salesaudit.yaml เช่น  sources: [{line}]  หากเขียน preset: none จะไม่ใช้ไฟล์นั้น "
    "ส่วนไฟล์อื่นยังตรวจจำแนกเองเหมือนเดิม",
)
TWO_FUNNELS = Text(
    "recognise.two_funnels",
    en="{first} and {second} bring different stages, and the settings do not say which count.",
    th="{first} กับ {second} มีขั้นของกรวยการขายต่างกัน และการตั้งค่าไม่ได้ระบุว่าใช้ชุดใด",
)
LIST_FUNNEL = Text(
    "recognise.list_funnel",
    en="List the stages in their order under  funnel:  in salesaudit.yaml.",
    th="ระบุขั้นตามลำดับใต้  funnel:  ใน salesaudit.yaml",
)


class Recognised(NamedTuple):
    """What a file was taken for, and why."""

    file: str
    preset: Preset
    score: float
    decided: tuple[str, ...]  # columns that decided
    unused: tuple[str, ...]  # columns that nothing is read from


class Recognition(NamedTuple):
    """What the files of a folder are."""

    canonical: tuple[tuple[SourceSpec, tuple[RawTable, ...]], ...]
    sources: tuple[tuple[SourceSpec, tuple[RawTable, ...]], ...]  # of presets; a select reads none
    recognised: tuple[Recognised, ...]
    unknown: tuple[RawTable, ...]
    groups: Mapping[str, Sequence[Group]]  # by preset, for selects
    funnel: tuple[Stage, ...] | None
    lost_stages: Mapping[str, str] | None


def recognise(
    raws: Sequence[RawTable],
    share: Share,
    given: Mapping[str, str] | None = None,
    accepted: Mapping[str, Mapping[str, float]] | None = None,
) -> Recognition:
    """Find out what each file is.

    Args:
        raws: the files, sheets and members of the folder.
        share: of the filled cells of a column, those that match a pattern.
        given: the preset of files, as the settings say.
        accepted: by preset, how much the settings accept of what is asked about otherwise.

    Raises:
        SourceError: a file may be one export or another, or two presets bring other stages.
    """
    given = given or {}
    canonical: list[tuple[SourceSpec, tuple[RawTable, ...]]] = []
    fits: list[tuple[RawTable, Fit]] = []
    unknown: list[RawTable] = []
    doubtful: list[tuple[RawTable, list[Fit]]] = []
    for raw in raws:
        if raw.name in given:
            if given[raw.name] != NONE:
                fits.append((raw, _as_said(read_preset(given[raw.name]), raw, share)))
            continue
        spec = speaks_canonical(raw.name, raw.columns)
        if spec is not None:
            canonical.append((spec, (raw,)))
            continue
        possible = _fits(raw, share)
        if not possible:
            unknown.append(raw)
        elif _certain(possible):
            fits.append((raw, possible[0]))
        else:
            doubtful.append((raw, [f for f in possible if possible[0].score - f.score < AHEAD]))
    if doubtful:
        raise _ask(doubtful)
    groups = _grouped(fits)
    sources = [
        (spec.model_copy(update=COLUMNS_ARE_KNOWN | dict((accepted or {}).get(name, {}))), parts)
        for name, same in groups.items()
        for spec, parts in sources_of(same, groups.keys())
    ]
    selected = {name for same in groups.values() for name in tables_in(same[0].preset)}
    funnel, lost_stages = _stages(list(groups.values()))
    return Recognition(
        canonical=tuple(canonical),
        sources=tuple(sources),
        recognised=tuple(_recognised(raw, best, sources, selected) for raw, best in fits),
        unknown=tuple(unknown),
        groups=groups,
        funnel=funnel,
        lost_stages=lost_stages,
    )


def _fits(raw: RawTable, share: Share) -> list[Fit]:
    """The presets that a file may be, the best first."""
    tried = (fit(preset, raw, share) for preset in presets_for(raw.columns))
    return sorted((f for f in tried if f is not None), key=lambda f: -f.score)


def _certain(fits: Sequence[Fit]) -> bool:
    ahead = len(fits) == 1 or fits[0].score - fits[1].score >= AHEAD - 1e-9
    return fits[0].score >= ACCEPTED and ahead


def _as_said(preset: Preset, raw: RawTable, share: Share) -> Fit:
    found = preset.found_in(raw.columns)
    return fit(preset, raw, share) or Fit(preset, 0.0, found, tuple(found.values()))


def _ask(doubtful: Sequence[tuple[RawTable, list[Fit]]]) -> SourceError:
    seen = "; ".join(
        f"{raw.name}: " + ", ".join(f"{f.preset.preset} {f.score:.2f}" for f in fits)
        for raw, fits in doubtful
    )
    line = ", ".join(
        f"{{read: {_yaml(raw.name)}, preset: {fits[0].preset.preset}}}" for raw, fits in doubtful
    )
    return SourceError(DOUBTFUL, SAY_WHICH, seen=seen, line=line)


def _yaml(name: str) -> str:
    return name if re.fullmatch(r"[\w./-]+", name) else "'" + name.replace("'", "''") + "'"


def _grouped(fits: Sequence[tuple[RawTable, Fit]]) -> dict[str, list[Group]]:
    """The files by preset; those that name a column differently are united after the mapping."""
    groups: dict[str, list[Group]] = defaultdict(list)
    for raw, best in fits:
        same = groups[best.preset.preset]
        for place, group in enumerate(same):
            if all(group.found.get(name, column) == column for name, column in best.found.items()):
                found = {**group.found, **best.found}
                same[place] = Group(group.preset, found, (*group.raws, raw))
                break
        else:
            same.append(Group(best.preset, best.found, (raw,)))
    return dict(groups)


def _stages(
    groups: Sequence[Sequence[Group]],
) -> tuple[tuple[Stage, ...] | None, Mapping[str, str] | None]:
    """The funnel that the presets bring, and the stages that end a case."""
    presets = [same[0].preset for same in groups]
    bringing = [preset for preset in presets if preset.funnel]
    for other in bringing[1:]:
        if other.funnel != bringing[0].funnel:
            raise SourceError(
                TWO_FUNNELS, LIST_FUNNEL, first=bringing[0].preset, second=other.preset
            )
    lost: dict[str, str] = {}
    for preset in presets:
        lost |= preset.lost_stages or {}
    return bringing[0].funnel if bringing else None, lost or None


def _recognised(
    raw: RawTable,
    best: Fit,
    sources: Sequence[tuple[SourceSpec, tuple[RawTable, ...]]],
    selected: Collection[str],
) -> Recognised:
    used: set[str] = set()
    if best.preset.preset in selected:
        used |= set(best.found.values())
    for spec, raws in sources:
        if raw in raws:
            mapped = (*spec.columns.values(), *(spec.stages or {}).values())
            used |= {name for column in mapped for name in _columns_in(column)}
            used |= _quoted_in(spec.where)
    unused = tuple(c for c in raw.columns if c not in used and not is_loaders(c))
    return Recognised(raw.name, best.preset, best.score, best.decided, unused)


def _columns_in(spec: ColumnSpec) -> set[str]:
    """The file's columns that a column of the settings' form uses."""
    beside = _columns_in(spec.currency) if isinstance(spec.currency, ColumnSpec) else set()
    return {*names_in(spec), *_quoted_in(spec.sql), *beside}


def _quoted_in(expression: str | None) -> set[str]:
    found = re.findall(r'"((?:[^"]|"")*)"', expression or "")
    return {name.replace('""', '"') for name in found}
