"""DuckDB and Spark give the same rows, of the same types, for journeys and for every measure."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest
from ibis.backends import BaseBackend

import salesaudit.measures
from engine_equivalence.messy import messy
from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.measures.base import Measure
from salesaudit.warehouse import schema
from salesaudit.warehouse.build import Built, build, rows_of
from salesaudit.warehouse.funnel_stages import MappedColumn
from warehouse.company import Company, funnel, run_on

pytestmark = [
    pytest.mark.spark,
    # PySpark calls pandas as it was, and leaves sockets to the collector.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

UNDATED = {"reps", "lead_changes", "deal_changes"}
READ = sorted({table for table, _ in schema.event_stamps()} | UNDATED)
MAPPED = (MappedColumn("stage_events", "entered_at", "mql", "people.csv", "qualified"),)
SETTINGS = {
    "five stages, Sao Paulo": Settings(
        timezone="America/Sao_Paulo",
        lost_stages={"declined": "declined", "cancelled": "cancelled"},
        automated_actors=("robot",),
    ),
    "three stages, Kathmandu, as of an earlier day": funnel(
        "lead", "pitched", "Won=customer", timezone="Asia/Kathmandu", as_of="2018-06-30"
    ),
}
SCOPES = {"all": (), "some channels": (("channel", ("ads", "งานแสดงสินค้า", "c1")),)}


def measures() -> list[Measure[Any]]:
    """Every measure that there is."""
    path = salesaudit.measures.__path__
    names = sorted(info.name for info in pkgutil.iter_modules(path))
    modules = [importlib.import_module(f"salesaudit.measures.{name}") for name in names]
    return [value for m in modules for value in vars(m).values() if isinstance(value, Measure)]


class Engines(NamedTuple):
    """The same rows built by both."""

    duck: Company
    spark: BaseBackend
    on_spark: Built
    settings: Settings


@pytest.fixture(scope="module", params=SETTINGS, ids=str)
def engines(
    request: pytest.FixtureRequest, spark: BaseBackend, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engines]:
    rows = messy()
    given = SETTINGS[request.param]
    duck = Company(
        leads=rows["leads"], deals=rows["deals"], events=rows["stage_events"], reps=rows["reps"],
        lead_changes=rows["lead_changes"], deal_changes=rows["deal_changes"],
        activities=rows["activities"], settings=given, mapped=MAPPED,
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("rows")
    canonical = {name: hand_over(duck, spark, name, folder) for name in READ}
    built = build(spark, canonical, given, MAPPED)
    yield Engines(duck, spark, built, duck.settings)
    for name in ("journeys", "funnel_stages", "recorded", "known_deals"):
        spark.drop_table(name)


def hand_over(duck: Company, spark: BaseBackend, name: str, folder: Path) -> Any:
    path = folder / f"{name}.parquet"
    duck.con.raw_sql(f"COPY {name} TO '{path}' (FORMAT parquet)")
    return spark.read_parquet(path, table_name=name)


def canon(rows: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """Rows in an order of their own: None and days together do not sort."""
    return sorted(tuple(f"{name}={value!r}" for name, value in row.items()) for row in rows)


def test_what_the_build_found(engines: Engines) -> None:
    assert engines.on_spark == engines.duck.built
    assert len(engines.duck.built.recorded) >= 4
    assert any(span.after for span in engines.duck.built.recorded)


@pytest.mark.parametrize("table", ["journeys", "known_deals", "funnel_stages", "recorded"])
def test_every_row_of_what_was_written(engines: Engines, table: str) -> None:
    left, right = (con.table(table) for con in (engines.duck.con, engines.spark))
    assert dict(left.schema().items()).keys() == dict(right.schema().items()).keys()
    assert types(left, engines.duck.con) == types(right, engines.spark)
    assert canon(rows_of(left, engines.duck.con)) == canon(rows_of(right, engines.spark))


def types(table: Any, con: BaseBackend) -> dict[str, str]:
    arrow = con.to_pyarrow(table)
    return {field.name: str(field.type) for field in arrow.schema}


@pytest.mark.parametrize("engines", [next(iter(SETTINGS))], indirect=True)
@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("measure", measures(), ids=lambda m: m.name)
def test_every_row_of_every_measure(engines: Engines, measure: Measure[Any], scope: str) -> None:
    known = Scope(engines.duck.built.until, None, SCOPES[scope])
    left = run_on(engines.duck.con, measure, known, engines.settings)
    right = run_on(engines.spark, measure, known, engines.settings)
    assert left
    assert left == right
    assert [[type(v) for v in row] for row in left] == [[type(v) for v in row] for row in right]


def test_the_rows_are_a_mess() -> None:
    """The comparison is worth something only while the rows hold what engines differ in."""
    leads = pd.DataFrame(messy()["leads"])
    assert leads["channel"].isna().any()
    assert (leads["channel"] == "").any()
    assert leads["channel"].nunique() > 50
    events = pd.DataFrame(messy()["stage_events"])
    assert events.duplicated().any()
    assert (pd.DataFrame(messy()["deals"]).groupby("lead_id").size() > 1).any()
