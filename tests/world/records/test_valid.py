"""Every row of every table is one that the warehouse can take, and draws depend on nothing else."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import pairwise

import numpy as np
import pytest

from salesaudit.warehouse.schema import TABLES, Kind
from salesaudit.world.columns import Table
from salesaudit.world.companies import DEMO
from salesaudit.world.export import FILES
from salesaudit.world.records.files import RECORD_FILES
from salesaudit.world.records.known import RECORDS
from salesaudit.world.records.parameters import Records
from salesaudit.world.simulate import History, simulate
from salesaudit.world.tables import as_known

MADE = tuple(record.name for record in RECORDS if record.name not in ("spend", "referrals"))
DTYPES = {
    Kind.ID: "O", Kind.CATEGORY: "O", Kind.TEXT: "O", Kind.HASH: "O", Kind.TIME: "M",
    Kind.DAY: "M", Kind.MONEY: "if", Kind.NUMBER: "if", Kind.COUNT: "i", Kind.YES_NO: "b",
}  # fmt: skip
SMALL = 1_500
NEEDS = {  # tables whose rows hang on another table that the company keeps
    "orders": {"tickets"},
}


def empty(values: np.ndarray) -> np.ndarray:
    if values.dtype.kind == "O":
        return values == ""
    if values.dtype.kind == "M":
        return np.isnat(values)
    return np.isnan(values) if values.dtype.kind == "f" else np.zeros(len(values), dtype=bool)


def same(one: Table, other: Table) -> bool:
    return one.keys() == other.keys() and all(
        np.array_equal(one[name].astype(str), other[name].astype(str)) for name in one
    )


def test_the_demo_company_keeps_every_table_that_the_audit_knows(tables: dict[str, Table]) -> None:
    assert set(TABLES) - set(tables) <= {"contents", "content_touches"}
    assert {file.table for file in RECORD_FILES} == {*MADE, "referrals"}
    assert {file.table for file in (*FILES, *RECORD_FILES)} <= set(tables)


@pytest.mark.parametrize("name", MADE)
def test_columns_hold_what_the_warehouse_takes(tables: dict[str, Table], name: str) -> None:
    table, declared = tables[name], TABLES[name]
    assert len({len(column) for column in table.values()}) == 1
    assert len(next(iter(table.values()))) > 0
    for column in declared.columns:
        if column.name not in table:
            assert not column.required, column.name
            continue
        values = table[column.name]
        assert values.dtype.kind in DTYPES[column.kind], column.name
        if column.required:
            assert not empty(values).any(), column.name
        if column.values:
            assert set(values.tolist()) - {""} <= set(column.values), column.name


@pytest.mark.parametrize("name", MADE)
def test_keys_are_unique(tables: dict[str, Table], name: str) -> None:
    columns = [tables[name][column].astype(str) for column in TABLES[name].key]
    rows = list(zip(*(column.tolist() for column in columns), strict=True))
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize("name", [*MADE, "referrals"])
def test_references_lead_somewhere(tables: dict[str, Table], name: str) -> None:
    targets = {
        "lead_id": tables["leads"]["lead_id"],
        "deal_id": tables["deals"]["deal_id"],
        "rep_id": tables["reps"]["rep_id"],
        "customer_id": tables["deals"]["customer_id"],
        "referred_by": tables["deals"]["customer_id"],
    }
    for column, values in tables[name].items():
        if column in targets:
            assert set(values.tolist()) <= set(targets[column].tolist()) - {""}, column


def test_nothing_happens_after_the_last_day(large: History, tables: dict[str, Table]) -> None:
    for name in MADE:
        for column, values in tables[name].items():
            if values.dtype.kind == "M":
                assert not (values >= large.end).any(), (name, column)


def test_times_follow_each_other(tables: dict[str, Table]) -> None:
    for name, columns in {
        "emails": ("sent_at", "delivered_at", "opened_at"),
        "tickets": ("opened_at", "first_reply_at", "solved_at"),
        "campaigns": ("starts_on", "ends_on"),
        "quotas": ("starts_on", "ends_on"),
        "reported": ("starts_on", "ends_on"),
    }.items():
        for before, after in pairwise(columns):
            early, late = tables[name][before], tables[name][after]
            both = ~np.isnat(early) & ~np.isnat(late)
            assert (early[both] <= late[both]).all(), (name, after)


def test_the_same_seed_gives_the_same_tables_and_another_does_not() -> None:
    one, again, other = (as_known(simulate(DEMO, SMALL, seed)) for seed in (1, 1, 2))
    for name in MADE:
        assert same(one[name], again[name]), name
        assert same(one[name], other[name]) == (name == "tools"), name


@pytest.mark.parametrize("kept", [field.name for field in fields(Records) if field.name != "spend"])
def test_a_table_does_not_change_another(kept: str) -> None:
    """Each company keeps one table; it is the one that it would be among all others."""
    whole = as_known(simulate(DEMO, SMALL, 1))
    alone = {kept, *NEEDS.get(kept, ())}
    records = Records(**{name: getattr(DEMO.records, name) for name in alone})
    part = as_known(simulate(replace(DEMO, records=records), SMALL, 1))
    assert {"leads", "stage_events", "deals", "reps", "activities", "spend"} < set(part)
    for name in set(part) - {"leads"}:
        assert same(part[name], whole[name]), name
    assert all(
        np.array_equal(part["leads"][column].astype(str), values.astype(str))
        for column, values in whole["leads"].items()
        if column in part["leads"]
    )
