"""Which columns a table of the canonical words could be filled from, and what tells it apart."""

from __future__ import annotations

from typing import NamedTuple


class Want(NamedTuple):
    """A canonical column that is looked for."""

    concept: str  # its words
    weight: float  # what finding it says for the table


class Shape(NamedTuple):
    """A canonical table as it is looked for in a file of one row per record."""

    key: str  # canonical column; empty: none that a file would have
    wants: dict[str, Want]
    needs: tuple[tuple[str, ...], ...]  # of each group one
    numbered: bool = False  # records without an id may be numbered


SHAPES: dict[str, Shape] = {
    "leads": Shape(
        "lead_id",
        {
            "lead_id": Want("lead_id", 1.5),
            "created_at": Want("created", 1.0),
            "channel": Want("channel", 0.8),
            "campaign": Want("campaign", 0.4),
            "source_detail": Want("source_detail", 0.6),
            "country": Want("country", 0.2),
            "industry": Want("industry", 0.2),
            "company_size": Want("company_size", 0.2),
            "owner_id": Want("person", 0.3),
            "customer_id": Want("customer_id", 0.1),
            "score": Want("score", 0.2),
            "status": Want("status", 0.02),
            "lost_at": Want("lost_at", 0.3),
            "lost_reason": Want("lost_reason", 0.1),
            "contact_hash": Want("mail", 0.4),
        },
        needs=(("created_at", "lead_id"),),
        numbered=True,
    ),
    "deals": Shape(
        "deal_id",
        {
            "deal_id": Want("deal_id", 1.5),
            "lead_id": Want("lead_id", 0.3),
            "customer_id": Want("customer_id", 0.2),
            "rep_id": Want("person", 0.4),
            "product": Want("product", 0.3),
            "channel": Want("channel", 0.3),
            "campaign": Want("campaign", 0.2),
            "country": Want("country", 0.1),
            "company_size": Want("company_size", 0.1),
            "pipeline": Want("pipeline", 0.5),
            "stage": Want("stage", 0.5),
            "amount": Want("amount", 0.8),
            "margin": Want("margin", 0.3),
            "created_at": Want("created", 0.2),
            "expected_on": Want("expected", 0.8),
            "closed_at": Want("closed", 1.5),
            "status": Want("status", 1.0),
            "lost_reason": Want("lost_reason", 0.8),
            "competitor": Want("competitor", 0.6),
            "forecast_category": Want("forecast", 0.6),
        },
        needs=(("status", "closed_at", "amount", "stage"),),
        numbered=True,
    ),
    "orders": Shape(
        "order_id",
        {
            "order_id": Want("order_id", 1.5),
            "customer_id": Want("customer_id", 0.8),
            "ordered_at": Want("ordered", 1.0),
            "amount": Want("amount", 0.8),
            "margin": Want("margin", 0.3),
            "product": Want("product", 0.3),
        },
        needs=(("customer_id",), ("ordered_at",), ("amount",)),
        numbered=True,
    ),
    "spend": Shape(
        "",
        {
            "spent_on": Want("day", 0.5),
            "until_on": Want("until", 0.3),
            "channel": Want("channel", 0.6),
            "campaign": Want("campaign", 0.6),
            "amount": Want("spent", 2.0),
            "impressions": Want("impressions", 1.0),
            "clicks": Want("clicks", 1.0),
        },
        needs=(("amount",),),
    ),
    "visits": Shape(
        "",
        {
            "visited_on": Want("day", 0.5),
            "channel": Want("channel", 0.5),
            "campaign": Want("campaign", 0.3),
            "visitors": Want("visitors", 2.0),
        },
        needs=(("visitors",), ("visited_on",)),
    ),
    "tickets": Shape(
        "ticket_id",
        {
            "ticket_id": Want("ticket_id", 1.5),
            "customer_id": Want("customer_id", 0.2),
            "opened_at": Want("opened", 0.8),
            "first_reply_at": Want("replied", 0.8),
            "solved_at": Want("solved", 1.0),
            "kind": Want("kind", 0.2),
            "satisfaction": Want("satisfaction", 0.5),
        },
        needs=(("ticket_id",), ("opened_at",)),
    ),
    "ratings": Shape(
        "",
        {
            "rated_at": Want("rated", 0.7),
            "customer_id": Want("customer_id", 0.2),
            "score": Want("rating", 1.5),
            "touchpoint": Want("touchpoint", 0.5),
            "comment": Want("comment", 0.8),
        },
        needs=(("score",), ("rated_at",)),
        numbered=True,
    ),
    "activities": Shape(
        "activity_id",
        {
            "activity_id": Want("activity_id", 0.6),
            "rep_id": Want("person", 0.6),
            "done_at": Want("done", 0.8),
            "kind": Want("kind", 0.8),
            "lead_id": Want("lead_id", 0.4),
            "deal_id": Want("deal_id", 0.4),
            "minutes": Want("minutes", 1.0),
        },
        needs=(("done_at",), ("kind",)),
        numbered=True,
    ),
    "reps": Shape(
        "rep_id",
        {
            "rep_id": Want("rep_id", 1.0),
            "name": Want("name", 1.0),
            "team": Want("team", 1.0),
            "hired_on": Want("hired", 1.0),
            "left_on": Want("left", 0.8),
        },
        needs=(("rep_id",), ("name", "team", "hired_on")),
    ),
    "lead_changes": Shape(
        "",
        {
            "lead_id": Want("lead_id", 0.8),
            "changed_at": Want("at", 0.5),
            "field": Want("field", 1.0),
            "old": Want("old", 1.2),
            "new": Want("new", 1.2),
        },
        needs=(("lead_id",), ("changed_at",), ("field",), ("old",), ("new",)),
    ),
    "deal_changes": Shape(
        "",
        {
            "deal_id": Want("deal_id", 0.8),
            "changed_at": Want("at", 0.5),
            "field": Want("field", 1.0),
            "old": Want("old", 1.2),
            "new": Want("new", 1.2),
        },
        needs=(("deal_id",), ("changed_at",), ("field",), ("old",), ("new",)),
    ),
}
REFERENCES = {"lead_id": "leads", "deal_id": "deals"}  # columns of other tables, and whose key
OWN_KEY = {("leads", "lead_id"), ("deals", "deal_id")}
