"""Planted defects: there at their stated size, each apart from the clean history and the others."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from salesaudit.world.columns import Table
from salesaudit.world.companies import DEMO
from salesaudit.world.defects import DEFECTS, plant
from salesaudit.world.defects_stamps import UNKNOWN_STAGE
from salesaudit.world.simulate import simulate
from salesaudit.world.tables import as_known
from world.demo_folder import Folder

LENGTHS = {"leads.csv": 16, "stage_history.csv": 4, "deals.csv": 11}


def first_of(demo: Folder, header: str) -> dict[str, str]:
    """A cell of each lead, by its id."""
    ids = demo.column("leads.csv", "Lead No")
    return dict(zip(ids, demo.column("leads.csv", header), strict=True))


def stamps(demo: Folder, stage: str) -> dict[str, str]:
    """When each lead entered a stage, where the date is one."""
    return {
        lead: at
        for lead, name, at, _ in demo.files["stage_history.csv"]
        if name == stage and not at.startswith("2024-02-31")
    }


def iso(thai: str) -> str:
    """25/01/2023 14:30 the other way round."""
    return f"{thai[6:10]}-{thai[3:5]}-{thai[:2]} {thai[11:]}"


def test_the_stated_sizes(demo: Folder) -> None:
    counts = {name: defect["count"] for name, defect in demo.truth["planted"].items()}
    assert counts == {
        "recording_begins_late": 585,
        "skipped_stamps": 162,
        "negative_lags": 27,
        "unknown_stage": 150,
        "future_stamps": 3,
        "missing_channels": 300,
        "same_contact": 60,
        "repeated_rows": 40,
        "test_rows": 12,
        "broken_rows": 25,
    }
    for defect in demo.truth["planted"].values():
        assert len(defect["ids"]) == defect["count"]


def test_the_pitch_is_not_recorded_in_the_first_months(demo: Folder) -> None:
    pitched = stamps(demo, "Pitched")
    assert min(pitched.values()) >= "2023-06-01"
    assert min(stamps(demo, "SQL").values()) < "2023-02-01"
    assert not set(demo.truth["planted"]["recording_begins_late"]["ids"]) & set(pitched)


def test_skipped_stamps_are_missing_below_a_later_one(demo: Folder) -> None:
    by_stage = [stamps(demo, stage) for stage in DEMO.stages[1:]]
    for lead in demo.truth["planted"]["skipped_stamps"]["ids"]:
        there = [lead in stage for stage in by_stage]
        assert (False, True) in pairwise(there) or not there[0]
        assert any(there)


def test_negative_lags_lie_days_before_the_lead(demo: Folder) -> None:
    created, qualified = first_of(demo, "วันที่สร้าง"), stamps(demo, "MQL")
    negative = {lead for lead, at in qualified.items() if at[:16] < iso(created[lead])}
    assert negative == set(demo.truth["planted"]["negative_lags"]["ids"])
    assert len(negative) / len(qualified) == pytest.approx(0.003, abs=0.0001)


def test_an_unknown_stage_and_three_stamps_in_the_future(demo: Folder) -> None:
    assert demo.column("stage_history.csv", "Stage").count(UNKNOWN_STAGE) == 150
    future = [at for at in demo.column("stage_history.csv", "Entered At") if at > "2026"]
    future += [at for at in demo.column("activities.csv", "Date") if at > "2026"]
    assert sorted(at[:10] for at in future) == ["2031-03-14", "2031-03-14", "2031-03-15"]


def test_leads_without_a_channel(demo: Folder) -> None:
    channels = first_of(demo, "ช่องทาง")
    empty = {lead for lead, channel in channels.items() if not channel}
    planted = set(demo.truth["planted"]["missing_channels"]["ids"])
    tests = set(demo.truth["planted"]["test_rows"]["ids"])
    broken = set(demo.truth["planted"]["broken_rows"]["ids"])
    assert planted == empty - tests - broken  # copies of such leads may be empty too
    assert len(planted) == 0.015 * 20_000


def test_repeated_rows_are_the_same_to_the_last_cell(demo: Folder) -> None:
    rows = Counter(tuple(row) for row in demo.files["leads.csv"])
    twice = {row[0] for row, times in rows.items() if times == 2}
    assert twice == set(demo.truth["planted"]["repeated_rows"]["ids"])
    assert max(rows.values()) == 2


def test_second_leads_share_an_address_and_nobody_else_does(demo: Folder) -> None:
    kept = set(simulate(DEMO, 20_000, 1).lead_ids.tolist())
    addresses = Counter(
        address for lead, address in first_of(demo, "E-mail").items() if lead in kept
    )
    assert sum(times - 1 for times in addresses.values()) == 60
    assert all(address.endswith(".example") for address in addresses)


def test_broken_rows_cannot_be_read_and_all_others_can(demo: Folder) -> None:
    dates = {
        "leads.csv": ("วันที่สร้าง", r"\d\d/\d\d/\d{4} \d\d:\d\d"),
        "stage_history.csv": ("Entered At", r"(?!2024-02-31)\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"),
        "deals.csv": ("Created", r"\d\d/\d\d/\d{4} \d\d:\d\d"),
    }
    for name, length in LENGTHS.items():
        torn = sum(len(row) != length for row in demo.files[name])
        header, form = dates[name]
        unread = sum(not re.fullmatch(form, cell) for cell in demo.column(name, header))
        assert torn + unread == demo.truth["files"][name]["refused"]
        assert torn == (9 if name == "leads.csv" else 0)


@pytest.mark.parametrize("left_out", DEFECTS)
def test_leaving_one_out_changes_no_clean_table(left_out: str) -> None:
    history = simulate(DEMO, 1_000, 4)
    known = as_known(history)
    before = {name: copy(table) for name, table in known.items()}
    spoilt = plant(DEMO, 1_000, known, 4, without={left_out})
    assert left_out not in spoilt.planted
    for name, table in before.items():
        assert same(known[name], table)
    for untouched in ("deals", "reps", "spend"):
        assert same(spoilt.tables[untouched], before[untouched])


def test_a_defect_of_one_table_leaves_another_tables_defects_alone() -> None:
    known = as_known(simulate(DEMO, 1_000, 4))
    events = ("recording_begins_late", "skipped_stamps", "negative_lags", "unknown_stage")
    whole, part = plant(DEMO, 1_000, known, 4), plant(DEMO, 1_000, known, 4, without=events)
    assert same(whole.tables["leads"], part.tables["leads"])
    assert whole.planted["repeated_rows"] == part.planted["repeated_rows"]


def test_without_defects_the_tables_are_the_clean_ones() -> None:
    known = as_known(simulate(DEMO, 1_000, 4))
    spoilt = plant(DEMO, 1_000, known, 4, without=DEFECTS)
    assert spoilt.broken == []
    assert all(same(spoilt.tables[name], table) for name, table in known.items())


def test_shifted_stamps_stay_in_the_files_order_of_time(demo: Folder) -> None:
    at = [
        text
        for text in demo.column("stage_history.csv", "Entered At")
        if not text.startswith("2024-02-31")
    ]
    assert at == sorted(at)


def copy(table: Table) -> Table:
    return {name: column.copy() for name, column in table.items()}


def same(one: Table, other: Table) -> bool:
    return one.keys() == other.keys() and all(
        np.array_equal(one[name].astype(str), other[name].astype(str)) for name in one
    )
