"""Defects as they sit in real exports, planted after the clean tables exist.

Each draws from a stream of its own, so that leaving one out changes no clean record, and each
says which ids it touched. The company says which are planted, and how large.
"""

from __future__ import annotations

from collections.abc import Collection

from salesaudit.world import defects_deals as deals
from salesaudit.world import defects_records as records
from salesaudit.world import defects_stamps as stamps
from salesaudit.world.columns import Table
from salesaudit.world.spoiling import Defect, Spoilt
from salesaudit.world.streams import stream
from salesaudit.world.truth import Company

AS_IS = "any; what is planted does not depend on it"
OF_STAMPS, OF_DEALS, OF_LEADS = "share of the stamps", "share of the deals", "share of the leads"

DEFECTS: dict[str, Defect] = {
    "recording_begins_late": Defect(stamps.recording_begins_late, AS_IS),
    "skipped_stamps": Defect(stamps.skipped_stamps, "share of the stamps that a later one follows"),
    "negative_lags": Defect(stamps.negative_lags, "share of the stamps of the second stage"),
    "reversed_stages": Defect(stamps.reversed_stages, "share of the leads with two stamps"),
    "backfilled_stages": Defect(stamps.backfilled_stages, "share of the customers"),
    "ancient_stamps": Defect(stamps.ancient_stamps, OF_STAMPS),
    "unknown_stage": Defect(stamps.unknown_stage, "rows, as a share of the leads"),
    "future_stamps": Defect(stamps.future_stamps, AS_IS),
    "bulk_import": Defect(stamps.bulk_import, OF_LEADS),
    "recording_ends_early": Defect(stamps.recording_ends_early, "days before the end"),
    "impossible_amounts": Defect(deals.impossible_amounts, OF_DEALS),
    "amounts_by_factor": Defect(deals.amounts_by_factor, OF_DEALS),
    "losses_missing": Defect(deals.losses_missing, "share of the window, at its end"),
    "zombies": Defect(deals.zombies, OF_DEALS),
    "default_close_dates": Defect(deals.default_close_dates, "share of the closed deals"),
    "closes_when_counted": Defect(deals.closes_when_counted, "share of the closed deals"),
    "wins_without_day": Defect(deals.wins_without_day, "share of the deals won"),
    "missing_channels": Defect(records.missing_channels, OF_LEADS),
    "gaps_of_a_team": Defect(records.gaps_of_a_team, "share of the leads of the first team"),
    "filled_afterwards": Defect(records.filled_afterwards, "share of the leads that did not buy"),
    "dead_field": Defect(records.dead_field, OF_LEADS),
    "orphans": Defect(records.orphans, "share of the activities"),
    "same_contact": Defect(records.same_contact, "pairs, as a share of the leads"),
    "repeated_rows": Defect(records.repeated_rows, "rows, as a share of the leads"),
    "duplicate_leads": Defect(records.duplicate_leads, "rows, as a share of the leads"),
    "test_rows": Defect(records.test_rows, "rows, as a share of the leads"),
    "broken_rows": Defect(records.broken_rows, "times the 25 of 20,000 leads"),
}


def plant(
    company: Company,
    leads: int,
    tables: dict[str, Table],
    seed: int,
    *,
    without: Collection[str] = (),
    numbered: int | None = None,
) -> Spoilt:
    """Plant the company's defects in the order of ``DEFECTS``, but those named in ``without``."""
    spoilt = Spoilt(company, leads, dict(tables), leads if numbered is None else numbered)
    for name, defect in DEFECTS.items():
        if name in company.defects and name not in without:
            rng = stream(seed, f"defects/{name}")
            spoilt.planted[name] = defect.plant(spoilt, rng, company.defects[name])
    return spoilt
