"""From what was asked to a plan: what was typed wins, the rest is the past's, or missing."""

from __future__ import annotations

from typing import NamedTuple

from salesaudit.core.texts import Message, message
from salesaudit.planning import words as w
from salesaudit.planning.campaign import Campaign, CampaignPlan, plan_campaign
from salesaudit.planning.inputs import Input, typed_amount, typed_share, typed_whole
from salesaudit.planning.past import (
    Past,
    refuse_missing,
    said_of_margin,
    said_of_rates,
    said_of_room,
)

MOST_WEEKS = 520


class Asked(NamedTuple):
    """A campaign as it is asked about; None where the past may say it."""

    leads: float
    cost: float
    reach: float | None = None
    close: float | None = None
    margin: float | None = None
    floor: float | None = None
    capacity: float | None = None
    weeks: float = 4
    channel: str | None = None


class Planned(NamedTuple):
    """A plan, and what must be said of the numbers that it is made of."""

    plan: CampaignPlan
    notes: tuple[Message, ...]
    company: str = ""
    currency: str | None = None


def planned(asked: Asked, past: Past | None = None, floor: float = 2.0) -> Planned:
    """Work out what was asked.

    Args:
        asked: typed numbers.
        past: of the company, if there is one.
        floor: of the return, where none is asked for.

    Raises:
        SalesAuditError: a number that cannot be, or one that nothing says.
    """
    leads = typed_whole("--leads", asked.leads)
    cost = typed_amount("--cost", asked.cost, above_zero=True).value
    least = floor if asked.floor is None else asked.floor
    least = typed_amount("--floor", least, above_zero=True).value
    weeks = int(typed_whole("--weeks", asked.weeks, least=1, most=MOST_WEEKS).value)
    capacity = None if asked.capacity is None else typed_whole("--capacity", asked.capacity)
    found: dict[str, Input | None] = {
        "reach": None if asked.reach is None else typed_share("--reach", asked.reach),
        "close": None if asked.close is None else typed_share("--close", asked.close),
        "margin": None if asked.margin is None else typed_amount("--margin", asked.margin),
    }
    if past is not None:
        found["reach"] = found["reach"] or past.reach(asked.channel)
        found["close"] = found["close"] or past.close(asked.channel)
        found["margin"] = found["margin"] or past.worth(asked.channel)
    refuse_missing(past, [name for name, given in found.items() if given is None])
    room = capacity or (past.room(weeks) if past is not None else None)
    given = {name: each for name, each in found.items() if each is not None}
    campaign = Campaign(leads=leads, cost=cost, floor=least, capacity=room, **given)
    plan = plan_campaign(campaign)
    notes = _notes(plan, past, asked, weeks, typed_capacity=capacity is not None)
    return Planned(plan, tuple(notes))


def _notes(
    plan: CampaignPlan, past: Past | None, asked: Asked, weeks: int, *, typed_capacity: bool
) -> list[Message]:
    campaign = plan.campaign
    shares = {"reach": campaign.reach, "close": campaign.close, "margin": campaign.margin}
    exact = ["--leads", *(f"--{name}" for name, each in shares.items() if each.exact), "--cost"]
    said = []
    if plan.over:
        said.append(message(w.OVER, n=plan.over))
    said.append(message(w.TAKEN_AS_EXACT, names=", ".join(exact)))
    if past is not None:
        seen = (None if each.exact else each for each in (campaign.reach, campaign.close))
        said += said_of_rates(past, asked.channel, *seen)
        if not campaign.margin.exact:
            said.append(said_of_margin(campaign.margin))
    if not typed_capacity:
        said.append(said_of_room(past, campaign.capacity, weeks))
    return said
