"""Rep cells, worked out by hand: whose a case is, what it was, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from salesaudit.measures.rep_cells import KEPT, RepCell, rep_cells
from warehouse.company import Company, deal, event, funnel, lead


def company(**rows: Sequence[dict[str, Any]]) -> Company:
    """The funnel lead, sql, customer up to 31 March 2024; user ``robot`` is a machine."""
    settings = funnel("lead", "sql", "customer", as_of="2024-03-31", automated_actors=("robot",))
    return Company(settings=settings, **rows)


def of_step(found: tuple[RepCell, ...], step: str) -> list[RepCell]:
    return [row for row in found if row.step == step]


def whose(rows: Sequence[RepCell]) -> dict[tuple[str | None, str], tuple[int, int]]:
    found: dict[tuple[str | None, str], tuple[int, int]] = {}
    for row in rows:
        entered, moved = found.get((row.rep_id, row.credit), (0, 0))
        found[row.rep_id, row.credit] = entered + row.entered, moved + row.moved
    return found


def test_a_case_is_whos_who_stamped_its_first_stage_not_its_last() -> None:
    found = company(
        leads=[lead(name, "2024-01-01", owner_id="late") for name in "abcde"],
        events=[
            event("a", "sql", "2024-01-10", "r1"),
            event("a", "customer", "2024-01-20", "r9"),
            event("b", "sql", "2024-01-10", "r1"),
            event("c", "sql", "2024-01-10", "robot"),
            event("c", "sql", "2024-01-10", "r2"),  # a person before a machine
            event("d", "sql", "2024-01-10", "robot"),
            event("e", "sql", "2024-01-10"),
            event("e", "sql", "2024-01-11", "r1"),  # not its first entry
        ],
    ).run(rep_cells)
    assert whose(of_step(found, "sql_to_customer")) == {
        ("r1", "actor"): (2, 1),
        ("r2", "actor"): (1, 0),
        (None, "automated"): (1, 0),
        (None, "nobody"): (1, 0),
    }


def test_otherwise_it_is_the_owners_of_that_time() -> None:
    change = {"field": "owner_id", "new": "r3"}
    found = company(
        leads=[*(lead(n, "2024-01-05", owner_id="r3") for n in "abcde"), lead("f", "2024-01-05")],
        events=[event("a", "sql", "2024-02-01")],
        lead_changes=[
            {**change, "lead_id": "a", "changed_at": "2024-01-06", "old": "r1"},
            {**change, "lead_id": "a", "changed_at": "2024-01-07", "old": "r2"},
            {**change, "lead_id": "b", "changed_at": "2024-01-05 23:59", "old": "r1"},  # same day
            {**change, "lead_id": "c", "changed_at": "2024-04-01", "old": "r1"},  # after T
            {**change, "lead_id": "d", "changed_at": "2024-01-09", "field": "status", "old": "r1"},
            {**change, "lead_id": "e", "changed_at": "2024-01-09", "old": ""},
        ],
    ).run(rep_cells)  # fmt: skip
    assert whose(of_step(found, "lead_to_sql")) == {
        ("r1", "owner_then"): (1, 1),
        ("r3", "owner"): (3, 0),
        (None, "nobody"): (2, 0),
    }


def test_what_moved_on_within_which_time_of_those_old_enough_for_it() -> None:
    found = company(
        leads=[lead("a", "2024-01-01"), lead("b", "2024-01-01"), lead("c", "2024-01-01")],
        events=[
            event("a", "sql", "2024-03-24", "r1"),  # 7 days before T
            event("a", "customer", "2024-03-31"),  # lag 7
            event("b", "sql", "2024-03-01", "r1"),  # 30 days before T
            event("b", "customer", "2024-03-09"),  # lag 8
            event("c", "sql", "2024-03-25", "r1"),  # 6 days before T
        ],
    ).run(rep_cells)
    [row] = [r for r in of_step(found, "sql_to_customer") if not r.early]
    assert (row.entered, row.moved) == (2, 1)
    assert row.within(7) == (1, 1)
    [early] = [r for r in of_step(found, "sql_to_customer") if r.early]
    assert (early.entered, early.moved) == (1, 1)  # before the first customer on record
    assert (early.within(7), early.within(14), early.within(30), early.within(60)) == (
        (1, 0), (1, 1), (1, 1), (0, 0),
    )  # fmt: skip


def test_the_kind_of_case_and_how_long_the_rep_was_there() -> None:
    found = company(
        leads=[lead("a", "2024-01-01", channel="ads", company_size="big", owner_id="r1")],
        events=[event("a", "sql", "2024-01-02")],
        deals=[
            deal(
                str(i), "won" if i else "lost", "a", rep_id="r1", product="A", created_at=at,
                closed_at="2024-03-30",
            )
            for i, at in enumerate(["2023-04-01", "2023-04-02", "2023-07-02", "2024-01-02", None])
        ],
        reps=[{"rep_id": "r1", "hired_on": "2023-01-01"}],
    ).run(rep_cells)  # fmt: skip
    decided = [row for row in of_step(found, "decided") if row.counted == "deals"]
    kinds = {(row.channel, row.company_size, row.product) for row in decided}
    assert kinds == {("ads", "big", "A")}
    # 90, 91, 182 and 366 days after the first one
    assert {row.tenure: (row.entered, row.moved) for row in decided} == {
        "0-3": (1, 0), "3-6": (1, 1), "6-12": (1, 1), "12+": (1, 1), None: (1, 1),
    }  # fmt: skip
    [entered] = of_step(found, "lead_to_sql")
    assert (entered.product, entered.tenure) == (None, "12+")  # no product: only who buys has one


def test_decided_deals_are_of_who_worked_them_when_they_were_opened() -> None:
    found = company(
        leads=[lead("a", "2024-01-01")],
        deals=[
            deal("1", "won", "a", rep_id="r2", created_at="2024-01-02", closed_at="2024-02-01"),
            deal("2", "lost", "a", rep_id="r2", created_at="2024-01-02", closed_at="2024-02-01"),
            deal("3", "open", "a", rep_id="r2", created_at="2024-01-02"),
        ],
        deal_changes=[
            {
                "deal_id": "1", "changed_at": "2024-01-20", "field": "rep_id", "old": "r1",
                "new": "r2",
            },
        ],
    ).run(rep_cells)  # fmt: skip
    decided = [row for row in of_step(found, "decided") if row.counted == "deals"]
    assert whose(decided) == {("r1", "owner_then"): (1, 1), ("r2", "owner"): (1, 0)}
    assert {row.within(365) for row in decided} == {(0, 0)}  # not a matter of time


def test_only_the_largest_values_of_a_dimension_stand_alone() -> None:
    many = KEPT["company_size"] + 2
    rows = [
        lead(f"{i}.{k}", "2024-01-01", company_size=f"s{i}", owner_id="r1")
        for i in range(many)
        for k in range(i + 1)
    ]
    found = company(leads=rows, events=[event("0.0", "sql", "2024-01-02")]).run(rep_cells)
    sizes = {row.company_size: row.entered for row in of_step(found, "lead_to_sql")}
    assert sizes == {None: 1 + 2, **{f"s{i}": i + 1 for i in range(2, many)}}


def test_cases_decided_by_a_day_that_is_not_known_stand_apart() -> None:
    found = company(
        leads=[lead("a", "2024-01-01", owner_id="r1"), lead("b", "2024-01-01", owner_id="r1")],
        events=[event("b", "sql", "2024-01-02", "r1")],
        deals=[deal("1", "won", "a", rep_id="r1")],
    ).run(rep_cells)
    assert sum(row.entered for row in of_step(found, "lead_to_sql")) == 1
    decided = [row for row in of_step(found, "decided") if row.counted == "deals"]
    assert [(row.rep_id, row.entered, row.moved) for row in decided] == [("r1", 1, 1)]
