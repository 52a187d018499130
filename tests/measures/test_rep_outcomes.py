"""Rep outcomes, worked out by hand."""

from __future__ import annotations

from salesaudit.core.settings import Settings
from salesaudit.measures.rep_outcomes import RepOutcome, rep_outcomes
from warehouse.company import Company, day, deal, event, lead, money

SETTINGS = Settings(as_of=day("2024-03-31"), automated_actors=("robot",))


def test_a_deal_is_its_owners_and_a_won_one_without_is_whos_who_stamped_it() -> None:
    company = Company(
        settings=SETTINGS,
        leads=[lead(name, "2024-01-01", owner_id="x") for name in "abcd"],
        deals=[
            deal("1", "won", "a", rep_id="r1", closed_at="2024-02-01", amount="10.10"),
            deal("2", "won", "b", closed_at="2024-02-02", amount="5"),
            deal("3", "won", "c", closed_at="2024-02-03"),
            deal("4", "won", "d", closed_at="2024-02-04"),
            deal("5", "lost", "b", closed_at="2024-02-04"),
            deal("6", "lost", None, rep_id="robot", closed_at="2024-02-04"),
            deal("7", "won", None, rep_id="r1", closed_at="2024-04-01", amount="3"),  # open at T
            deal("8", "open", None, rep_id="r2"),
        ],
        events=[
            event("b", "customer", "2024-02-02 10:00", "r3"),
            event("b", "customer", "2024-02-02 10:00", "robot"),
            event("b", "customer", "2024-02-02 10:01", "r0"),  # later
            event("c", "customer", "2024-02-03", "robot"),
        ],
    )
    deals = [row for row in company.run(rep_outcomes) if row.counted == "deals"]
    assert sorted(deals, key=repr) == sorted(
        [
            RepOutcome("deals", "r1", "owner", "won", 1, 1, money("10.10")),
            RepOutcome("deals", "r1", "owner", "open", 1, 1, money("3.00")),
            RepOutcome("deals", "r2", "owner", "open", 1, 0, None),
            RepOutcome("deals", "r3", "actor", "won", 1, 1, money("5.00")),
            RepOutcome("deals", None, "automated", "won", 1, 0, None),  # 3
            RepOutcome("deals", None, "automated", "lost", 1, 0, None),  # 6
            RepOutcome("deals", None, "nobody", "won", 1, 0, None),  # 4
            RepOutcome("deals", None, "nobody", "lost", 1, 0, None),  # 5
        ],
        key=repr,
    )


def test_journeys_stand_in_where_no_deals_are_loaded() -> None:
    company = Company(
        settings=SETTINGS,
        leads=[
            lead("a", "2024-01-01"),
            lead("b", "2024-01-01", owner_id="r1", lost_at="2024-02-02"),
        ],
        events=[event("a", "customer", "2024-03-05", "r2")],
    )
    assert company.run(rep_outcomes) == (
        RepOutcome("journeys", "r1", "owner", "lost", 1, 0, None),
        RepOutcome("journeys", "r2", "actor", "won", 1, 0, None),
    )
