"""The public functions: load exports, open a warehouse, audit, plan."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.facts.base import Inputs, measures_of
from salesaudit.measures.base import Measure, Results
from salesaudit.measures.tables import scoped
from salesaudit.planning.asked import Asked, Planned, planned
from salesaudit.planning.past import FACTS, Past
from salesaudit.run.document import Words
from salesaudit.run.result import AuditRun, LoadPart, ReasonPart, RecognisedPart, SourcePart
from salesaudit.run.runner import Audited, Count, run_audit
from salesaudit.sources.entries import Entry
from salesaudit.sources.forget import Forgotten, forget_in_loads, remove_old_versions
from salesaudit.sources.ingest import Loaded
from salesaudit.sources.ingest import ingest as load_exports
from salesaudit.sources.recognise.recognition import Recognised
from salesaudit.warehouse.engine import Warehouse, is_warehouse, open_warehouse, scope_of

__all__ = [
    "audit", "audit_warehouse", "forget", "ingest", "is_warehouse", "open_warehouse", "plan",
]  # fmt: skip

Progress = Callable[[str, int, int], None]


def audit(
    path: str | Path,
    *,
    as_of: date | None = None,
    names: str | None = None,
    memory: str | None = None,
    progress: Progress = lambda *_: None,
) -> AuditRun:
    """Audit what a path names.

    Args:
        path: a folder of exports, a salesaudit.yaml, one export, or a warehouse.
        as_of: the end of knowledge; by default the day of the newest event in the data.
        names: show or hide names of people.
        memory: limit of the engine, such as 4GB.
        progress: told what is done, how far, and of how much.

    Returns:
        The audit: everything that reports show.

    Raises:
        SalesAuditError: what is wrong, what was seen, and what to do.
    """
    return audited(path, as_of=as_of, names=names, memory=memory, progress=progress).run


def audited(
    path: str | Path,
    *,
    as_of: date | None = None,
    names: str | None = None,
    memory: str | None = None,
    progress: Progress = lambda *_: None,
) -> Audited:
    """As ``audit``, with what the document was made of: sheets of people are made from it."""
    changes: dict[str, object] = {"as_of": as_of} if as_of else {}
    if names:
        changes["names"] = names
    with _opened(path, changes, memory, progress) as warehouse:
        return _audited(warehouse, changes, progress)


@contextlib.contextmanager
def _opened(
    path: str | Path, changes: dict[str, object], memory: str | None, progress: Progress
) -> Iterator[Warehouse]:
    """The warehouse that a path names, or one loaded from it that is gone afterwards."""
    place = Path(path)
    with contextlib.ExitStack() as stack:
        if not is_warehouse(place):
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="salesaudit-"))
            ingest(place, folder, changes=changes, memory=memory, progress=progress, once=True)
            place = Path(folder)
        yield stack.enter_context(open_warehouse(place, memory=memory))


def ingest(
    path: str | Path,
    into: str | Path,
    *,
    changes: dict[str, object] | None = None,
    memory: str | None = None,
    progress: Progress = lambda *_: None,
    once: bool = False,
    rebuild: bool = False,
) -> Loaded:
    """Load exports into a warehouse, which ``audit`` then takes as its path.

    Args:
        path: a folder of exports, a salesaudit.yaml, or one export; or the warehouse itself, whose
            tables are then built anew from its kept loads.
        into: folder of the warehouse; its old version stays until the new one is whole.
        changes: settings that go before those of the file.
        memory: limit of the engine, such as 4GB.
        progress: told what is done, how far, and of how much.
        once: the warehouse is for one look, and the load is not kept.
        rebuild: build the tables anew even where nothing is new.
    """
    return load_exports(
        Path(path),
        Path(into),
        changes=changes,
        memory=memory,
        progress=progress,
        keep=lambda entries: load_part(entries).model_dump_json(by_alias=True),
        once=once,
        rebuild=rebuild,
    )


def forget(
    ids: Sequence[str],
    warehouse: str | Path,
    *,
    memory: str | None = None,
    progress: Progress = lambda *_: None,
) -> Forgotten:
    """Take people out of a warehouse, its kept loads and its older versions; counts stay.

    Args:
        ids: of leads, deals or customers, or mail addresses.
        warehouse: folder of the warehouse.
        memory: limit of the engine, such as 4GB.
        progress: told what is done, how far, and of how much.

    Raises:
        WarehouseError: nobody is known by one of the ids, or the key is another.
    """
    folder = Path(warehouse)
    found = forget_in_loads(ids, folder)
    ingest(folder, folder, memory=memory, progress=progress, rebuild=True)
    remove_old_versions(folder)
    return found


def audit_warehouse(
    warehouse: Warehouse,
    *,
    changes: dict[str, object] | None = None,
    progress: Progress = lambda *_: None,
) -> AuditRun:
    """Audit an open warehouse, with settings changed for this audit alone."""
    return _audited(warehouse, changes or {}, progress).run


def _audited(warehouse: Warehouse, changes: dict[str, object], progress: Progress) -> Audited:
    settings = warehouse.as_of(warehouse.settings.model_copy(update=changes))
    scope = scope_of(settings)
    return run_audit(
        _counting(warehouse, scope),
        settings,
        scope,
        LoadPart.model_validate_json(warehouse.ledger.sources),
        method=_method(settings),
        progress=progress,
    )


def plan(
    path: str | Path | None = None,
    *,
    leads: float,
    cost: float,
    reach: float | None = None,
    close: float | None = None,
    margin: float | None = None,
    floor: float | None = None,
    capacity: float | None = None,
    weeks: float = 4,
    channel: str | None = None,
    as_of: date | None = None,
    memory: str | None = None,
    progress: Progress = lambda *_: None,
) -> Planned:
    """Plan a campaign: customers, return, and the most that it may cost.

    Args:
        path: the company's exports or warehouse; rates and margins that are not given come of it.
        leads: expected of the campaign, whole.
        cost: all in: media, production, people.
        reach: share of leads that is reached, 0 to 1.
        close: of those, the share that becomes customers, 0 to 1.
        margin: that a customer leaves; never the revenue.
        floor: return under which it is not worth doing; default: ``return_floor`` of the settings.
        capacity: leads that the team can take on.
        weeks: over which the campaign's leads come.
        channel: whose rates are taken, if it has customers enough.
        as_of: the end of knowledge; by default the day of the newest event in the data.
        memory: limit of the engine, such as 4GB.
        progress: told what is done, how far, and of how much.

    Returns:
        The plan, with what must be said of its numbers.

    Raises:
        SalesAuditError: a number that cannot be, or one that nothing says.
    """
    asked = Asked(
        leads=leads,
        cost=cost,
        reach=reach,
        close=close,
        margin=margin,
        floor=floor,
        capacity=capacity,
        weeks=weeks,
        channel=channel,
    )
    if path is None:
        return planned(asked)
    changes: dict[str, object] = {"as_of": as_of} if as_of else {}
    with _opened(path, changes, memory, progress) as warehouse:
        settings = warehouse.as_of(warehouse.settings.model_copy(update=changes))
        found = planned(asked, _past(warehouse, settings), settings.return_floor)
    return found._replace(company=settings.company, currency=settings.currency)


def _past(warehouse: Warehouse, settings: Settings) -> Past:
    scope = scope_of(settings)
    count = _counting(warehouse, scope)
    rows = {measure: count(measure, scope, settings)[0] for measure in measures_of(FACTS)}
    return Past.of(Inputs(Results(rows), settings))


def _counting(warehouse: Warehouse, scope: Scope) -> Count:
    """Carries out measures on a warehouse."""
    tables = scoped(warehouse.table, scope, warehouse.count, warehouse.recorded_positions())

    def count(measure: Measure[Any], *asked: Any) -> tuple[tuple[Any, ...], str]:
        expression = measure.build(tables, *asked)
        rows = tuple(measure.row(**row) for row in warehouse.rows(expression))
        return rows, warehouse.query(expression)

    return count


def load_part(entries: Sequence[Entry]) -> LoadPart:
    """The account as the document shows it."""
    words = Words()
    sources = [
        SourcePart(
            name=e.name,
            into=e.into,
            sha256=e.sha256,
            read=e.read,
            loaded=e.loaded,
            refused=e.refused,
            rows=e.rows,
            merged=e.merged,
            blank=e.blank,
            reasons=[ReasonPart(**reason._asdict()) for reason in e.reasons],
            from_=list(e.parts),
            notes=[words.message(note) for note in e.notes],
            recognised=_recognised_part(e.recognised) if e.recognised else None,
        )
        for e in entries
    ]
    return LoadPart(sources=sources, texts=words.gathered())


def _recognised_part(found: Recognised) -> RecognisedPart:
    preset = found.preset
    return RecognisedPart(
        preset=preset.preset,
        system=preset.system,
        export=preset.export,
        score=round(found.score, 3),
        history=preset.history,
        history_from=preset.history_from,
        proved=preset.proved,
        fills=sorted({source.into for source in preset.sources}),
    )


def _method(settings: Settings) -> dict[str, str]:
    """What a reader needs to repeat the run: settings in force and versions."""
    shown = settings.model_dump(mode="json", exclude={"sources", "funnel", "company"})
    funnel = " > ".join(
        f"{stage.name} ({stage.role})" if stage.role else stage.name for stage in settings.funnel
    )
    libraries = {name: version(name) for name in ("duckdb", "ibis-framework", "numpy", "scipy")}
    stated = {name: str(value) for name, value in shown.items() if value not in (None, {}, [])}
    return {"funnel": funnel, **stated, **libraries}
