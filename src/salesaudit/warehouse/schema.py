"""The canonical tables, declared once: read this first.

Creation, casts, checks, the docs page and the help for mapping are all derived from ``TABLES``.
Times are UTC ``TIMESTAMP``, days are ``DATE`` in the company's time zone, money is
``DECIMAL(18, 2)`` in the company's currency. A column that names a person of the sales team
refers to ``reps.rep_id``.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from salesaudit.warehouse.sql import quoted

VERSION = 2  # of the tables; another one in a warehouse means: rebuild it


class Kind(StrEnum):
    """What a column holds."""

    ID = "id"  # text, compared byte by byte, never a number
    CATEGORY = "category"  # text, trimmed and folded to one spelling of blanks
    TEXT = "text"  # free text, masked at the door
    TIME = "time"  # UTC, microseconds
    DAY = "day"  # in the company's time zone
    MONEY = "money"
    NUMBER = "number"
    COUNT = "count"
    YES_NO = "yes_no"
    HASH = "hash"  # a keyed hash of a contact's address; the address itself is never kept

    @property
    def sql(self) -> str:
        """The engine's type."""
        return {
            Kind.TIME: "TIMESTAMP",
            Kind.DAY: "DATE",
            Kind.MONEY: "DECIMAL(18, 2)",
            Kind.NUMBER: "DOUBLE",
            Kind.COUNT: "BIGINT",
            Kind.YES_NO: "BOOLEAN",
        }.get(self, "VARCHAR")


class Column(NamedTuple):
    """A column of a canonical table."""

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    key: bool = False
    refers: str = ""  # "table.column"
    values: tuple[str, ...] = ()  # the only values that it may hold
    event: bool = False  # a stamp of something that happened: it may set the end of knowledge
    entry: bool = False  # where a record begins: text that is no date refuses the record
    written: bool = False  # words of people: the names in it are masked
    of_part: bool = False  # of a part of what the row is, such as a line of an order


class Table(NamedTuple):
    """A canonical table: one row is ``row``."""

    name: str
    row: str
    columns: tuple[Column, ...]
    one_of: tuple[str, ...] = ()  # exactly one of these columns is filled

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the key's columns."""
        return tuple(column.name for column in self.columns if column.key)

    def column(self, name: str) -> Column | None:
        """The column of this name."""
        return next((column for column in self.columns if column.name == name), None)


def _id(name: str, meaning: str, *, refers: str = "", required: bool = False) -> Column:
    return Column(name, Kind.ID, meaning, required=required, refers=refers)


def _key(name: str, meaning: str, kind: Kind = Kind.ID, *, refers: str = "") -> Column:
    return Column(name, kind, meaning, required=True, key=True, refers=refers)


def _word(name: str, meaning: str, *values: str, required: bool = False) -> Column:
    return Column(name, Kind.CATEGORY, meaning, required=required, values=values)


def _written(
    name: str, meaning: str, *, kind: Kind = Kind.CATEGORY, required: bool = False
) -> Column:
    return Column(name, kind, meaning, required=required, written=True)


def _event(name: str, meaning: str, *, required: bool = False, key: bool = False) -> Column:
    return Column(name, Kind.TIME, meaning, required=required, key=key, event=True)


def _entry(name: str, meaning: str) -> Column:
    return Column(name, Kind.TIME, meaning, event=True, entry=True)


def _time(name: str, meaning: str, *, key: bool = False, required: bool = False) -> Column:
    return Column(name, Kind.TIME, meaning, key=key, required=required or key)


def _day(name: str, meaning: str, *, key: bool = False, required: bool = False) -> Column:
    return Column(name, Kind.DAY, meaning, key=key, required=required or key)


def _of(kind: Kind, name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, kind, meaning, required=required)


CHANNEL = "acquisition channel, as the company names it"
CAMPAIGN = "campaign within the channel"
GONE = "day of the first export that no longer has it"
SEEN = "exact: as a history says it; snapshot: seen between two exports, so it happened before"
# Part of a key where a source may have none: empty text stands for no campaign.
_CAMPAIGN_KEY = Column("campaign", Kind.CATEGORY, CAMPAIGN, key=True)

_VISITS = Table(
    "visits",
    "a day's visitors of a channel",
    (
        _day("visited_on", "day of the visits", key=True),
        _key("channel", CHANNEL, Kind.CATEGORY),
        _CAMPAIGN_KEY,
        _of(Kind.COUNT, "visitors", "visitors on that day", required=True),
    ),
)
_LEADS = Table(
    "leads",
    "a person or firm who showed interest",
    (
        _key("lead_id", "the lead's id"),
        _entry("created_at", "first contact"),
        _word("channel", CHANNEL),
        _word("campaign", CAMPAIGN),
        _word("source_detail", "landing page, form or list that brought the lead"),
        _word("country", "country of the lead"),
        _word("industry", "industry of the lead's firm"),
        _word("company_size", "size band of the lead's firm"),
        _id("owner_id", "who works the lead", refers="reps.rep_id"),
        _id("referred_by", "the customer who referred the lead"),
        _id("customer_id", "the customer that the lead became"),
        _of(Kind.NUMBER, "score", "the CRM's lead score"),
        _word("status", "status in the CRM"),
        _time("lost_at", "when the lead was given up"),
        _written("lost_reason", "why the lead was given up"),
        _of(Kind.HASH, "contact_hash", "keyed hash of the contact's address"),
        _day("gone_since", GONE),
    ),
)
_LEAD_CHANGES = Table(
    "lead_changes",
    "a field of a lead changes",
    (
        _key("lead_id", "the lead", refers="leads.lead_id"),
        _time("changed_at", "when", key=True),
        Column(
            "field",
            Kind.CATEGORY,
            "which field",
            required=True,
            key=True,
            values=("owner_id", "score", "status", "channel"),
        ),
        _word("old", "value before"),
        _word("new", "value after"),
        _word("precision", SEEN, "exact", "snapshot"),
    ),
)
_STAGE_EVENTS = Table(
    "stage_events",
    "a lead or a deal enters a stage",
    (
        Column("lead_id", Kind.ID, "the lead", key=True, refers="leads.lead_id"),
        Column(
            "deal_id", Kind.ID, "the deal; it counts for its lead", key=True, refers="deals.deal_id"
        ),
        _key("stage", "the stage entered, as the funnel of the settings names it", Kind.CATEGORY),
        _event("entered_at", "when", required=True, key=True),
        _id("actor_id", "who moved it", refers="reps.rep_id"),
    ),
    one_of=("lead_id", "deal_id"),
)
_DEALS = Table(
    "deals",
    "a sales case",
    (
        _key("deal_id", "the deal's id"),
        _id("lead_id", "the lead it came from", refers="leads.lead_id"),
        _id("customer_id", "the customer"),
        _id("rep_id", "who works the deal", refers="reps.rep_id"),
        _word("product", "product or line"),
        _word("channel", CHANNEL),
        _word("campaign", CAMPAIGN),
        _word("country", "country of the customer"),
        _word("company_size", "size band of the customer"),
        _word("pipeline", "pipeline the deal is in"),
        _word("stage", "present stage"),
        _of(Kind.MONEY, "amount", "price agreed or asked"),
        _of(Kind.MONEY, "list_amount", "price before discount"),
        _of(Kind.MONEY, "margin", "money that stays after direct cost"),
        _word("recurring", "how often the amount is paid", "none", "monthly", "yearly"),
        _of(Kind.NUMBER, "term_months", "length of a recurring contract, months"),
        _entry("created_at", "when the deal was opened"),
        _day("expected_on", "day on which the close is expected"),
        _event("closed_at", "when it was won or lost"),
        _word("status", "open, won or lost", "open", "won", "lost", required=True),
        _written("lost_reason", "why it was lost"),
        _word("competitor", "who else was in it"),
        _word("forecast_category", "the sales team's own forecast"),
        _day("gone_since", GONE),
    ),
)
_DEAL_CHANGES = Table(
    "deal_changes",
    "a field of a deal changes",
    (
        _key("deal_id", "the deal", refers="deals.deal_id"),
        _time("changed_at", "when", key=True),
        Column(
            "field",
            Kind.CATEGORY,
            "which field",
            required=True,
            key=True,
            values=("stage", "amount", "expected_on", "rep_id", "status", "forecast_category"),
        ),
        _word("old", "value before"),
        _word("new", "value after"),
        _word("precision", SEEN, "exact", "snapshot"),
    ),
)
_DEAL_FACTORS = Table(
    "deal_factors",
    "something said of a deal",
    (
        _key("deal_id", "the deal", refers="deals.deal_id"),
        _key("factor", "what was asked", Kind.CATEGORY),
        _written("value", "what was said", required=True),
    ),
)
_ACTIVITIES = Table(
    "activities",
    "something a rep did",
    (
        _key("activity_id", "the activity's id"),
        _id("rep_id", "who did it", refers="reps.rep_id"),
        _event("done_at", "when", required=True),
        _word(
            "kind",
            "what was done",
            "call",
            "email",
            "meeting",
            "demo",
            "proposal",
            "admin",
            "other",
            required=True,
        ),
        _id("lead_id", "for which lead", refers="leads.lead_id"),
        _id("deal_id", "for which deal", refers="deals.deal_id"),
        _of(Kind.NUMBER, "minutes", "time it took, minutes"),
        _written("outcome", "reached, no_answer, ..."),
        _of(Kind.YES_NO, "automated", "done by a machine"),
    ),
)
_EMAILS = Table(
    "emails",
    "one message to one lead",
    (
        _key("send_id", "the message's id"),
        _id("lead_id", "to whom", refers="leads.lead_id", required=True),
        _word("stream", "nurture stream or campaign", required=True),
        _written("message", "which message of the stream"),
        _word("kind", "welcome, newsletter, product, event, re-engage, ..."),
        _event("sent_at", "when it was sent", required=True),
        _time("delivered_at", "when it arrived"),
        _time("opened_at", "first open"),
        _time("clicked_at", "first click"),
        _time("replied_at", "first reply"),
        _time("unsubscribed_at", "when the lead unsubscribed"),
        _of(Kind.YES_NO, "bounced", "it did not arrive"),
        _of(Kind.YES_NO, "machine_open", "opened by a machine"),
        _of(Kind.YES_NO, "machine_click", "clicked by a machine"),
        _word("mail_domain", "domain of the address"),
    ),
)
_CONTENTS = Table(
    "contents",
    "an asset",
    (
        _key("content_id", "the asset's id"),
        _word("title", "its title", required=True),
        _word("kind", "case study, webinar, price list, ..."),
        _word("stage_aim", "the stage that it is made for"),
        _day("published_on", "first day it could be used"),
        _day("updated_on", "last day it was revised"),
        _id("owner_id", "who keeps it", refers="reps.rep_id"),
        _word("url", "where it is"),
        _of(Kind.YES_NO, "findable", "the sales team finds it when it is needed"),
    ),
)
_CONTENT_TOUCHES = Table(
    "content_touches",
    "a lead meets an asset",
    (
        _key("lead_id", "the lead", refers="leads.lead_id"),
        _key("content_id", "the asset", refers="contents.content_id"),
        _event("touched_at", "when", required=True, key=True),
        _id("shared_by", "the rep who shared it; empty: found by the lead", refers="reps.rep_id"),
    ),
)
_CAMPAIGNS = Table(
    "campaigns",
    "a campaign or event",
    (
        _key("campaign", "its name", Kind.CATEGORY),
        _word("channel", CHANNEL),
        _word("kind", "webinar, fair, advertising, ..."),
        _day("starts_on", "first day"),
        _day("ends_on", "last day"),
        _of(Kind.NUMBER, "planned_leads", "leads that it was planned to bring"),
        _of(Kind.MONEY, "planned_cost", "what it was planned to cost"),
    ),
)
_SPEND = Table(
    "spend",
    "spend on a channel, on a day or up to until_on",
    (
        _day("spent_on", "first day", key=True),
        _day("until_on", "last day, where it covers several"),
        _key("channel", CHANNEL, Kind.CATEGORY),
        _CAMPAIGN_KEY,
        Column("kind", Kind.CATEGORY, "media, production, agency or people", key=True),
        _of(Kind.MONEY, "amount", "what was spent", required=True),
        _of(Kind.COUNT, "impressions", "times shown"),
        _of(Kind.COUNT, "clicks", "clicks"),
    ),
)
_REPS = Table(
    "reps",
    "a member of the sales team",
    (
        _key("rep_id", "the person's id in the CRM"),
        _word("name", "name, as reports may show it"),
        _word("team", "team"),
        _word("role", "role in the team"),
        _id("manager_id", "the manager", refers="reps.rep_id"),
        _day("hired_on", "first day"),
        _day("left_on", "last day"),
        _of(Kind.NUMBER, "weekly_hours", "hours a week"),
        _of(Kind.MONEY, "yearly_cost", "full cost of a year"),
    ),
)
_QUOTAS = Table(
    "quotas",
    "a rep's quota in a period",
    (
        _key("rep_id", "the rep", refers="reps.rep_id"),
        _day("starts_on", "first day", key=True),
        _day("ends_on", "last day", required=True),
        _of(Kind.MONEY, "amount", "the quota", required=True),
    ),
)
_TARGETS = Table(
    "targets",
    "the company's goal in a period",
    (
        Column(
            "metric",
            Kind.CATEGORY,
            "what is aimed at",
            required=True,
            key=True,
            values=("revenue", "customers", "leads", "mqls", "pitched", "sqls"),
        ),
        _day("starts_on", "first day", key=True),
        _day("ends_on", "last day", required=True),
        _of(Kind.NUMBER, "amount", "the goal", required=True),
    ),
)
_ORDERS = Table(
    "orders",
    "a purchase by a customer",
    (
        _key("order_id", "the order's id"),
        _id("customer_id", "who bought", required=True),
        _event("ordered_at", "when", required=True),
        _of(Kind.MONEY, "amount", "what was paid", required=True),
        _of(Kind.MONEY, "margin", "money that stays after direct cost"),
        Column("product", Kind.CATEGORY, "product or line; empty: several", of_part=True),
    ),
)
_TICKETS = Table(
    "tickets",
    "a service case",
    (
        _key("ticket_id", "the ticket's id"),
        _id("customer_id", "whose case it is"),
        _event("opened_at", "when it was opened", required=True),
        _time("first_reply_at", "first answer by a person"),
        _time("solved_at", "when it was solved"),
        _written("kind", "what it was about"),
        _of(Kind.NUMBER, "satisfaction", "what the customer thought of it"),
    ),
)
_RATINGS = Table(
    "ratings",
    "a customer's recommendation score",
    (
        _key("rating_id", "the answer's id"),
        _id("customer_id", "who answered"),
        _event("rated_at", "when", required=True),
        _of(Kind.COUNT, "score", "0 to 10", required=True),
        _word("touchpoint", "after what it was asked"),
        _written("comment", "the customer's words", kind=Kind.TEXT),
    ),
)
_INTERVIEWS = Table(
    "interviews",
    "a win/loss conversation or note",
    (
        _key("interview_id", "the interview's id"),
        _id("deal_id", "about which deal", refers="deals.deal_id", required=True),
        _day("held_at", "when"),
        _word("outcome", "how the deal ended"),
        _written("reason", "the reason, in a word"),
        _word("speaker", "who speaks", "customer", "rep"),
        _written("text", "what was said", kind=Kind.TEXT),
        _word("language", "language of the text"),
    ),
)
_TOOLS = Table(
    "tools",
    "a sales tool in use",
    (
        _key("tool", "its name", Kind.CATEGORY),
        _word("purpose", "what it is for"),
        _of(Kind.COUNT, "users", "people who use it"),
        _of(Kind.MONEY, "yearly_cost", "cost of a year"),
        _of(Kind.NUMBER, "minutes_per_week", "minutes a week and person"),
        _of(Kind.YES_NO, "manual", "the work in it is done by hand"),
    ),
)
_SURVEY_ANSWERS = Table(
    "survey_answers",
    "an answer to a questionnaire",
    (
        _key("question_id", "the question"),
        _key("respondent", "a random token, no person"),
        _word("role", "role of the respondent"),
        _of(Kind.COUNT, "score", "1 to 5; 0 = does not apply"),
        _written("text", "in own words", kind=Kind.TEXT),
        _time("answered_at", "when"),
    ),
)
_REPORTED = Table(
    "reported",
    "a number that a dashboard or report claims",
    (
        _key("report", "which report", Kind.CATEGORY),
        _key("metric", "name of the estimate that it claims", Kind.CATEGORY),
        _day("starts_on", "first day of its period", key=True),
        _day("ends_on", "last day of its period", key=True),
        Column("segment", Kind.CATEGORY, "part of the data, as channel=...", key=True),
        _of(Kind.NUMBER, "value", "the number", required=True),
    ),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _VISITS, _LEADS, _LEAD_CHANGES, _STAGE_EVENTS, _DEALS, _DEAL_CHANGES, _DEAL_FACTORS,
        _ACTIVITIES, _EMAILS, _CONTENTS, _CONTENT_TOUCHES, _CAMPAIGNS, _SPEND, _REPS, _QUOTAS,
        _TARGETS, _ORDERS, _TICKETS, _RATINGS, _INTERVIEWS, _TOOLS, _SURVEY_ANSWERS, _REPORTED,
    )
}  # fmt: skip


def event_stamps() -> list[tuple[str, str]]:
    """(table, column) of every stamp that says something happened, in the tables' order."""
    return [(t.name, c.name) for t in TABLES.values() for c in t.columns if c.event]


def create_sql(table: Table, name: str | None = None) -> str:
    """The statement that makes an empty table."""
    columns = ", ".join(f"{quoted(c.name)} {c.kind.sql}" for c in table.columns)
    return f"CREATE TABLE {quoted(name or table.name)} ({columns})"
