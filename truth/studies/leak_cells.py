"""Cells against their own past, cells inside a channel, and segments that overlap (C1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from salesaudit.statistics.leaks import Cell, Step, screen
from salesaudit.statistics.shocks import QUIET, Cohorts, shocks
from truth.funnels import (
    Company,
    Flags,
    Passing,
    Planted,
    Whole,
    cohorts_of,
    draw,
    leaves_of,
)
from truth.study import OURS, Case, Found, Study, any_false, false

NO_SHOCKS = "months taken to be alike"
NOTHING_LEAVES = "nothing leaves"
PLAIN = "p < 0.05 of each cell"
RECENT = 3  # months that are held against those before
FIRM = Company(20_000, teams=4)


class Asked(NamedTuple):
    """Leaves by channel, team and month, and the cells that are asked of them."""

    channel: Whole
    team: Whole
    month: Whole

    def past(self, own: Flags) -> Cell:
        """Recent months of a segment against those before."""
        recent = self.month >= self.month.max() + 1 - RECENT
        return Cell(own & recent, own & ~recent)


def leaf_table(company: Company) -> Asked:
    """All combinations, in the order of the leaves."""
    shape = len(company.channels), company.teams, company.months
    return Asked(*(axis.ravel() for axis in np.indices(shape)))


def own_past(table: Asked) -> list[Cell]:
    """Each channel against its own past."""
    return [table.past(table.channel == c) for c in np.unique(table.channel)]


def overlapping(table: Asked) -> list[Cell]:
    """Each channel and each team against its own past: every lead is in two cells."""
    return own_past(table) + [table.past(table.team == t) for t in np.unique(table.team)]


def teams_inside(table: Asked) -> list[Cell]:
    """Each team of a channel against the channel's other teams."""
    return [
        Cell(inside & (table.team == t), inside & (table.team != t))
        for c in np.unique(table.channel)
        for inside in [table.channel == c]
        for t in np.unique(table.team)
    ]


def months_inside(table: Asked) -> list[Cell]:
    """Each month of a channel against its other months."""
    return [
        Cell(inside & (table.month == m), inside & (table.month != m))
        for c in np.unique(table.channel)
        for inside in [table.channel == c]
        for m in np.unique(table.month)
    ]


def searched(
    cells_of: Callable[[Asked], list[Cell]],
    company: Company,
    leaks: Sequence[Planted],
    by_team: bool,
    rng: np.random.Generator,
) -> Iterable[Found]:
    """Which cells are said to leak?

    Args:
        cells_of: what is asked.
        company: with teams.
        leaks: each with a place of its own; a channel or team of -1 stands for any.
        by_team: whether months of each team of a channel are cohorts of their own.
        rng: for all of it.
    """
    table = leaf_table(company)
    placed = [_placed(leak, company, rng) for leak in leaks]
    passings = draw(company, placed, rng)
    cells = cells_of(table)
    steps = [_step(passing, table, cells, company, by_team) for passing in passings]
    wanted = np.array(
        [[_is(cell, leak, table) and leak.step == step for cell in cells]
         for step in range(len(steps)) for leak in placed]
    ).reshape(len(steps), -1, len(cells)).any(axis=1)  # fmt: skip
    alike = screen([step._replace(shocks=QUIET) for step in steps], rounds=0)
    ways = {
        OURS: np.array([[one.leaks for one in row] for row in screen(steps)]),
        NO_SHOCKS: np.array([[one.leaks for one in row] for row in alike]),
        PLAIN: np.array([[one.p_worse < 0.025 for one in row] for row in alike]),
    }
    if cells_of is overlapping:
        left = screen(steps, rounds=0)
        ways[NOTHING_LEAVES] = np.array([[one.leaks for one in row] for row in left])
    for way, said in ways.items():
        right, wrong = int((said & wanted).sum()), int((said & ~wanted).sum())
        yield Found(way, len(placed), right, wrong)


def _placed(leak: Planted, company: Company, rng: np.random.Generator) -> Planted:
    channel, team = leak.channel, leak.team
    if channel == -1:
        channel = int(rng.integers(len(company.channels)))
    if team == -1:
        team = int(rng.integers(company.teams))
    return leak._replace(channel=channel, team=team)


def _is(cell: Cell, leak: Planted, table: Asked) -> bool:
    """Whether the cell is what leaks: all of it, and nothing else of what it is asked of."""
    hit = (table.month >= leak.since) & (table.month < leak.until)
    hit &= leak.channel is None or table.channel == leak.channel
    hit &= leak.team is None or table.team == leak.team
    return bool((hit == cell.own).all())


def _step(
    passing: Passing, table: Asked, cells: Sequence[Cell], company: Company, by_team: bool
) -> Step:
    leaf = (passing.channel * company.teams + passing.team) * company.months + passing.month
    segment = passing.channel * company.teams + passing.team if by_team else passing.channel
    count = len(company.channels) * (company.teams if by_team else 1)
    segments = table.channel * company.teams + table.team if by_team else table.channel
    return Step(
        leaves_of(passing, leaf, len(table.month), company.length),
        cells,
        Cohorts(segments, table.month),
        shocks(*cohorts_of(passing, segment, count, company)),
    )


RECENTLY = FIRM.months - RECENT
SHAKEN = FIRM._replace(shocks=0.2)
LASTING = FIRM._replace(shocks=0.15, memory=0.8)
APART = SHAKEN._replace(apart=True)
A_CHANNEL = (Planted(1, 0.6, channel=-1, since=RECENTLY),)
A_TEAM = (Planted(1, 0.6, team=-1, since=RECENTLY),)
A_TEAM_OF_A_CHANNEL = (Planted(1, 0.6, channel=-1, team=-1),)
A_MONTH = (Planted(1, 0.6, channel=-1, since=9, until=10),)
NONE, SOME = (any_false(),), (false(),)
CASES = (
    Case("own past, no leak", partial(searched, own_past, FIRM, (), False), NONE, 200),
    Case(
        "own past, no leak, months shaken (sd 0.2)",
        partial(searched, own_past, SHAKEN, (), False),
        NONE,
        150,
    ),
    Case(
        "own past, no leak, shocks that last (sd 0.15, correlation 0.8)",
        partial(searched, own_past, LASTING, (), False),
        NONE,
        150,
    ),
    Case(
        "own past, a channel leaks for 3 months",
        partial(searched, own_past, FIRM, A_CHANNEL, False),
        SOME,
        150,
    ),
    Case(
        "own past, a channel leaks for 3 months, months shaken",
        partial(searched, own_past, SHAKEN, A_CHANNEL, False),
        SOME,
        150,
    ),
    Case(
        "channels and teams at once, own past, no leak, months shaken",
        partial(searched, overlapping, SHAKEN, (), False),
        NONE,
        150,
    ),
    Case(
        "channels and teams at once, own past, a channel leaks",
        partial(searched, overlapping, FIRM, A_CHANNEL, False),
        SOME,
        150,
    ),
    Case(
        "channels and teams at once, own past, a team leaks",
        partial(searched, overlapping, FIRM, A_TEAM, False),
        SOME,
        150,
    ),
    Case(
        "channels and teams at once, own past, a team leaks, shocks that last",
        partial(searched, overlapping, LASTING, A_TEAM, False),
        SOME,
        150,
    ),
    Case(
        "teams inside a channel, no leak",
        partial(searched, teams_inside, FIRM, (), True),
        NONE,
        200,
    ),
    Case(
        "teams inside a channel, no leak, channels shaken by month",
        partial(searched, teams_inside, SHAKEN, (), True),
        NONE,
        150,
    ),
    Case(
        "teams inside a channel, no leak, each team shaken by month",
        partial(searched, teams_inside, APART, (), True),
        NONE,
        150,
    ),
    Case(
        "the same, shocks measured by channel",
        partial(searched, teams_inside, APART, (), False),
        (),
        150,
    ),
    Case(
        "teams inside a channel, one leaks, each team shaken by month",
        partial(searched, teams_inside, APART, A_TEAM_OF_A_CHANNEL, True),
        SOME,
        150,
    ),
    Case(
        "months inside a channel, no leak",
        partial(searched, months_inside, FIRM, (), False),
        NONE,
        60,
    ),
    Case(
        "months inside a channel, no leak, months shaken",
        partial(searched, months_inside, SHAKEN, (), False),
        NONE,
        60,
    ),
    Case(
        "months inside a channel, one leaks",
        partial(searched, months_inside, FIRM, A_MONTH, False),
        SOME,
        60,
    ),
    Case(
        "months inside a channel, one leaks, months shaken",
        partial(searched, months_inside, SHAKEN, A_MONTH, False),
        SOME,
        60,
    ),
)
STUDY = Study(
    id="leak-cells",
    title="Leaks: cells against their own past, inside a channel, and overlapping",
    about="20,000 leads, eight channels, four teams that are dealt channels unevenly. Recent three "
    "months against those before; each team of a channel against its others; each month of a "
    "channel against its other months. Where segments overlap, what is found takes its leads out "
    "of the cells that share them. Beside it months taken to be alike, and the test of each cell "
    "alone. Leaks: 0.6 of the rate of others, at the second step.",
    cases=CASES,
)  # fmt: skip
