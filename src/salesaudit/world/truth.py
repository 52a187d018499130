"""What is true of a made-up company: everything that decides its history, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from salesaudit.world.records.parameters import Records

Months = tuple[float, ...]  # a weight per calendar month, January first
Family = Literal["log-normal", "weibull", "gamma"]


@dataclass(frozen=True)
class Step:
    """A step of the funnel: how leads enter its stage from the stage before."""

    stage: str  # as the CRM names it
    role: str
    spread: float  # sd of the log of the days that the step takes
    skill: float = 0.0  # how much of a rep's skill counts here
    size: float = 0.0  # how much of the lead's size counts here
    heat: float = 0.0  # log-odds per sd of the lead's hidden heat, which no table shows
    family: Family = "log-normal"  # of the days; ``spread`` and the channel's median fix it


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
    spend_name: str = ""  # as the marketing department's own file calls it; empty: as all do
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
    skill: float | tuple[float, ...]  # log-odds where the step counts it; or one for each step
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
    kept: float = 1.0  # share of losses that the CRM is told of at all
    undated_deals: float = 0.0  # share of lost deals without the day on which they were lost


@dataclass(frozen=True)
class Shocks:
    """How much months differ by chance; rates by the month in which a step is entered."""

    demand: float = 0.0  # sd of the log of a month's leads, all channels alike
    channel_demand: float = 0.0  # the same, each channel for itself
    rate: float = 0.0  # sd of the log-odds of each step, all channels alike
    channel_rate: float = 0.0  # the same, each channel for itself
    lasting: float = 0.0  # correlation of a month with the next, 0 to 1


@dataclass(frozen=True)
class Leak:
    """A step at which some leads move on less often than their like; empty: whatever value."""

    role: str  # of the stage that the step leads to
    factor: float  # times the rate; above 1 the bar was lowered, not a leak mended
    channel: str = ""
    team: str = ""
    product: str = ""
    country: str = ""
    size: str = ""
    since: date | None = None  # entered the step from this day on
    until: date | None = None  # and before this one


@dataclass(frozen=True)
class Burst:
    """Leads that come beside the usual ones, of a quality of their own."""

    channel: str
    first_day: date
    days: int
    times: float  # the usual volume: 2.0 brings as many leads again
    rate: float  # of the excess, at the first step; later steps as usual


@dataclass(frozen=True)
class EarlyHandOver:
    """Leads handed over before they are ready: sooner qualified, and less often won over."""

    share: float = 0.0  # of all leads
    hastened: float = 0.2  # times the days of the first step
    factor: float = 0.6  # times the rate of the step after it


@dataclass(frozen=True)
class Ramp:
    """What a new rep lacks: all of ``log_odds`` on the first day, nothing after ``months``."""

    log_odds: float = 0.0  # where the step counts skill
    months: float = 5.0


@dataclass(frozen=True)
class Capacity:
    """How many leads a rep can begin; the others wait their turn, and some are never touched."""

    per_week: float | None = None  # leads that a rep of 40 hours begins; none: no limit
    patience: float = 30.0  # days that a lead waits before it is passed over for good
    decay: float = 0.0  # log-odds of the second step lost with each day of waiting


@dataclass(frozen=True)
class Content:
    """An asset that leads meet while they stand at a stage, and what it truly does."""

    content_id: str
    title: str
    kind: str
    role: str  # of the stage at which leads meet it; not the first
    effect: float = 1.0  # times the rate of moving on, from the moment it is met
    per_day: float = 0.02  # how often a lead of usual heat and rep meets it
    heat: float = 0.0  # log of that, per sd of the lead's hidden heat
    by_rep: float = 0.0  # sd of the log of that over reps
    shared: float = 0.6  # share that a rep sends; the others find it themselves
    published_on: date | None = None
    updated_on: date | None = None


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
    exports: Literal["canonical", "own"] = "canonical"  # files in the audit's words, or the demo's
    leads: int = 20_000  # made where nothing else is asked for
    fewest: int = 200  # below this the company is not itself any more
    shocks: Shocks = Shocks()
    leaks: tuple[Leak, ...] = ()
    bursts: tuple[Burst, ...] = ()
    early_hand_over: EarlyHandOver = EarlyHandOver()
    ramp: Ramp = Ramp()
    capacity: Capacity = Capacity()
    contents: tuple[Content, ...] = ()
    defects: dict[str, float] = field(default_factory=dict)  # planted in the data, with sizes
    records: Records = field(default_factory=Records)  # tables beside those of the funnel

    @property
    def stages(self) -> tuple[str, ...]:
        """Names of all stages, in order."""
        return (self.first_stage, *(step.stage for step in self.steps))

    @property
    def roles(self) -> tuple[str, ...]:
        """Roles of all stages, in order."""
        return ("lead", *(step.role for step in self.steps))
