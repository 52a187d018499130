"""The value that each estimate of an audit should have: by the company's parameters, not its luck.

Who came, when, through which channel and of which size is taken as it was. All else is averaged
out: chances stand in for moves, and what is drawn for a lead (days, rep, heat) is drawn again
many times over. Only that repetition leaves an error, of about ``1/sqrt(redraws x leads)``.
Where contents are met, what happens stands in for the chances, and the months are as they were.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil
from typing import Literal, NamedTuple

import numpy as np

from salesaudit.world.base import Flags, Floats, Times, Whole
from salesaudit.world.draws import Draws, draws
from salesaudit.world.months import count_of
from salesaudit.world.simulate import History, loss_times, redrawn
from salesaudit.world.truth import Company

LONGEST = 1_095  # days up to which a curve is kept; later moves count in its final rate alone
ENOUGH = 400_000  # leads drawn again, at least
Average = Literal["usual", "as it was"]  # over all months that could have been, or those that were
AT_ONCE = 100_000  # leads drawn again in one go
WHOLE = "lead_to_customer"


class Curve(NamedTuple):
    """How a step goes: the share that has moved on, by days since it was entered."""

    share: Floats  # F(0) to F(LONGEST), fractions
    final: float  # the share that ever moves on

    def within(self, day: int) -> float:
        """The share that moves on within so many days."""
        return float(self.share[min(day, LONGEST)])

    def quantile(self, share: float, horizon: int = LONGEST) -> int:
        """The first day by which this share of those has moved on who do so by the horizon."""
        return int(np.searchsorted(self.share, share * self.within(horizon) * (1 - 1e-12)))

    def mean_days(self, horizon: int = LONGEST) -> float:
        """Mean days of those who move on by the horizon."""
        return float((1 - self.share[:horizon] / self.within(horizon)).sum())


@dataclass(frozen=True)
class Truth:
    """True values; arrays are summed over the redraws."""

    company: Company
    redraws: int
    entered: dict[str, Floats]  # step: (averages, channels, months), leads that enter it
    moved: dict[str, Floats]  # step: (averages, channels, months, lags); the last lag: even later
    arrived: Floats  # (averages, stages, channels, months), entries, by the month of entry
    decided: Floats  # (won, lost), deals decided by the last day

    def curve(
        self,
        step: str = WHOLE,
        channel: str | None = None,
        *,
        since: date | None = None,
        until: date | None = None,
        average: Average = "usual",
    ) -> Curve:
        """The curve of a step.

        Args:
            step: as in ``audit.json``, such as ``mql_to_pitched``.
            channel: of the leads; all channels where none is named.
            since: the first month of entry into the step; its day is not looked at.
            until: the last month of entry; its day is not looked at.
            average: over all months that could have been, or for the months as they were.
        """
        chosen = self._chosen(channel, since, until)
        moved = np.einsum("cml,cm->l", self.moved[step][_place(average)], chosen)
        entered = float((self.entered[step][_place(average)] * chosen).sum())
        share = moved.cumsum() / entered if entered else np.full(LONGEST + 2, np.nan)
        return Curve(share[:-1], float(share[-1]))

    @property
    def lead_to_customer(self) -> Curve:
        """From the first stage to the last, all channels."""
        return self.curve()

    @property
    def steps(self) -> tuple[str, ...]:
        """Names of the steps, and of the whole way."""
        return tuple(self.moved)

    def per_month(
        self,
        role: str,
        channel: str | None = None,
        *,
        since: date | None = None,
        until: date | None = None,
        average: Average = "as it was",
    ) -> float:
        """Mean number of leads that enter a stage in a calendar month."""
        place = self.company.roles.index(role)
        chosen = self._chosen(channel, since, until)
        months = int(chosen.any(axis=0).sum())
        entries = (self.arrived[_place(average), place] * chosen).sum()
        return float(entries) / self.redraws / months

    @property
    def win_rate(self) -> float:
        """Deals won, of those decided by the last day."""
        return float(self.decided[0] / self.decided.sum())

    def _chosen(self, channel: str | None, since: date | None, until: date | None) -> Flags:
        company = self.company
        names = [item.name for item in company.channels]
        channels = np.array([channel in (None, name) for name in names])
        month = np.datetime64(company.first_day, "M") + np.arange(count_of(company))
        first = np.datetime64(since or company.first_day, "M")
        last = np.datetime64(until or company.last_day, "M")
        chosen: Flags = channels[:, None] & ((month >= first) & (month <= last))[None, :]
        return chosen


def truth_of(history: History, *, redraws: int | None = None) -> Truth:
    """The truth about a history.

    Args:
        history: as it was made.
        redraws: how often what becomes of each lead is drawn again; as many times as bring
            ``ENOUGH`` leads, where nothing is said.
    """
    many = redraws or ceil(ENOUGH / max(1, len(history)))
    sums = Sums(history.company)
    sums.redraw(history, many)
    return sums.truth()


class Sums:
    """Sums over the redraws, while they are made; of one history after the other."""

    def __init__(self, company: Company) -> None:
        self.company, self.redraws = company, 1
        names = [f"{before}_to_{after}" for before, after in pairwise(company.roles)]
        shape = (2, len(company.channels), count_of(company))
        self.entered = {name: np.zeros(shape) for name in (*names, WHOLE)}
        self.moved = {name: np.zeros((*shape, LONGEST + 2)) for name in (*names, WHOLE)}
        self.arrived = np.zeros((2, len(company.stages), *shape[1:]))
        self.decided = np.zeros(2)

    def redraw(self, history: History, many: int) -> None:
        """Draw again, so many times, what becomes of the leads of a history, and add it."""
        self.redraws = many
        # Copies of a lead must not stand in one queue: then each redraw is made for itself.
        queues = self.company.capacity.per_week is not None
        at_once = 1 if queues else max(1, AT_ONCE // len(history))
        for start in range(0, many, at_once):
            leads, prefix = min(at_once, many - start) * len(history), f"truth/{start}/"
            drawn = draws(self.company, leads, history.seed, prefix)
            self._add(redrawn(history, drawn, prefix), drawn)

    def truth(self) -> Truth:
        """The truth about all that has been added."""
        parts = (self.entered, self.moved, self.arrived, self.decided)
        return Truth(self.company, self.redraws, *parts)

    def _add(self, history: History, drawn: Draws) -> None:
        """Add a history by its chances."""
        stages = len(history.company.stages)
        pairs = (history.usual, history.chance)
        if history.company.contents:  # then the chances at the door are not all there is
            happened = (history.reached[:, None] > np.arange(1, stages)).astype(np.float64)
            pairs = (happened, happened)
        for place, chance in enumerate(pairs):
            upto: Floats = np.column_stack([np.ones(len(history)), chance.cumprod(axis=1)])
            for stage in range(stages):
                self._arrive(history, place, stage, upto[:, stage])
            for step, name in enumerate(list(self.moved)[:-1]):
                pair = (step, step + 1)
                self._step(history, (place, name), pair, upto[:, step], chance[:, step])
            self._step(history, (place, WHOLE), (0, stages - 1), upto[:, 0], upto[:, -1])
        self._decide(history, drawn)

    def _arrive(self, history: History, place: int, stage: int, weight: Floats) -> None:
        cell, known = _cell(history, history.stage_at[:, stage])
        shape = self.arrived.shape[2:]
        sums = np.bincount(cell[known], weight[known], minlength=shape[0] * shape[1])
        self.arrived[place, stage] += sums.reshape(shape)

    def _step(
        self,
        history: History,
        where: tuple[int, str],
        stages: tuple[int, int],
        weight: Floats,
        chance: Floats,
    ) -> None:
        place, name = where
        begins, ends = history.stage_at[:, stages[0]], history.stage_at[:, stages[1]]
        cell, known = _cell(history, begins)
        lag = (ends.astype("datetime64[D]") - begins.astype("datetime64[D]")).astype(np.int64)
        lag = np.minimum(lag, LONGEST + 1)
        shape = self.moved[name].shape[1:]
        entered = np.bincount(cell[known], weight[known], minlength=shape[0] * shape[1])
        self.entered[name][place] += entered.reshape(shape[:2])
        flat = (cell * shape[2] + lag)[known]
        moved = np.bincount(flat, (weight * chance)[known], minlength=int(np.prod(shape)))
        self.moved[name][place] += moved.reshape(shape)

    def _decide(self, history: History, drawn: Draws) -> None:
        company, losses = history.company, history.company.losses
        upto = history.chance.cumprod(axis=1)
        came = upto[:, -2] if upto.shape[1] > 1 else np.ones(len(history))
        opened, won_at = history.stage_at[:, -2], history.stage_at[:, -1]
        lost_at = loss_times(company, opened, drawn)
        won = company.deal_if_won * (upto[:, -1] * (won_at < history.end)).sum()
        told = company.deal_if_not * losses.closed * losses.kept
        gone = came * (1 - history.chance[:, -1])
        self.decided += (won, told * (gone * (lost_at < history.end)).sum())


def _cell(history: History, at: Times) -> tuple[Whole, Flags]:
    """The cell of channel and month, and whether the time is known by the last day."""
    months = count_of(history.company)
    first = np.datetime64(history.company.first_day, "M").astype(np.int64)
    month = at.astype("datetime64[M]").astype(np.int64) - first
    return history.channel * months + np.minimum(month, months - 1), at < history.end


def _place(average: Average) -> int:
    return 0 if average == "usual" else 1
