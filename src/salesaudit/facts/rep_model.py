"""Rep model: what each rep's rate at each step would be on the leads that all share.

Who gets easy leads looks good, and who has few looks extreme. Both are allowed for: kinds of cases
are taken up, and effects are drawn together as far as chance reaches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from salesaudit.core.settings import Settings
from salesaudit.facts.base import Fact, Inputs
from salesaudit.facts.step_curves import StepCurve, step_curves
from salesaudit.facts.trust import counted_as
from salesaudit.measures.credits import NOBODY
from salesaudit.measures.outcomes import outcomes
from salesaudit.measures.rep_cells import DECIDED, RepCell, rep_cells
from salesaudit.statistics.base import Counts, Range
from salesaudit.statistics.conversion import horizon_day
from salesaudit.statistics.discoveries import benjamini_hochberg
from salesaudit.statistics.mixed_rates import MixedRates, mixed_rates
from salesaudit.statistics.random import generator
from salesaudit.statistics.shuffled_counts import shuffled_counts
from salesaudit.statistics.strata import Case, strata

LEAST_CASES = 30  # of all reps together; under it counts stand alone
LEAST_OWN = 10  # cases of a rep; under it no rate is told
LEAST_PEOPLE = 4  # under it nobody is in a best third
EVEN = 0.8  # those credited among the one kind of outcome, against the other
BEYOND_CHANCE = 0.975
SURE, CHANCE = 0.9, 0.05  # that reps differ at all
DROPPED = (3, 0, 2, 1)  # parts of a kind: of rare ones the product goes first, the size last
TEACHES = 0.8  # chance to be among the best third


class RepStep(NamedTuple):
    """A step, or the decision of deals, by person."""

    step: str
    horizon: int | None  # days within which the cases had to move on; None: decided deals
    cases: int  # matured, whosesoever
    credit: str  # how most of the persons' cases are credited
    people: tuple[str, ...]  # in the order of their ids
    n: Counts  # matured cases of each
    moved: Counts
    drawn: MixedRates | None  # None: too few cases or people
    p: float | None  # chance to find people so far apart if they do not differ
    q: float | None = None  # the same, allowing for all steps that were looked at
    uneven: bool = False  # who is credited depends on how it ended: no rate can be had

    def told(self, person: int) -> Range | None:
        """The adjusted rate of a person with cases enough."""
        enough = self.drawn is not None and self.n[person] >= LEAST_OWN
        return self.drawn.adjusted(person) if enough and self.drawn else None

    def better(self) -> frozenset[str]:
        """Who does the step better than the team, beyond chance."""
        return self._where(1)

    def behind(self) -> frozenset[str]:
        """Who could gain at the step, beyond chance: for that person's own sheet only."""
        return self._where(-1)

    def teachers(self) -> dict[str, float]:
        """Who is likely among the best third, and how likely."""
        if self.drawn is None or len(self.people) < LEAST_PEOPLE or not self.differ():
            return {}
        chances = self.drawn.top_third().tolist()
        return {
            person: chance
            for person, chance, n in zip(self.people, chances, self.n, strict=True)
            if chance > TEACHES and n >= LEAST_OWN
        }

    def differ(self) -> bool:
        """Whether the reps differ: the spread is surely not nil, nor likely chance."""
        return (
            self.drawn is not None
            and self.q is not None
            and self.drawn.differ() > SURE
            and self.q < CHANCE
        )

    def _where(self, side: int) -> frozenset[str]:
        if self.drawn is None:
            return frozenset()
        chances = self.drawn.better() if side > 0 else 1 - self.drawn.better()
        return frozenset(
            person
            for person, chance, n in zip(self.people, chances, self.n, strict=True)
            if chance > BEYOND_CHANCE and n >= LEAST_OWN
        )


def _compute(inputs: Inputs, _settings: Settings) -> tuple[RepStep, ...]:
    """Every step that is followed to the next stage, and the decision of deals as the last."""
    rows, curves = inputs[rep_cells], inputs.fact(step_curves)
    decided_by = counted_as(inputs)
    found = []
    for name in dict.fromkeys(row.step for row in _in_order(rows, curves)):
        own = [row for row in rows if row.step == name]
        if name == DECIDED:
            own = [row for row in own if row.counted == decided_by]
            found.append(_step(name, None, [(row, row.entered, row.moved) for row in own]))
            continue
        curve = curves[name]
        horizon = _horizon(curve)
        if horizon is not None:
            kept = [row for row in own if not (row.early and curve.late)]
            counted = [(row, *row.within(horizon)) for row in kept]
            found.append(_step(name, horizon, counted))
    return _together(found)


def _together(found: list[RepStep]) -> tuple[RepStep, ...]:
    """The steps with their p-values held to each other: one in twenty alike looks apart."""
    values = [step.p for step in found if step.p is not None]
    q = iter(benjamini_hochberg(values).tolist() if values else [])
    return tuple(step if step.p is None else step._replace(q=next(q)) for step in found)


def _in_order(rows: Sequence[RepCell], curves: dict[str, StepCurve]) -> list[RepCell]:
    places = {name: curve.step.start for name, curve in curves.items()} | {DECIDED: 1_000}
    known = [row for row in rows if row.step in places]
    return sorted(known, key=lambda row: places[row.step])


def _kind(row: RepCell) -> tuple[str | None, ...]:
    return (row.channel, row.company_size, row.tenure, row.product)


def _horizon(curve: StepCurve) -> int | None:
    durations = curve.total.durations()
    if durations.tau < 0:
        return None
    return horizon_day(durations.cumulative, curve.total.curve.old_enough)


def _step(name: str, horizon: int | None, counted: list[tuple[RepCell, int, int]]) -> RepStep:
    cases = [
        Case(row.rep_id, _kind(row), n, moved)
        for row, n, moved in counted
        if row.rep_id is not None and n
    ]
    credit: Counter[str] = Counter()
    for row, n, _moved in counted:
        if row.rep_id is not None:
            credit[row.credit] += n
    total = sum(n for _row, n, _moved in counted)
    how = max(sorted(credit), key=lambda word: credit[word], default=NOBODY)
    dealt = strata(cases, DROPPED)
    n, moved = dealt.cases.sum(axis=1), dealt.moved.sum(axis=1)
    found = RepStep(
        name, horizon, total, how, dealt.people, n, moved, None, None, uneven=_uneven(counted)
    )
    if found.uneven or n.sum() < LEAST_CASES or len(dealt.people) < 2:
        return found
    rng = generator(f"rep_model.{name}", dealt.cases, dealt.moved)
    drawn = mixed_rates(dealt.cases, dealt.moved, rng, design=dealt.design)
    return found._replace(drawn=drawn, p=shuffled_counts(dealt.cases, dealt.moved, rng))


def _uneven(counted: list[tuple[RepCell, int, int]]) -> bool:
    """Whether those who moved on are credited to somebody more often than those who did not."""
    known, of = [0, 0], [0, 0]
    for row, n, moved in counted:
        for side, count in enumerate((moved, n - moved)):
            of[side] += count
            known[side] += count if row.credit != NOBODY else 0
    if not of[0] or not of[1]:
        return False
    shares = [k / n for k, n in zip(known, of, strict=True)]
    return min(shares) < EVEN * max(shares)


rep_model = Fact(name="rep_model", inputs=(rep_cells, step_curves, outcomes), compute=_compute)
