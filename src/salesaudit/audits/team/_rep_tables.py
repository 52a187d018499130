"""Tables of the reps' figures: by name, never by result; without names, the team's distribution."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from salesaudit.audits.base import Row
from salesaudit.facts.base import Inputs
from salesaudit.facts.rep_model import LEAST_OWN, RepStep
from salesaudit.facts.trust import counted_as
from salesaudit.measures.credits import ACTOR, AUTOMATED, NOBODY, REST
from salesaudit.measures.rep_cells import DECIDED
from salesaudit.measures.rep_outcomes import rep_outcomes
from salesaudit.measures.roster import roster
from salesaudit.statistics.base import Floats

FEWEST = 5  # people of a team whose distribution is shown
BETTER, CANNOT_TELL = "better", "cannot_tell"
QUARTERS = {"lower_quarter": 0.25, "middle": 0.5, "upper_quarter": 0.75}
OUTCOMES = ("won", "lost", "open")


class Person(NamedTuple):
    """A rep with the plain counts."""

    rep_id: str
    name: str
    team: str | None
    left: bool
    won: int
    lost: int
    open: int
    won_amount: Decimal | None
    stamped: int  # of those won: credited to who stamped them, as no lost one can be

    @property
    def decided(self) -> int:
        """Deals won or lost."""
        return self.won + self.lost


def people(inputs: Inputs) -> list[Person]:
    """Everyone with a deal, by name; two of one name by id."""
    known = {member.rep_id: member for member in inputs[roster]}
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    amounts: dict[str, Decimal] = {}
    counted = counted_as(inputs)
    for row in inputs[rep_outcomes]:
        if row.counted != counted or row.rep_id is None:
            continue
        own = counts[row.rep_id]
        if row.credit == ACTOR:
            own[ACTOR] = own.get(ACTOR, 0) + row.cases
        own[row.outcome] = own.get(row.outcome, 0) + row.cases
        if row.outcome == "won" and row.amount is not None:
            amounts[row.rep_id] = amounts.get(row.rep_id, Decimal(0)) + row.amount
    found = []
    for rep_id, own in counts.items():
        member = known.get(rep_id)
        found.append(
            Person(
                rep_id=rep_id,
                name=(member.name if member else None) or rep_id,
                team=member.team if member else None,
                left=bool(member and member.left_on),
                won=own.get("won", 0),
                lost=own.get("lost", 0),
                open=own.get("open", 0),
                won_amount=amounts.get(rep_id),
                stamped=own.get(ACTOR, 0),
            )
        )
    return sorted(found, key=lambda person: (person.name.casefold(), person.rep_id))


def reps_table(team: Sequence[Person], decided: RepStep | None) -> list[Row]:
    """Each person's counts and, from enough decided deals, the rate on the common mix."""
    better = decided.better() if decided is not None else frozenset()
    rows: list[Row] = []
    for person in team:
        row: dict[str, str | int | float | bool | None] = {
            "rep_id": person.rep_id, "name": person.name, "team": person.team,
            "left": person.left, "won": person.won, "lost": person.lost, "open": person.open,
            "won_amount": None if person.won_amount is None else float(person.won_amount),
            "win_rate": None, "adjusted_win_rate": None, "adjusted_lower": None,
            "adjusted_upper": None, "verdict": None,
        }  # fmt: skip
        if decided is not None and decided.drawn is not None and person.decided >= LEAST_OWN:
            row["win_rate"] = None if person.stamped else person.won / person.decided
            row |= _adjusted(
                decided, person.rep_id, better, names=("adjusted_win_rate", "adjusted_")
            )
        rows.append(row)
    return rows


def steps_table(team: Sequence[Person], model: Sequence[RepStep]) -> list[Row]:
    """Each person's cases at each step, and the rate on the common mix from enough of them."""
    names = {person.rep_id: person for person in team}
    better = {step.step: step.better() for step in model}
    rows: list[Row] = []
    for rep_id in sorted(
        {person for step in model for person in step.people},
        key=lambda person: (_name(names, person).casefold(), person),
    ):
        for step in model:
            if step.step == DECIDED or step.uneven or rep_id not in step.people:
                continue
            place = step.people.index(rep_id)
            rows.append(
                {
                    "rep_id": rep_id, "name": _name(names, rep_id), "step": step.step,
                    "days": step.horizon, "n": int(step.n[place]), "moved": int(step.moved[place]),
                    "adjusted": None, "lower": None, "upper": None, "verdict": None,
                    **_adjusted(step, rep_id, better[step.step], names=("adjusted", "")),
                }
            )  # fmt: skip
    return rows


def credited_table(inputs: Inputs) -> list[Row]:
    """Whose the deals are: each is a rep's, a machine's or nobody's; what is gone stands apart."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(OUTCOMES, 0))
    counted = counted_as(inputs)
    for row in inputs[rep_outcomes]:
        if row.counted == counted and row.outcome in OUTCOMES:
            whose = row.credit if row.credit in (AUTOMATED, NOBODY, REST) else "reps"
            sums[whose][row.outcome] += row.cases
    order = ("reps", REST, AUTOMATED, NOBODY)
    return [{"credit": whose, **sums[whose]} for whose in order if whose in sums]


def steps_credited(model: Sequence[RepStep]) -> list[Row]:
    """By which rule each step's cases are whose, and whether rates can be told from it."""
    return [
        {
            "step": step.step, "credit": step.credit, "cases": step.cases,
            "credited": int(step.n.sum()), "told": step.drawn is not None,
        }
        for step in model
        if step.step != DECIDED
    ]  # fmt: skip


def distribution(team: Sequence[Person], model: Sequence[RepStep]) -> list[Row]:
    """Quarters of the whole team and of each team of five or more: no person, no count of one."""
    teams = sorted({person.team for person in team if person.team})
    rows: list[Row] = []
    for name in (None, *teams):
        members = [person for person in team if name in (None, person.team)]
        if len(members) < FEWEST:
            continue
        won = np.array([[float(person.won) for person in members]])
        rows.append({"team": name, "of": "won", "people": len(members), **_quarters(won)})
        ids = {person.rep_id for person in members}
        for step in model:
            places = [at for at, person in enumerate(step.people) if person in ids]
            if step.drawn is not None and len(places) >= FEWEST:
                drawn = step.drawn.rates[:, places]
                rows.append(
                    {"team": name, "of": step.step, "people": len(places), **_quarters(drawn)}
                )
    return rows


def _quarters(drawn: Floats) -> dict[str, float]:
    """Quartiles over people in each draw, then their means."""
    at = np.quantile(drawn, list(QUARTERS.values()), axis=1).mean(axis=1)
    return dict(zip(QUARTERS, map(float, at), strict=True))


def _adjusted(
    step: RepStep, rep_id: str, better: frozenset[str], *, names: tuple[str, str]
) -> dict[str, float | str]:
    """A person's rate with its range; ``names``: of the value, and what the bounds begin with."""
    value, bound = names
    if rep_id not in step.people:
        return {}
    found = step.told(step.people.index(rep_id))
    if found is None:
        return {}
    return {
        value: found.value,
        f"{bound}lower": found.lower,
        f"{bound}upper": found.upper,
        "verdict": BETTER if rep_id in better else CANNOT_TELL,
    }


def _name(names: dict[str, Person], rep_id: str) -> str:
    return names[rep_id].name if rep_id in names else rep_id
