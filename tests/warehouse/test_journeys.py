"""Journeys: where they begin, how they end, and what is known of them at the end of knowledge."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from salesaudit.core.settings import Settings
from warehouse.company import Company, day, deal, deal_event, event, funnel, lead, money

# T is 30 June 2024 in UTC; each lead below is one case, named by what it shows.
CASES = Company(
    settings=Settings(
        as_of=day("2024-06-30"),
        lost_stages={"declined": "declined", "cancelled": "cancelled"},
        automated_actors=("robot",),
    ),
    leads=[
        lead("nothing-happened", "2024-03-01 09:00"),
        lead("no-date"),
        lead("no-date-but-stamp"),
        lead("on-the-last-day", "2024-06-30 23:59:59"),
        lead("a-day-too-late", "2024-07-01 00:00"),
        lead("stamp-on-the-last-day", "2024-03-01"),
        lead("stamp-too-late", "2024-03-01"),
        lead("entered-before-created", "2024-03-10 12:00"),
        lead("stamped-twice", "2024-03-01"),
        lead("skipped", "2024-03-01"),
        lead("own-stamp-of-the-first", "2024-03-01"),
        # how it ended
        lead("won-by-deal", "2024-03-01"),
        lead("won-without-deal", "2024-03-01"),
        lead("won-twice-stamped", "2024-03-01"),
        lead("won-stamp-after-close", "2024-03-01"),
        lead("won-no-day", "2024-03-01"),
        lead("won-no-day-stamped", "2024-03-01"),
        lead("won-and-lost-deals", "2024-03-01", lost_at="2024-03-05"),
        lead("won-on-the-last-day", "2024-03-01"),
        lead("won-too-late", "2024-03-01"),
        lead("lost-too-late", "2024-03-01"),
        lead("open-and-lost-deals", "2024-03-01", lost_at="2024-03-05"),
        lead("lost-deal", "2024-03-01"),
        lead("lost-deal-no-day", "2024-03-01"),
        lead("lost-lead", "2024-03-01", lost_at="2024-04-02 10:00"),
        lead("lost-lead-last-day", "2024-03-01", lost_at="2024-06-30 23:00"),
        lead("lost-lead-too-late", "2024-03-01", lost_at="2024-07-01 00:00"),
        lead("lost-stage", "2024-03-01"),
        lead("lost-stage-followed", "2024-03-01"),
        lead("lost-stage-same-moment", "2024-03-01"),
        lead("lost-stage-then-outside", "2024-03-01"),
        lead("lost-stage-twice", "2024-03-01"),
        lead("lost-stage-too-late", "2024-03-01"),
        lead("lost-three-ways", "2024-03-01", lost_at="2024-05-05"),
        lead("won-after-lost-stage", "2024-03-01"),
        lead("open-deal-and-lost-stage", "2024-03-01"),
        # its deals
        lead("deal-too-late", "2024-03-01"),
        lead("first-won", "2024-03-01", customer_id="cust-of-lead"),
        lead("tied-won", "2024-03-01"),
        lead("newest-open", "2024-03-01"),
        lead("last-lost", "2024-03-01"),
        lead("events-of-its-deal", "2024-03-01"),
        # who works it
        lead("owner-of-lead", "2024-03-01", owner_id="ann"),
        lead("owner-of-deal", "2024-03-01"),
        lead("owner-who-closed", "2024-03-01"),
        lead("owner-least-of-two", "2024-03-01"),
        lead("owner-a-machine", "2024-03-01"),
        lead("owner-first-stamp-only", "2024-03-01"),
        lead("owner-no-deal", "2024-03-01"),
    ],
    events=[
        event("no-date-but-stamp", "mql", "2024-04-01"),
        event("a-day-too-late", "mql", "2024-06-01"),
        event("stamp-on-the-last-day", "mql", "2024-06-30 23:59:59.999999"),
        event("stamp-too-late", "mql", "2024-04-01"),
        event("stamp-too-late", "pitched", "2024-07-01 00:00"),
        event("entered-before-created", "mql", "2024-03-08 12:00"),
        event("stamped-twice", "mql", "2024-04-09"),
        event("stamped-twice", "mql", "2024-04-02"),
        event("stamped-twice", "mql", "2024-04-02"),
        event("skipped", "sql", "2024-04-02"),
        event("skipped", "somewhere else", "2024-05-02"),
        event("own-stamp-of-the-first", "lead", "2024-03-04"),
        event("nobody", "mql", "2024-04-02"),
        event("won-without-deal", "customer", "2024-04-10 08:00"),
        event("won-twice-stamped", "customer", "2024-04-08"),
        event("won-stamp-after-close", "customer", "2024-04-20"),
        event("won-no-day-stamped", "customer", "2024-04-03"),
        event("lost-stage", "mql", "2024-03-05"),
        event("lost-stage", "declined", "2024-04-04"),
        event("lost-stage-followed", "declined", "2024-04-04 10:00"),
        event("lost-stage-followed", "pitched", "2024-04-04 10:01"),
        event("lost-stage-same-moment", "declined", "2024-04-04 10:00"),
        event("lost-stage-same-moment", "mql", "2024-04-04 10:00"),
        event("lost-stage-then-outside", "cancelled", "2024-04-04"),
        event("lost-stage-then-outside", "somewhere else", "2024-05-04"),
        event("lost-stage-twice", "declined", "2024-04-04"),
        event("lost-stage-twice", "mql", "2024-04-10"),
        event("lost-stage-twice", "cancelled", "2024-04-20"),
        event("lost-stage-too-late", "mql", "2024-04-20"),
        event("lost-stage-too-late", "declined", "2024-07-01"),
        event("lost-three-ways", "declined", "2024-05-09"),
        event("won-after-lost-stage", "declined", "2024-05-09"),
        event("open-deal-and-lost-stage", "declined", "2024-05-09"),
        deal_event("of-its-lead", "pitched", "2024-04-11"),
        deal_event("of-its-lead", "declined", "2024-04-12"),
        deal_event("alone-open", "customer", "2024-07-02"),
        deal_event("alone-stamped", "sql", "2024-05-20"),
        deal_event("no-such-deal", "customer", "2024-05-20"),
        event("owner-who-closed", "customer", "2024-05-01 10:00", "cy"),
        event("owner-least-of-two", "customer", "2024-05-01 10:00", "dan"),
        event("owner-least-of-two", "customer", "2024-05-01 10:00", "bea"),
        event("owner-least-of-two", "customer", "2024-05-01 10:00", "aaa-robot"),
        event("owner-a-machine", "customer", "2024-05-01 10:00", "robot"),
        event("owner-first-stamp-only", "customer", "2024-05-01 10:00"),
        event("owner-first-stamp-only", "customer", "2024-05-02 10:00", "late"),
        event("owner-no-deal", "customer", "2024-05-01 10:00", "cy"),
    ],
    deals=[
        deal("w1", "won", "won-by-deal", closed_at="2024-04-10 18:00", amount=100, margin=30),
        deal("w2", "won", "won-twice-stamped", closed_at="2024-04-10"),
        deal("w3", "won", "won-stamp-after-close", closed_at="2024-04-10"),
        deal("w4", "won", "won-no-day", amount=7),
        deal("w5", "won", "won-no-day-stamped"),
        deal("w6", "lost", "won-and-lost-deals", closed_at="2024-04-01"),
        deal("w7", "open", "won-and-lost-deals", created_at="2024-04-01"),
        deal("w8", "won", "won-and-lost-deals", closed_at="2024-05-01"),
        deal("w9", "won", "won-on-the-last-day", closed_at="2024-06-30 23:59"),
        deal("w10", "won", "won-too-late", closed_at="2024-07-01 00:00", amount=5),
        deal("l1", "lost", "lost-too-late", closed_at="2024-07-01 00:00"),
        deal("o1", "lost", "open-and-lost-deals", closed_at="2024-05-01"),
        deal("o2", "open", "open-and-lost-deals", created_at="2024-04-01"),
        deal("l2", "lost", "lost-deal", closed_at="2024-04-07"),
        deal("l3", "lost", "lost-deal-no-day"),
        deal("l4", "lost", "lost-three-ways", closed_at="2024-05-02"),
        deal("w11", "won", "won-after-lost-stage", closed_at="2024-05-10"),
        deal("o3", "open", "open-deal-and-lost-stage", created_at="2024-04-01"),
        deal("t1", "won", "deal-too-late", created_at="2024-07-01", closed_at="2024-06-15"),
        # several deals of a lead
        deal("f1", "won", "first-won", closed_at="2024-05-02", product="later", amount="10.50"),
        deal(
            "f2", "won", "first-won", closed_at="2024-05-01", product="first", amount="20.25",
            customer_id="cust-of-deal", margin=4,
        ),
        deal("f3", "lost", "first-won", closed_at="2024-04-01", product="lost", amount=999),
        deal("f4", "open", "first-won", created_at="2024-06-01", product="open", amount=999),
        deal("f5", "won", "first-won", product="no day", amount="1.00"),
        deal("t-b", "won", "tied-won", closed_at="2024-05-01 10:00", product="b"),
        deal("t-a", "won", "tied-won", closed_at="2024-05-01 10:00", product="a"),
        deal("n1", "open", "newest-open", created_at="2024-04-01", product="older"),
        deal("n2", "open", "newest-open", created_at="2024-04-02", product="newer"),
        deal("n3", "open", "newest-open", product="no day"),
        deal("n4", "lost", "newest-open", closed_at="2024-06-02", product="lost"),
        deal("n5", "won", "newest-open", closed_at="2024-07-02", created_at="2024-03-30",
             product="won too late"),
        deal("x1", "lost", "last-lost", closed_at="2024-04-02", product="earlier"),
        deal("x3", "lost", "last-lost", closed_at="2024-04-03", product="tied, greater id"),
        deal("x2", "lost", "last-lost", closed_at="2024-04-03", product="tied, least id"),
        deal("of-its-lead", "open", "events-of-its-deal", created_at="2024-04-01"),
        # deals without a lead
        deal("alone-open", "open", None, created_at="2024-05-05 10:00", channel="fair",
             campaign="spring", country="TH", company_size="small", rep_id="dan"),
        deal("alone-won", "won", "unknown lead", created_at="2024-05-05", closed_at="2024-05-15"),
        deal("alone-lost", "lost", None, closed_at="2024-05-15"),
        deal("alone-stamped", "open", None, created_at="2024-05-05"),
        deal("alone-too-late", "open", None, created_at="2024-07-01"),
        deal("of-late-lead", "open", "a-day-too-late", created_at="2024-06-01"),
        # who works it
        deal("p1", "open", "owner-of-lead", created_at="2024-04-01", rep_id="bob"),
        deal("p2", "open", "owner-of-deal", created_at="2024-04-01", rep_id="bob"),
        deal("p3", "won", "owner-who-closed", closed_at="2024-05-01"),
        deal("p4", "won", "owner-least-of-two", closed_at="2024-05-01"),
        deal("p5", "won", "owner-a-machine", closed_at="2024-05-01"),
        deal("p6", "won", "owner-first-stamp-only", closed_at="2024-05-01"),
    ],
    reps=[
        {"rep_id": "ann", "team": "north"},
        {"rep_id": "bob", "team": "south"},
        {"rep_id": "dan"},
    ],
)  # fmt: skip
JOURNEYS = CASES.journeys


def journey(name: str) -> SimpleNamespace:
    return JOURNEYS[name]


def stamps(name: str) -> list[str | None]:
    own = (getattr(JOURNEYS[name], f"stage_{i}_on") for i in range(1, 6))
    return [stamp.isoformat() if stamp else None for stamp in own]


def test_every_lead_and_every_deal_without_a_known_lead_is_one_row() -> None:
    late = {"a-day-too-late", "alone-too-late"}
    alone = {"alone-open", "alone-won", "alone-lost", "alone-stamped", "of-late-lead"}
    [leads] = CASES.con.raw_sql("SELECT list(lead_id) FROM leads").fetchall()
    assert set(JOURNEYS) == (set(leads[0]) | alone) - late
    [[rows, ids]] = CASES.con.raw_sql(
        "SELECT count(*), count(DISTINCT journey_id) FROM journeys"
    ).fetchall()
    assert rows == ids == len(JOURNEYS)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("nothing-happened", ["2024-03-01", None, None, None, None]),
        ("no-date", [None, None, None, None, None]),
        ("no-date-but-stamp", [None, "2024-04-01", None, None, None]),
        ("on-the-last-day", ["2024-06-30", None, None, None, None]),
        ("stamp-on-the-last-day", ["2024-03-01", "2024-06-30", None, None, None]),
        ("stamp-too-late", ["2024-03-01", "2024-04-01", None, None, None]),
        ("entered-before-created", ["2024-03-10", "2024-03-08", None, None, None]),
        ("stamped-twice", ["2024-03-01", "2024-04-02", None, None, None]),
        ("skipped", ["2024-03-01", None, None, "2024-04-02", None]),
        ("own-stamp-of-the-first", ["2024-03-04", None, None, None, None]),
        ("won-by-deal", ["2024-03-01", None, None, None, "2024-04-10"]),
        ("won-without-deal", ["2024-03-01", None, None, None, "2024-04-10"]),
        ("won-twice-stamped", ["2024-03-01", None, None, None, "2024-04-08"]),
        ("won-stamp-after-close", ["2024-03-01", None, None, None, "2024-04-20"]),
        ("won-no-day", ["2024-03-01", None, None, None, None]),
        ("won-too-late", ["2024-03-01", None, None, None, None]),
        ("events-of-its-deal", ["2024-03-01", None, "2024-04-11", None, None]),
        ("alone-open", [None, None, None, "2024-05-05", None]),
        ("alone-won", [None, None, None, "2024-05-05", "2024-05-15"]),
        ("alone-lost", [None, None, None, None, None]),
        ("alone-stamped", [None, None, None, "2024-05-20", None]),
    ],
)
def test_own_stamps(name: str, expected: list[str | None]) -> None:
    assert stamps(name) == expected


@pytest.mark.parametrize(
    ("name", "furthest", "start"),
    [
        ("nothing-happened", 1, 1),
        ("no-date", 1, 1),
        ("stamp-too-late", 2, 1),
        ("skipped", 4, 1),
        ("won-no-day", 5, 1),
        ("won-too-late", 1, 1),
        ("lost-stage", 2, 1),
        ("alone-open", 4, 4),
        ("alone-won", 5, 4),
        ("alone-lost", 4, 4),
    ],
)
def test_how_far_it_came(name: str, furthest: int, start: int) -> None:
    assert (journey(name).furthest, journey(name).start) == (furthest, start)


@pytest.mark.parametrize(
    ("name", "outcome", "won_on", "lost_on"),
    [
        ("nothing-happened", "open", None, None),
        ("won-by-deal", "won", "2024-04-10", None),
        ("won-without-deal", "won", "2024-04-10", None),
        ("won-twice-stamped", "won", "2024-04-08", None),
        ("won-stamp-after-close", "won", "2024-04-20", None),
        ("won-no-day", "won", None, None),
        ("won-no-day-stamped", "won", "2024-04-03", None),
        ("won-and-lost-deals", "won", "2024-05-01", None),
        ("won-on-the-last-day", "won", "2024-06-30", None),
        ("won-too-late", "open", None, None),
        ("lost-too-late", "open", None, None),
        ("open-and-lost-deals", "open", None, None),
        ("lost-deal", "lost", None, "2024-04-07"),
        ("lost-deal-no-day", "lost", None, None),
        ("lost-lead", "lost", None, "2024-04-02"),
        ("lost-lead-last-day", "lost", None, "2024-06-30"),
        ("lost-lead-too-late", "open", None, None),
        ("lost-stage", "lost", None, "2024-04-04"),
        ("lost-stage-followed", "open", None, None),
        ("lost-stage-same-moment", "lost", None, "2024-04-04"),
        ("lost-stage-then-outside", "lost", None, "2024-04-04"),
        ("lost-stage-twice", "lost", None, "2024-04-20"),
        ("lost-stage-too-late", "open", None, None),
        ("lost-three-ways", "lost", None, "2024-05-09"),
        ("won-after-lost-stage", "won", "2024-05-10", None),
        ("open-deal-and-lost-stage", "open", None, None),
        ("deal-too-late", "open", None, None),
        ("events-of-its-deal", "open", None, None),
        ("alone-open", "open", None, None),
        ("alone-won", "won", "2024-05-15", None),
        ("alone-lost", "lost", None, "2024-05-15"),
    ],
)
def test_outcome_as_known_at_the_end(
    name: str, outcome: str, won_on: str | None, lost_on: str | None
) -> None:
    row = journey(name)
    assert (row.outcome, row.won_on, row.lost_on) == (
        outcome,
        day(won_on) if won_on else None,
        day(lost_on) if lost_on else None,
    )


@pytest.mark.parametrize(
    ("name", "deal_id", "product"),
    [
        ("nothing-happened", None, None),
        ("won-and-lost-deals", "w8", None),
        ("first-won", "f2", "first"),
        ("tied-won", "t-a", "a"),
        ("newest-open", "n2", "newer"),
        ("last-lost", "x2", "tied, least id"),
        ("deal-too-late", None, None),
        ("alone-won", "alone-won", None),
    ],
)
def test_the_deal_that_stands(name: str, deal_id: str | None, product: str | None) -> None:
    assert (journey(name).deal_id, journey(name).product) == (deal_id, product)


def test_won_amounts_of_all_won_deals_are_summed_and_of_no_other() -> None:
    assert journey("first-won").won_amount == money("31.75")
    assert journey("first-won").won_margin == money("4.00")
    assert journey("won-by-deal").won_amount == money("100.00")
    assert journey("won-too-late").won_amount is None
    assert journey("won-twice-stamped").won_amount is None


def test_the_customer_is_the_deals_before_the_leads() -> None:
    assert journey("first-won").customer_id == "cust-of-deal"
    assert journey("tied-won").customer_id is None


@pytest.mark.parametrize(
    ("name", "owner", "team"),
    [
        ("owner-of-lead", "ann", "north"),
        ("owner-of-deal", "bob", "south"),
        ("owner-who-closed", "cy", None),
        ("owner-least-of-two", "aaa-robot", None),  # only listed actors are machines
        ("owner-a-machine", None, None),
        ("owner-first-stamp-only", None, None),
        ("owner-no-deal", None, None),
        ("alone-open", "dan", None),
    ],
)
def test_who_works_it(name: str, owner: str | None, team: str | None) -> None:
    assert (journey(name).owner_id, journey(name).team) == (owner, team)


def test_a_deal_without_a_lead_brings_what_it_says_of_itself() -> None:
    row = journey("alone-open")
    assert (row.lead_id, row.channel, row.campaign) == (None, "fair", "spring")
    assert (row.country, row.company_size, row.industry) == ("TH", "small", None)
    assert row.created_on == day("2024-05-05")
    assert journey("alone-won").lead_id is None
    assert journey("of-late-lead").lead_id is None


def test_without_an_sql_a_deal_begins_at_the_stage_before_customer() -> None:
    company = Company(
        settings=funnel("lead", "demo", "offer", "Signed=customer"),
        deals=[
            deal("won", "won", created_at="2024-05-05", closed_at="2024-05-15"),
            deal("open", "open", created_at="2024-05-06"),
        ],
    )
    won, still = company.journeys["won"], company.journeys["open"]
    assert (won.start, won.furthest, won.stage_3_on) == (3, 4, day("2024-05-05"))
    assert (won.stage_4_on, won.won_on) == (day("2024-05-15"), day("2024-05-15"))
    assert (still.start, still.furthest, still.outcome) == (3, 3, "open")


def test_a_deal_that_is_stamped_earlier_began_there_and_not_at_sql() -> None:
    """A pipeline of deals alone: the day a deal is opened is no entry into a later stage."""
    company = Company(
        settings=funnel("lead", "mql", "sql", "Signed=customer"),
        deals=[
            deal("early", "open", created_at="2024-05-05"),
            deal("plain", "open", created_at="2024-05-05"),
        ],
        events=[
            deal_event("early", "lead", "2024-05-06"),
            deal_event("early", "mql", "2024-05-09"),
        ],
    )
    early, plain = company.journeys["early"], company.journeys["plain"]
    assert (early.start, early.furthest) == (1, 2)
    assert (early.stage_1_on, early.stage_2_on) == (day("2024-05-06"), day("2024-05-09"))
    assert early.stage_3_on is None
    assert (plain.start, plain.furthest, plain.stage_3_on) == (3, 3, day("2024-05-05"))


def test_where_no_stage_stands_for_a_customer_a_won_deal_still_wins() -> None:
    company = Company(
        settings=funnel("lead", "demo", "offer"),
        leads=[lead("A", "2024-05-01")],
        deals=[deal("d", "won", "A", closed_at="2024-05-15", amount=3)],
    )
    row = company.journeys["A"]
    assert (row.outcome, row.won_on, row.won_amount) == ("won", day("2024-05-15"), money("3.00"))
    assert row.furthest == 1


def test_text_and_empty_channels_stay_as_they_are() -> None:
    company = Company(
        leads=[
            lead("A", "2024-05-01", channel="งานแสดงสินค้า", source_detail="l'été"),
            lead("B", "2024-05-01", channel=""),
            lead("C", "2024-05-01"),
        ],
    )
    rows = company.journeys
    assert [rows[name].channel for name in "ABC"] == ["งานแสดงสินค้า", "", None]
    assert rows["A"].source_detail == "l'été"
