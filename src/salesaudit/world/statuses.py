"""The CRM's words for where a lead and a deal stand."""

from __future__ import annotations

NEW, NURTURED, WORKED, CONVERTED, LOST = (
    "New", "Nurturing", "Working", "Converted", "Unqualified",
)  # fmt: skip
OPEN_WORDS = ("Proposal sent", "Negotiation", "Waiting for approval")
DEAL_WON, DEAL_LOST = "Closed Won", "Closed Lost"
