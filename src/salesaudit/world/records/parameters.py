"""What is true of a company's records, each table's parameters; a table without them is not made.

Values that hold for each channel stand in the order of the company's channels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Visits:
    """Visitors of the channels' pages."""

    rates: tuple[float, ...]  # share of the visitors who become leads; zero: no page is counted


@dataclass(frozen=True)
class Campaigns:
    """A campaign a quarter for each channel that names its campaigns."""

    kinds: tuple[str, ...]  # by channel
    optimism: float = 1.15  # planned leads, against those to be expected
    noise: float = 0.10  # sd of its log, from campaign to campaign


@dataclass(frozen=True)
class Response:
    """Monthly spend that brings leads with diminishing return: leads ~ spend^elasticity."""

    elasticity: float = 0.6  # mean over the channels
    elasticity_spread: float = 0.15  # sd between channels
    spread: float = 0.35  # sd of the log of a channel's spend between months
    follows: float = 0.0  # correlation of spend with what moves leads beside it


@dataclass(frozen=True)
class MailStream:
    """Messages that follow each other, to leads that entered a stage."""

    name: str
    kind: str  # welcome, newsletter, product, event, re-engage
    enters: str  # role of the stage
    share: float  # of the leads there that get it
    after: float  # days from the stage to the first message
    messages: int
    every: float  # days from message to message
    opens: float  # share of delivered first messages that a person opens
    clicks: float  # share of delivered first messages that a person clicks
    unsubscribes: float  # hazard of the first message
    replies: float = 0.002


@dataclass(frozen=True)
class Emails:
    """Nurture streams, and what machines do to their numbers."""

    streams: tuple[MailStream, ...]
    bad: str = ""  # the planted stream
    bad_factor: float = 0.5  # times its clicks
    fatigue: float = 0.94  # times opens and clicks, with each further message of a stream
    weary: float = 1.15  # times the hazard to unsubscribe, likewise
    spread: float = 0.5  # sd of the log of a lead's readiness to click, mean 1
    machine_opens: float = 0.40  # share of leads whose mail a proxy opens
    machine_opens_told: float = 0.90  # share of these opens that the tool marks
    scanned: float = 0.03  # share of messages whose links a scanner clicks within 5 seconds
    scanned_told: float = 0.80  # share of these clicks that the tool marks
    bounced: float = 0.02


@dataclass(frozen=True)
class LeadChanges:
    """How fields of a lead came to be what they are."""

    reassigned: float = 0.06  # share of owned leads that began with another of the team
    score_per_log_odds: float = 12.0  # points per log-odds of becoming a customer
    score_noise: float = 7.0  # sd, points


@dataclass(frozen=True)
class DealChanges:
    """How fields of a deal came to be what they are."""

    pushes_per_month: float = 0.35  # of the expected close
    push_days: tuple[int, ...] = (7, 14, 30, 60)
    revised: float = 0.45  # share of deals whose amount changes once
    discount: float = 0.92  # median of the new amount against the old
    discount_spread: float = 0.10  # sd of its log
    forecast: tuple[str, ...] = ("Pipeline", "Best case", "Commit")
    if_won: tuple[float, ...] = (0.10, 0.20, 0.70)  # last forecast before the close
    if_not: tuple[float, ...] = (0.50, 0.32, 0.18)


@dataclass(frozen=True)
class Factor:
    """A question asked of a deal, answered yes or no."""

    name: str
    if_won: float  # share of yes among deals that are won in the end
    if_not: float  # among the others


@dataclass(frozen=True)
class DealFactors:
    """What reps note of their deals."""

    factors: tuple[Factor, ...]
    asked: float = 0.6  # share of deals of which it is noted


@dataclass(frozen=True)
class Orders:
    """Repeat purchase: BG/NBD in weeks, amounts gamma-gamma and apart from how often."""

    r: float = 0.8
    alpha: float = 26.0
    a: float = 0.9
    b: float = 3.0
    p: float = 6.0
    q: float = 4.0
    v: float = 15_000.0


@dataclass(frozen=True)
class Referrals:
    """Leads of one channel are sent by customers."""

    channel: str
    told: float = 0.8  # share of these leads of whom it is known by whom
    shape: float = 0.5  # of the gamma by which customers differ; small: few refer most


@dataclass(frozen=True)
class Tickets:
    """Service cases."""

    per_year: float = 1.6  # and customer
    kinds: tuple[tuple[str, float], ...] = (("question", 0.5), ("fault", 0.35), ("billing", 0.15))
    reply_hours: float = 4.0  # median
    reply_spread: float = 1.1  # sd of the log
    solve_days: float = 2.0  # median from the first reply
    solve_spread: float = 1.2
    slow_days: float = 10.0  # solved later than this is slow
    slow_orders: float = 1.0  # times the rate of repeat purchases after a slow case
    satisfied: float = 4.3  # mean of 1 to 5
    satisfied_if_slow: float = 3.0


@dataclass(frozen=True)
class Ratings:
    """Recommendation scores of 0 to 10."""

    per_year: float = 0.7  # and customer
    promoters: float = 0.45  # 9 and 10
    detractors: float = 0.22  # 0 to 6
    touchpoints: tuple[str, ...] = ("onboarding", "support", "yearly")
    commented: float = 0.3
    named: float = 0.03  # share of comments with a person's name, address or telephone
    hostile: float = 0.02  # share of comments with markup or a formula


@dataclass(frozen=True)
class Reason:
    """How often a reason is given, of 100 talks; codes are those of the win/loss lexicon."""

    code: str
    lost: float  # customers who did not buy
    won: float  # customers who did
    lost_rep: float  # reps of lost deals
    won_rep: float


@dataclass(frozen=True)
class Interviews:
    """Win/loss talks; the CRM's own reasons are drawn without regard to them."""

    reasons: tuple[Reason, ...]
    lost: float = 0.15  # share of lost deals talked about
    won: float = 0.20
    rep_too: float = 0.6  # share of the talks beside which the rep's words stand
    agree: float = 0.4  # share of reps who give the customer's reason; the others their own
    thai: float = 0.75
    coded: float = 0.7  # share of talks of which somebody noted the reason in a word
    named: float = 0.02
    hostile: float = 0.01


@dataclass(frozen=True)
class Question:
    """A question of the team's questionnaire, answered 1 to 5."""

    question_id: str
    mean: float
    does_not_apply: float = 0.0  # share that answers 0


@dataclass(frozen=True)
class Survey:
    """A questionnaire, answered under a random token."""

    questions: tuple[Question, ...]
    roles: tuple[tuple[str, int], ...]  # a role and how many of it answer
    spread: float = 0.8  # sd of an answer before it is made whole


@dataclass(frozen=True)
class Tool:
    """A tool of the sales team."""

    tool: str
    purpose: str
    users: int
    yearly_cost: float
    minutes_per_week: float
    manual: bool


@dataclass(frozen=True)
class Claim:
    """Numbers that a report shows, one for each of the last ``periods``."""

    report: str
    metric: str
    definition: str  # of ``reported.DEFINITIONS``
    every: Literal["month", "quarter", "year"] = "quarter"
    periods: int = 4
    channel: str = ""
    digits: int = 3  # of the rounding, as ``round`` takes them


@dataclass(frozen=True)
class Goals:
    """Quotas of the reps by quarter, and the company's goals by year."""

    quota: float = 1.1  # against an even part of what the team sold in a quarter
    growth: float = 1.15  # of a year's goal against what came
    noise: float = 0.08  # sd of the log


@dataclass(frozen=True)
class Records:
    """The tables that a company keeps."""

    visits: Visits | None = None
    campaigns: Campaigns | None = None
    spend: Response | None = None  # without: monthly bills in step with the leads to be expected
    emails: Emails | None = None
    lead_changes: LeadChanges | None = None
    deal_changes: DealChanges | None = None
    deal_factors: DealFactors | None = None
    orders: Orders | None = None
    referrals: Referrals | None = None
    tickets: Tickets | None = None
    ratings: Ratings | None = None
    interviews: Interviews | None = None
    survey_answers: Survey | None = None
    tools: tuple[Tool, ...] = ()
    reported: tuple[Claim, ...] = ()
    goals: Goals | None = None
