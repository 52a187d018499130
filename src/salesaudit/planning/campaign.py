"""A campaign before it is bought: customers, what they leave for its price, and the most to pay.

A price that just meets the floor on the average misses it about every second time. So the plan
leads with the chance of reaching the floor, then with the price at which that chance is 8 in 10.
"""

from __future__ import annotations

from typing import NamedTuple

from salesaudit.planning.inputs import Input
from salesaudit.statistics.base import Range
from salesaudit.statistics.campaign import (
    Outcomes,
    Takings,
    customers,
    share_of,
    whole_above,
    whole_below,
)

SURE = 0.8  # the chance at which a floor counts as reached
FUTURES = 20  # equally likely outcomes that are shown


class Campaign(NamedTuple):
    """What is planned; margins, never revenue, against the full cost."""

    leads: Input
    reach: Input
    close: Input
    margin: Input
    cost: float  # all in, above 0
    floor: float = 2.0  # return below which it is not worth doing
    capacity: Input | None = None  # leads that the team can take on; None: not known


class Step(NamedTuple):
    """How many come so far."""

    name: str  # leads, reached, customers
    expected: float
    whole: int


class Middle(NamedTuple):
    """Ranges that hold 80 and 95 of 100 futures."""

    lower80: float
    upper80: float
    lower95: float
    upper95: float


class Hinge(NamedTuple):
    """What the answer would be at either end of one input's range, the others as they are."""

    name: str  # reach, close, margin
    lower: float
    upper: float
    customers: Range  # expected; its value is the plan's
    returned: Range


class CampaignPlan(NamedTuple):
    """The plan's answer."""

    campaign: Campaign
    chance: float  # that the return reaches the floor
    futures: tuple[float, ...]  # returns of equally likely outcomes, ascending
    steps: tuple[Step, ...]
    customers: Middle
    returned: float  # by the whole customers
    returned_expected: float
    returns: Middle
    pays_at: int | None  # customers that bring the cost back; None: no number does
    floor_at: int | None  # customers that reach the floor
    most_sure: float  # the price at which the floor is reached with the chance ``SURE``
    most_expected: float  # the price at which the expected return is the floor
    chance_expected: float  # that the floor is reached at that price
    over: int  # leads above the team's capacity; they count nothing
    hinges: tuple[Hinge, ...]  # widest first

    @property
    def reaches(self) -> bool:
        """Whether the floor is reached surely enough, on raw values."""
        return self.chance >= SURE

    @property
    def futures_reached(self) -> int:
        """How many of the futures reach the floor."""
        least = self.campaign.floor * (1 - 1e-9)
        return sum(future >= least for future in self.futures)

    @property
    def expected(self) -> float:
        """Customers expected."""
        return self.steps[-1].expected

    @property
    def whole(self) -> int:
        """Whole customers in that."""
        return self.steps[-1].whole


def plan_campaign(campaign: Campaign) -> CampaignPlan:
    """Work the plan out."""
    leads = int(campaign.leads.value)
    worked = leads if campaign.capacity is None else min(leads, int(campaign.capacity.value))
    share = share_of([campaign.reach.rate(), campaign.close.rate()])
    outcomes = customers(worked, share)
    takings = Takings(outcomes, campaign.margin.worth())
    margin, cost = campaign.margin.value, campaign.cost
    expected = worked * share.mean
    reached = worked * share_of([campaign.reach.rate()]).mean
    return CampaignPlan(
        campaign=campaign,
        chance=takings.at_least(campaign.floor * cost),
        futures=tuple(takings.quantile((place + 0.5) / FUTURES) / cost for place in range(FUTURES)),
        steps=(
            Step("leads", leads, leads),
            Step("reached", reached, whole_below(reached)),
            Step("customers", expected, whole_below(expected)),
        ),
        customers=_customer_range(outcomes),
        returned=whole_below(expected) * margin / cost,
        returned_expected=expected * margin / cost,
        returns=Middle(*(takings.quantile(p) / cost for p in (0.1, 0.9, 0.025, 0.975))),
        pays_at=whole_above(cost / margin) if margin else None,
        floor_at=whole_above(campaign.floor * cost / margin) if margin else None,
        most_sure=takings.sure_of(SURE) / campaign.floor,
        most_expected=expected * margin / campaign.floor,
        chance_expected=takings.at_least(expected * margin) if expected * margin else 0.0,
        over=leads - worked,
        hinges=_hinges(campaign, worked),
    )


def _customer_range(outcomes: Outcomes) -> Middle:
    return Middle(*(float(outcomes.quantile(p)) for p in (0.1, 0.9, 0.025, 0.975)))


def _hinges(campaign: Campaign, worked: int) -> tuple[Hinge, ...]:
    found = []
    for name in ("reach", "close", "margin"):
        given: Input = getattr(campaign, name)
        if given.lower is None or given.upper is None:
            continue
        came, back = [], []
        for value in (given.value, given.lower, given.upper):
            moved = Campaign(**{**campaign._asdict(), name: Input(value)})
            number = worked * moved.reach.value * moved.close.value
            came.append(number)
            back.append(number * moved.margin.value / campaign.cost)
        found.append(Hinge(name, given.lower, given.upper, Range(*came), Range(*back)))
    return tuple(sorted(found, key=lambda h: h.returned.lower - h.returned.upper))
