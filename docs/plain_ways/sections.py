"""What each section of the page shows: its table, its picture, the figures in its text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from math import prod
from typing import NamedTuple

from plain_ways import cohorts, deals, lags, leagues, pictures
from plain_ways.base import ALIKE, CLEAN, SLOW, Compared, Told
from salesaudit.report.charts.svg import Caption
from salesaudit.world.companies import COMPANIES
from salesaudit.world.truth import Company

OURS = "this audit, 95 % range"
HOLLOW = f"{OURS}; hollow: at least"
TRUE_RATE = "the truth: what became of them in the end"
BACK = (0, 1, 2, 3, 6, 12)  # months before the newest
COMPANIES_EACH = range(1, 6)
MANY = 100_000  # leads, where a small change must be seen
SLOWER = 2.87  # times the days of the plain company: those of the slow one


class Part(NamedTuple):
    """What a section of the page shows."""

    name: str
    tables: dict[str, str]
    said: tuple[str, ...]  # figures in the text, with a few words around them
    picture: str = ""


def parts() -> tuple[Part, ...]:
    """All sections of the page."""
    return (months(), growth(), days(), league(), win_rate(), current_stage())


def months() -> Part:
    """Converted so far, divided by entered, month by month."""
    shown = cohorts.by_month(SLOW, 1)[-18:]
    points = [Compared(_short(one.month), one.truth, one.plain, one.ours) for one in shown]
    drawn = pictures.over_time(
        points,
        pictures.Names("customers so far ÷ leads", TRUE_RATE, OURS),
        _percent_0,
        Caption(
            "plain-months",
            "Slow cycle: leads that became customers, by the month they came in",
            "The plain ratio falls to zero over the newest months; the truth does not fall.",
        ),
    )
    quick = cohorts.quicker(CLEAN, 0.2)
    rows: list[list[str]] = []
    held = ranges = 0
    for label, company in (("slow", SLOW), ("usual", CLEAN), ("quick", quick)):
        found = cohorts.shares_shown(company, BACK, COMPANIES_EACH)
        half = lags.days_of(label, company, 1).median.truth
        rows.append([f"{label}: half of the buyers take {half:.0f} days", *map(_plain, found)])
        held += sum(share.held for share in found)
        ranges += sum(share.ranges for share in found)
    head = ["sales cycle", "newest month", "1 before", "2", "3", "6", "12"]
    said = (
        f"{held} of {ranges} ranges",
        f"shows {_rate(points[-1].plain)} and {_rate(points[-2].plain)}",
        f"in truth {_rate(points[-1].truth)} and {_rate(points[-2].truth)}",
        f"says {_told(points[-1].ours)}",
    )
    return Part("months", {"months": _table(head, rows)}, said, drawn)


def growth() -> Part:
    """Wins of a period divided by the leads of the same period."""
    truth = prod(ALIKE.channels[0].rates)
    slow, usual = (cohorts.taking_off(times) for times in (SLOWER, 1.0))
    found, beside = (cohorts.by_half_year(company, 1, MANY) for company in (slow, usual))
    drawn = pictures.over_time(
        [Compared(one.name, truth, one.wins, one.ours) for one in found],
        pictures.Names("wins ÷ leads of the half-year", "the truth, always the same", HOLLOW),
        _percent_0,
        Caption(
            "plain-growth",
            "Slow cycle, more and more leads: the rate seems to fall",
            "Wins divided by leads of the same half-year fall while the true rate stays the same.",
        ),
    )
    rows = [
        [
            one.name, f"{one.leads:,}", _rate(truth), _rate(one.wins), _rate(one.so_far),
            _told(one.ours), _rate(other.wins),
        ]
        for one, other in zip(found, beside, strict=True)
    ]  # fmt: skip
    head = [
        "half-year", "leads", "truth", "wins ÷ leads of the half-year", "all so far ÷ all so far",
        "this audit", "usual cycle: wins ÷ leads",
    ]  # fmt: skip
    grown, others = cohorts.of_channels(slow, 1, MANY)
    half, half_slow = (lags.days_of("", one, 1).median.truth for one in (usual, slow))
    said = (
        f"{_days(half)} days instead of {_days(half_slow)}",
        f"from {_rate(found[3].wins)} to {_rate(found[-1].wins)}",
        f"shows {_rate(grown)} against {_rate(others)}",
    )
    return Part("growth", {"growth": _table(head, rows)}, said, drawn)


def days() -> Part:
    """Mean and median days of the winners so far."""
    points = lags.days_by_quarter(SLOW, 1, MANY)
    drawn = pictures.over_time(
        points,
        pictures.Names(
            "mean of the winners so far", "of all who buy in the end", f"{OURS}, all leads"
        ),
        _days,
        Caption(
            "plain-days",
            "Slow cycle: mean days to customer, by the quarter the leads came in",
            "Winners so far of young leads look quick; in the end they take as long as others.",
        ),
    )
    first = date(2025, 1, 1)
    year = replace(SLOW, first_day=first, recorded_late=("pitched", first))
    found = (
        lags.days_of("usual, 3 years", CLEAN, 1),
        lags.days_of("slow, 3 years", SLOW, 1),
        lags.days_of("slow, its first year", year, 1),
    )
    head = ["company", "", "truth", "winners so far", "this audit"]
    rows = [
        [one.label if what == "median" else "", what, _days(one_of.truth), _days(one_of.plain),
         f"{_days(one_of.ours.value)} ({_ends_days(one_of.ours)})"]
        for one in found
        for what, one_of in (("median", one.median), ("mean", one.mean))
    ]  # fmt: skip
    said = (
        f"{_days(points[-1].plain)} days",
        f"in truth {_days(points[-1].truth)}",
        f"within {found[-1].horizon} days; their true mean is {_days(found[-1].within)}",
    )
    return Part("days", {"days": _table(head, rows)}, said, drawn)


def league() -> Part:
    """The best and the worst of equals."""
    tables = [leagues.league(ALIKE, seed, 3_000) for seed in range(1, 11)]
    drawn = pictures.leagues(
        tables[:3],
        pictures.Names("won ÷ (won + lost)", "the truth: all alike", OURS),
        _percent_0,
        Caption(
            "plain-league",
            "Twelve equal reps, three times: who is best?",
            "The best of one table is among the last of another; the ranges hold the truth.",
        ),
    )
    true = leagues.truth_of_deals(ALIKE)
    reps = [
        leagues.reps_apart(tables),
        leagues.reps_apart([leagues.league(ALIKE, seed, 20_000) for seed in (1, 2, 3)]),
        leagues.reps_apart([leagues.league(ALIKE, 1, 60_000)]),
    ]
    channels = [
        leagues.channels_apart(ALIKE, range(1, many + 1), leads)
        for leads, many in ((3_000, 10), (20_000, 10), (MANY, 3))
    ]
    rows = [
        [what, f"{spread.each:,.0f} {cases}", truth, _rate(spread.best, digits),
         _rate(spread.worst, digits)]
        for what, cases, truth, digits, group in (
            ("12 reps", "decided deals", _rate(true, 0), 0, reps),
            ("8 channels", "leads", _rate(prod(ALIKE.channels[0].rates)), 1, channels),
        )
        for spread in group
    ]  # fmt: skip
    head = ["equals", "each has", "truth", "the best shows", "the worst shows"]
    best = tables[0].people[0].name
    places = [[one.name for one in table.people].index(best) + 1 for table in tables[:3]]
    ranges = [person.ours for table in tables[:3] for person in table.people]
    held = sum(told.lower <= true <= told.upper for told in ranges)
    said = (
        f"{best} is number {places[0]}, number {places[1]} and number {places[2]}",
        f"{held} of the {len(ranges)} ranges",
        f"in {_times(reps)} of reps and in {_times(channels)} of channels",
    )
    return Part("league", {"league": _table(head, rows)}, said, drawn)


def win_rate() -> Part:
    """Deals won of those decided."""
    slow_to_close = replace(CLEAN, losses=replace(CLEAN.losses, days=180.0))
    half_closed = replace(CLEAN, losses=replace(CLEAN.losses, closed=0.5))
    quick_losses = replace(SLOW, losses=replace(SLOW.losses, days=10.0))
    asked: tuple[tuple[str, Company, deals.Deals], ...] = (
        ("every loss closed in time", CLEAN, deals.Deals()),
        ("half of the losses never closed", half_closed, deals.Deals()),
        ("losses closed after half a year", slow_to_close, deals.Deals()),
        ("the same, deals of the last 12 months", slow_to_close, deals.Deals(12)),
        ("3 of 10 losses without a day, closed in 2025", COMPANIES["undated_losses"],
         deals.Deals(closed_in=1)),
        ("slow wins, quick losses, last 6 months", quick_losses, deals.Deals(6)),
    )  # fmt: skip
    found = [deals.win_rate(label, company, 40_000, which) for label, company, which in asked]
    drawn = pictures.side_by_side(
        found,
        pictures.Names("won ÷ (won + lost)", "the truth: won in the end", HOLLOW),
        _percent_0,
        Caption(
            "plain-win-rate",
            "Deals won of those decided, where losses are recorded badly",
            "Unclosed and late losses push the plain rate up, quick losses push it down.",
        ),
    )
    head = ["company", "truth", "won ÷ (won + lost)", "this audit"]
    return Part("win-rate", {"win-rate": _table(head, _compared(found))}, (), drawn)


def current_stage() -> Part:
    """Leads by the stage at which they stand now."""
    head = ["step", "truth", "by current stage", "this audit"]
    found = deals.by_current_stage(CLEAN, 1)
    return Part("current-stage", {"current-stage": _table(head, _compared(found))}, ())


def _compared(found: Iterable[Compared]) -> list[list[str]]:
    return [
        [one.label, _rate(one.truth), _rate(one.plain), _told(one.ours)]
        for one in found
    ]  # fmt: skip


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _plain(share: cohorts.Share) -> str:
    return f"{100 * share.plain:.0f} %"


def _rate(share: float, digits: int = 1) -> str:
    return f"{100 * share:.{digits}f} %"


def _percent_0(share: float) -> str:
    return _rate(share, 0)


def _told(told: Told) -> str:
    low, high = (f"{100 * end:.1f}" for end in (told.lower, told.upper))
    return f"{'' if told.final else 'at least '}{_rate(told.value)} ({low}–{high})"


def _times(spreads: Iterable[leagues.Spread]) -> str:
    told, tables = zip(*((spread.told, spread.companies) for spread in spreads), strict=True)
    return f"{sum(told)} of {sum(tables)} tables"


def _days(value: float) -> str:
    return f"{value:.0f}"


def _ends_days(told: Told) -> str:
    return f"{told.lower:.0f}–{told.upper:.0f}"


def _short(month: str) -> str:
    """A month as an axis writes it: Jan 25."""
    return date.fromisoformat(f"{month}-01").strftime("%b %y")
