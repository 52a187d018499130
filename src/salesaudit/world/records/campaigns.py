"""Campaigns: one a quarter for each channel that names them, with what was planned."""

from __future__ import annotations

import numpy as np

from salesaudit.world.columns import Json, Known, Table, Words, words
from salesaudit.world.records.expected import expected_leads
from salesaudit.world.records.parameters import Campaigns
from salesaudit.world.records.quarters import campaign_name, first_day, quarter_of
from salesaudit.world.simulate import History
from salesaudit.world.streams import stream


def campaigns(history: History, known: Known, true: Campaigns) -> Table:  # noqa: ARG001
    """One row per campaign, in the order of time."""
    company, expected = history.company, expected_leads(history)
    quarter = quarter_of(expected.months)
    numbers, starts = np.unique(quarter, return_index=True)
    leads = np.add.reduceat(expected.leads, starts, axis=1)
    noise = stream(history.seed, "campaigns").lognormal(0.0, true.noise, leads.shape)
    planned = np.ceil(leads * true.optimism * noise)
    cells = [
        (place, number)
        for place in range(len(numbers))
        for number, channel in enumerate(company.channels)
        if channel.code
    ]
    place, channel = (np.array(part) for part in zip(*cells, strict=True))
    cost = np.array([item.cost_per_lead for item in company.channels])[channel]
    quarters = numbers[place].tolist()
    begin, end = np.datetime64(company.first_day), np.datetime64(company.last_day)
    first = np.array([max(first_day(q), begin) for q in quarters])
    last = np.array([min(first_day(q + 1) - np.timedelta64(1, "D"), end) for q in quarters])
    items = [company.channels[number] for number in channel.tolist()]
    return {
        "campaign": words(
            [campaign_name(item.code, q) for item, q in zip(items, quarters, strict=True)]
        ),
        "channel": words([item.name for item in items]),
        "kind": words(true.kinds)[channel],
        "starts_on": first.astype("datetime64[s]"),
        "ends_on": last.astype("datetime64[s]"),
        "planned_leads": planned[channel, place],
        "planned_cost": np.round(planned[channel, place] * cost, -2),
    }


def campaigns_truth(history: History, known: Known, true: Campaigns) -> Json:
    """Leads and customers that each campaign brought in the end, against its plan."""
    table, names = known["campaigns"], _campaign_of_leads(history)
    rows = {}
    for name, planned in zip(
        table["campaign"].tolist(), table["planned_leads"].tolist(), strict=True
    ):
        mine = names == name
        rows[name] = {
            "leads": int(mine.sum()),
            "customers": int((mine & history.customer).sum()),
            "planned": planned,
        }
    return {"optimism": true.optimism, "by_campaign": rows}


def _campaign_of_leads(history: History) -> Words:
    codes = [channel.code for channel in history.company.channels]
    pairs = zip(history.channel.tolist(), quarter_of(history.created_at).tolist(), strict=True)
    return words([campaign_name(codes[channel], quarter) for channel, quarter in pairs])
