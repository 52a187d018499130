"""What every audit, fact and measure promises, wherever it stands."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import ibis
import pytest

import salesaudit.facts
import salesaudit.measures
from salesaudit.audits.base import Component
from salesaudit.audits.catalog import Unit, units
from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.facts.base import Fact, measures_of
from salesaudit.measures.base import Measure, Tables
from salesaudit.measures.tables import scoped
from salesaudit.warehouse import schema
from warehouse.company import Company, day, lead

TESTS = Path(__file__).resolve().parents[1]
FOLDERS = {
    "process": Component.PROCESS,
    "content": Component.CONTENT,
    "lead_quality": Component.LEAD_QUALITY,
    "reporting": Component.REPORTING,
    "team": Component.TEAM,
    "service": Component.SERVICE,
    "win_loss": Component.WIN_LOSS,
}


def modules(package: ModuleType) -> list[ModuleType]:
    return [
        importlib.import_module(f"{package.__name__}.{info.name}")
        for info in pkgutil.iter_modules(package.__path__)
    ]


def own(package: ModuleType, kind: type) -> list[tuple[str, Any]]:
    """(module, value) of every measure or fact that a module defines: the one of its name."""
    return [
        (name, value)
        for module in modules(package)
        for name in [module.__name__.rsplit(".", 1)[-1]]
        for value in vars(module).values()
        if isinstance(value, kind) and value.name == name
    ]


MEASURES = [value for _, value in own(salesaudit.measures, Measure)]
FACTS = [value for _, value in own(salesaudit.facts, Fact)]
EACH_UNIT = pytest.mark.parametrize("unit", units(), ids=lambda unit: unit.meta.id)
EACH_MEASURE = pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
EACH_FACT = pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)


@EACH_UNIT
def test_a_unit_is_named_by_its_file_and_stands_in_its_components_folder(unit: Unit) -> None:
    *_, folder, name = unit.module.split(".")
    assert unit.meta.id == name.replace("_", "-")
    assert unit.meta.component is FOLDERS[folder]


@EACH_UNIT
def test_a_unit_has_a_test_file_of_its_name(unit: Unit) -> None:
    *_, folder, name = unit.module.split(".")
    assert (TESTS / "audits" / folder / f"test_{name}.py").is_file()


@EACH_UNIT
def test_a_unit_rests_on_measures_and_facts(unit: Unit) -> None:
    assert unit.meta.inputs
    assert all(isinstance(part, Measure | Fact) for part in unit.meta.inputs)
    known = {measure.name for measure in MEASURES}
    assert {measure.name for measure in measures_of(unit.meta.inputs)} <= known


@EACH_UNIT
def test_a_unit_says_what_it_asks_why_and_what_counts(unit: Unit) -> None:
    for text in (unit.meta.question, unit.meta.why, unit.meta.counts):
        assert text.en
        assert text.th
    assert unit.meta.source
    assert unit.meta.question.id == f"{unit.meta.answers or unit.meta.id}.question"
    assert unit.meta.why.id == f"{unit.meta.id}.why"


def test_ids_of_units_are_unique_and_each_question_has_one_answer() -> None:
    ids = Counter(unit.meta.id for unit in units())
    assert set(ids.values()) == {1}
    answers = Counter(unit.meta.answers for unit in units() if unit.meta.answers)
    assert set(answers.values()) == {1}
    assert set(answers) >= {"Q1", "Q2", "Q3", "Q4", "Q5", "Q6"}
    assert [u.meta.answers for u in units()][:6] == ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6"]


def test_every_module_of_measures_holds_the_measure_of_its_name() -> None:
    helpers = {"base", "credits", "steps", "tables", "work"}
    names = {module.__name__.rsplit(".", 1)[-1] for module in modules(salesaudit.measures)}
    assert {measure.name for measure in MEASURES} == names - helpers


def test_every_module_of_facts_holds_the_fact_of_its_name() -> None:
    names = {module.__name__.rsplit(".", 1)[-1] for module in modules(salesaudit.facts)}
    assert {fact.name for fact in FACTS} == names - {"base"}


@EACH_FACT
def test_a_fact_rests_on_measures_and_other_facts(fact: Fact[Any]) -> None:
    assert fact.inputs
    assert all(isinstance(part, Measure | Fact) for part in fact.inputs)
    assert fact.name not in {part.name for part in fact.inputs}


@pytest.mark.parametrize("folder", ["measures", "facts"])
def test_every_measure_and_fact_has_a_test_file_of_its_name(folder: str) -> None:
    named = MEASURES if folder == "measures" else FACTS
    missing = [v.name for v in named if not (TESTS / folder / f"test_{v.name}.py").is_file()]
    assert missing == []


@pytest.fixture(scope="module")
def built() -> Company:
    return Company(leads=[lead("a", "2024-01-01")])


def expression(built: Company, measure: Measure[Any]) -> Any:
    until = Scope(day("2024-01-01"))
    count: Callable[[Any], int] = lambda table: int(table.count().execute())  # noqa: E731
    tables: Tables = scoped(built.con.table, until, count)
    return measure.build(tables, until, built.settings)


@EACH_MEASURE
def test_a_measures_row_names_the_columns_of_its_expression_keys_first(
    measure: Measure[Any], built: Company
) -> None:
    columns = tuple(expression(built, measure).columns)
    assert columns == measure.row._fields
    assert columns[: len(measure.keys)] == measure.keys
    assert measure.row.__doc__


@EACH_MEASURE
def test_a_measure_rests_on_canonical_fields(measure: Measure[Any]) -> None:
    assert measure.fields
    for field in measure.fields:
        table, column = field.split(".")
        assert schema.TABLES[table].column(column) is not None


@EACH_MEASURE
def test_a_measure_says_who_counts(measure: Measure[Any]) -> None:
    assert measure.build.__doc__
    assert isinstance(expression_type(measure), type)


def expression_type(measure: Measure[Any]) -> type:
    return measure.row


@EACH_MEASURE
def test_a_measure_of_empty_tables_has_no_rows_or_counts_nothing(measure: Measure[Any]) -> None:
    empty = empty_company()
    found = empty.run(measure)
    if measure.name == "stages":
        assert not any(row.recorded for row in found)
    else:
        counts = [v for row in found for v in row if isinstance(v, int) and not isinstance(v, bool)]
        assert not any(counts)


_EMPTY: list[Company] = []


def empty_company() -> Company:
    if not _EMPTY:
        _EMPTY.append(Company(settings=Settings(as_of=day("2024-01-01"))))
    return _EMPTY[0]


def test_measures_are_ibis_expressions(built: Company) -> None:
    for measure in MEASURES:
        assert isinstance(expression(built, measure), ibis.expr.types.Table)
