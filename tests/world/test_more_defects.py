"""Defects that the demo company has none of: each does what it says, to those that it names."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from salesaudit.world.columns import Table
from salesaudit.world.companies import COMPANIES
from salesaudit.world.defects import DEFECTS, plant
from salesaudit.world.make import Made, made
from salesaudit.world.simulate import simulate
from salesaudit.world.spoiling import Planted, Spoilt
from salesaudit.world.tables import as_known

PLAIN = COMPANIES["clean"]
SIZES = {"recording_ends_early": 60.0, "future_stamps": 1.0, "recording_begins_late": 1.0,
         "broken_rows": 1.0, "test_rows": 0.001, "losses_missing": 0.4}  # fmt: skip


@pytest.fixture(scope="module")
def known() -> dict[str, Table]:
    return as_known(simulate(PLAIN, 6_000, 3))


def spoil(known: dict[str, Table], **defects: float) -> Spoilt:
    return plant(replace(PLAIN, defects=defects), 6_000, known, 3)


def one(known: dict[str, Table], name: str, size: float) -> tuple[Spoilt, Planted]:
    spoilt = spoil(known, **{name: size})
    return spoilt, spoilt.planted[name]


def rows_of(table: Table, column: str, planted: Planted) -> np.ndarray:
    return np.isin(table[column].astype(str), planted.ids)


@pytest.mark.parametrize("name", DEFECTS)
def test_each_says_what_it_did_and_leaves_the_clean_tables_alone(
    known: dict[str, Table], name: str
) -> None:
    before = {
        table: {column: values.copy() for column, values in columns.items()}
        for table, columns in known.items()
    }
    company = replace(PLAIN, recorded_late=("pitched", PLAIN.first_day.replace(month=6)))
    size = SIZES.get(name, 0.05)
    planted = plant(replace(company, defects={name: size}), 6_000, known, 3).planted[name]
    assert planted.count == len(planted.ids) > 0
    assert planted.what
    assert DEFECTS[name].size
    for table, columns in before.items():
        for column, values in columns.items():
            assert np.array_equal(known[table][column].astype(str), values.astype(str))


def test_reversed_stages_run_backwards_and_no_other_does(known: dict[str, Table]) -> None:
    spoilt, planted = one(known, "reversed_stages", 0.05)
    events = spoilt.tables["stage_events"]
    order = np.lexsort((events["position"], events["lead"]))
    lead, at = events["lead_id"][order], events["entered_at"][order]
    back = (lead[1:] == lead[:-1]) & (at[1:] < at[:-1])
    assert set(lead[1:][back]) == set(planted.ids)


def test_backfilled_customers_have_all_stamps_within_a_minute(known: dict[str, Table]) -> None:
    spoilt, planted = one(known, "backfilled_stages", 0.5)
    events = spoilt.tables["stage_events"]
    mine = rows_of(events, "lead_id", planted)
    for lead in planted.ids:
        at = events["entered_at"][mine & (events["lead_id"] == lead)].astype(np.int64)
        assert np.ptp(at) < 60
        assert len(at) == 4
    customers = (events["position"] == 4).sum()
    assert planted.count == round(0.5 * customers)


def test_imported_leads_share_a_second(known: dict[str, Table]) -> None:
    spoilt, planted = one(known, "bulk_import", 0.05)
    leads = spoilt.tables["leads"]
    mine = rows_of(leads, "lead_id", planted)
    assert len(np.unique(leads["created_at"][mine])) == 1
    assert mine.sum() == planted.count == 300
    assert (leads["created_at"] <= known["leads"]["created_at"]).all()


def test_activities_end_so_many_days_early(known: dict[str, Table]) -> None:
    spoilt, _ = one(known, "recording_ends_early", 60)
    newest = spoilt.tables["activities"]["done_at"].max().astype("datetime64[D]")
    last = np.datetime64(PLAIN.last_day) - 60  # a Saturday
    assert last - 2 < newest <= last


def test_amounts_and_days_of_deals(known: dict[str, Table]) -> None:
    clean = known["deals"]
    spoilt, planted = one(known, "impossible_amounts", 0.1)
    assert set(clean["deal_id"][spoilt.tables["deals"]["amount"] <= 0]) == set(planted.ids)
    spoilt, planted = one(known, "amounts_by_factor", 0.1)
    mine = rows_of(clean, "deal_id", planted)
    assert (spoilt.tables["deals"]["amount"][mine] == 100 * clean["amount"][mine]).all()
    assert (spoilt.tables["deals"]["amount"][~mine] == clean["amount"][~mine]).all()
    spoilt, planted = one(known, "wins_without_day", 0.2)
    undated = np.isnat(spoilt.tables["deals"]["closed_at"]) & (clean["status"] == "Closed Won")
    assert set(clean["deal_id"][undated]) == set(planted.ids)


def test_closes_fall_on_the_end_of_the_month_or_of_the_quarter(known: dict[str, Table]) -> None:
    clean = known["deals"]
    for name, last_days in (("default_close_dates", 1), ("closes_when_counted", 3)):
        spoilt, planted = one(known, name, 0.5)
        mine = rows_of(clean, "deal_id", planted)
        at = spoilt.tables["deals"]["closed_at"][mine]
        month = at.astype("datetime64[M]")
        left = (month + 1).astype("datetime64[D]") - at.astype("datetime64[D]")
        assert (left.astype(int) <= last_days).all()
        assert (at >= clean["closed_at"][mine]).all()
        assert (at <= np.datetime64("2026-01-01")).all()
        if last_days == 3:
            assert set((month.astype(int) % 12).tolist()) <= {2, 5, 8, 11}


def test_losses_that_nobody_records_leave_leads_and_deals_open(known: dict[str, Table]) -> None:
    spoilt, planted = one(known, "losses_missing", 0.4)
    since = np.datetime64("2024-10-19")
    leads, deals = spoilt.tables["leads"], spoilt.tables["deals"]
    assert not (leads["lost_at"] >= since + 2).any()
    assert not ((deals["status"] == "Closed Lost") & (deals["closed_at"] >= since + 2)).any()
    assert (deals["status"] == "Closed Won").sum() == (
        known["deals"]["status"] == "Closed Won"
    ).sum()
    assert (leads["lost_at"] < since).sum() == (known["leads"]["lost_at"] < since).sum()
    assert planted.count > 500


def test_zombies_are_open_and_old(known: dict[str, Table]) -> None:
    spoilt, planted = one(known, "zombies", 0.05)
    deals = spoilt.tables["deals"]
    mine = rows_of(deals, "deal_id", planted)
    assert (deals["created_at"][mine] < np.datetime64("2024-12-31")).all()
    assert np.isnat(deals["closed_at"][mine]).all()
    assert set(deals["status"][mine]) == {"Proposal sent"}


def test_fields_that_are_empty_for_a_reason(known: dict[str, Table]) -> None:
    leads = spoil(known, gaps_of_a_team=0.4).tables["leads"]
    team = [rep.rep_id for rep in PLAIN.reps if rep.team == PLAIN.reps[0].team]
    mine = np.isin(leads["owner_id"].astype(str), team)
    assert (leads["industry"][mine] == "").mean() == pytest.approx(0.4, abs=0.001)
    assert (leads["industry"][~mine] != "").all()
    leads = spoil(known, filled_afterwards=0.6).tables["leads"]
    bought = leads["status"] == "Converted"
    assert (leads["company_size"][bought] != "").all()
    assert (leads["company_size"][~bought] == "").mean() == pytest.approx(0.6, abs=0.001)
    leads = spoil(known, dead_field=0.99).tables["leads"]
    assert (leads["country"] == "Thailand").mean() > 0.99


def test_second_records_are_nobodys_work_and_come_within_a_day(known: dict[str, Table]) -> None:
    spoilt, planted = one(known, "duplicate_leads", 0.05)
    leads = spoilt.tables["leads"]
    mine = rows_of(leads, "lead_id", planted)
    assert mine.sum() == 300
    assert (leads["owner_id"][mine] == "").all()
    first = dict(zip(leads["contact_hash"][~mine], leads["created_at"][~mine], strict=True))
    for address, at in zip(leads["contact_hash"][mine], leads["created_at"][mine], strict=True):
        assert np.timedelta64(0) < at - first[address] < np.timedelta64(1, "D")


def test_orphans_name_leads_that_are_in_no_file(known: dict[str, Table]) -> None:
    spoilt, planted = one(known, "orphans", 0.03)
    work = spoilt.tables["activities"]
    unknown = ~np.isin(work["lead_id"].astype(str), known["leads"]["lead_id"].astype(str))
    assert set(work["activity_id"][unknown]) == set(planted.ids)
    assert planted.count == round(0.03 * len(work["lead"]))


def test_a_bar_that_moves_lets_more_through_and_no_more_buy() -> None:
    moved: Made = made("moved_bar", 4_000)
    usual: Made = made("clean", 4_000)
    after = moved.history.created_at > np.datetime64("2025-01-01")
    ratio = moved.history.chance[after] / usual.history.chance[after]
    assert ratio[:, 0] == pytest.approx(1.4)
    assert ratio[:, 0] * ratio[:, 1] == pytest.approx(1.0)
