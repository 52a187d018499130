"""What is true of a made-up company: everything that decides its history, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Months = tuple[float, ...]  # a weight per calendar month, January first


@dataclass(frozen=True)
class Step:
    """A step of the funnel: how leads enter its stage from the stage before."""

    stage: str  # as the CRM names it
    role: str
    spread: float  # sd of the log of the days that the step takes
    skill: float = 0.0  # how much of a rep's skill counts here
    size: float = 0.0  # how much of the lead's size counts here


@dataclass(frozen=True)
class Channel:
    """Where leads come from; ``rates`` and ``days`` have one value per step of the funnel."""

    name: str
    code: str  # begins the names of its campaigns; empty: it has none
    share: float  # of all leads
    growth: float  # a month
    rates: tuple[float, ...]  # who moves on in the end, for a rep and a size of log-odds zero
    days: tuple[float, ...]  # median of those who move on, before waiting for office hours
    cost_per_lead: float = 0.0
    spend_name: str = ""  # as the marketing department's own file calls it
    cost_per_click: float = 0.0  # zero: no clicks are counted
    season: Months = ()  # empty: the company's


@dataclass(frozen=True)
class Size:
    """A size band of the leads' firms."""

    name: str
    share: float
    team: str  # who works such leads
    amount: float  # times the product's price
    log_odds: float  # added where the step counts size


@dataclass(frozen=True)
class Product:
    """Something sold, with the distribution of what is paid for it."""

    name: str
    share: float
    median_amount: float
    spread: float  # sd of the log amount


@dataclass(frozen=True)
class Rep:
    """A member of the sales team."""

    rep_id: str
    name: str
    team: str
    role: str
    hired_on: date
    skill: float  # log-odds, added where the step counts skill
    share: float  # of the team's leads, against the others present
    left_on: date | None = None
    successor: str = ""  # who takes over the cases of a rep who left
    manager_id: str = ""
    weekly_hours: float = 40.0
    yearly_cost: float = 0.0


@dataclass(frozen=True)
class Losses:
    """What happens to those who do not move on."""

    days: float  # median from the last stage to the loss
    spread: float
    dated: float  # share of lost leads without a deal whose loss has a date
    closed: float  # share of deals that come to nothing and are ever closed
    lead_reasons: tuple[str, ...]
    deal_reasons: tuple[str, ...]


@dataclass(frozen=True)
class Company:
    """A company, whole. Its last day is a constant: no clock is read anywhere."""

    id: str
    name: str
    currency: str
    timezone: str
    first_day: date
    last_day: date
    gross_margin: float
    season: Months
    weekend: float  # leads on a day of the weekend, against a working day
    demand_shape: float  # of the gamma that each day and channel's demand is drawn from
    holidays: tuple[date, ...]
    first_stage: str
    steps: tuple[Step, ...]
    channels: tuple[Channel, ...]
    sizes: tuple[Size, ...]
    products: tuple[Product, ...]
    reps: tuple[Rep, ...]
    countries: dict[str, float]
    industries: dict[str, float]
    losses: Losses
    automated: str  # the actor of stages entered by a rule of the CRM
    automated_share: float  # of the first step
    deal_if_won: float  # share of customers with a deal on record
    deal_if_not: float  # share of the other leads at the stage before customer with one
    recorded_late: tuple[str, date]  # a role, and the day its stamps begin

    @property
    def stages(self) -> tuple[str, ...]:
        """Names of all stages, in order."""
        return (self.first_stage, *(step.stage for step in self.steps))

    @property
    def roles(self) -> tuple[str, ...]:
        """Roles of all stages, in order."""
        return ("lead", *(step.role for step in self.steps))
