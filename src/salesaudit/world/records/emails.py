"""Nurture e-mail: what leads were sent and did with it, and what machines did beside them."""

from __future__ import annotations

import numpy as np

from salesaudit.world.base import DAY, HOUR, NEVER, Flags, Floats, Times
from salesaudit.world.columns import (
    Known,
    Table,
    joined,
    known_by,
    numbered,
    repeated,
    rows_of,
    seconds,
    words,
)
from salesaudit.world.records.parameters import Emails, MailStream
from salesaudit.world.simulate import History
from salesaudit.world.streams import stream

MOST = 0.95  # of any chance
FOREVER = np.datetime64("9999-12-31", "s")


def emails(history: History, known: Known, true: Emails) -> Table:
    """One row per message sent by the last day, in the order of time.

    Helpers: ``clicked`` and ``opened`` by a person, ``click_chance``, ``unsubscribe_chance``,
    ``scanned``, ``place`` in the stream from 0, ``lead``.
    """
    rng = stream(history.seed, "emails/leads")
    proxied = rng.random(len(history)) < true.machine_opens
    ready = rng.lognormal(-(true.spread**2) / 2, true.spread, len(history))
    table = joined([_of_stream(history, item, true, proxied, ready) for item in true.streams])
    table = rows_of(table, _still_subscribed(history, table))
    table = rows_of(table, np.lexsort((table["lead"], table["sent_at"])))
    for name in ("opened_at", "clicked_at", "replied_at", "unsubscribed_at"):
        table[name] = known_by(table[name], history.end)
    table["machine_open"] &= ~np.isnat(table["opened_at"])
    table["machine_click"] &= ~np.isnat(table["clicked_at"])
    lead = table["lead"]
    domains = words([str(a).rpartition("@")[2] for a in known["leads"]["contact_hash"].tolist()])
    return {
        "send_id": numbered("M", len(lead), 7, before=history.first),
        "lead_id": history.lead_ids[lead],
        **table,
        "mail_domain": domains[lead],
    }


def _of_stream(
    history: History, item: MailStream, true: Emails, proxied: Flags, ready: Floats
) -> Table:
    rng = stream(history.seed, f"emails/{item.name}")
    place = history.company.roles.index(item.enters)
    there = (history.reached > place) & (history.stage_at[:, place] < history.end)
    gets = np.flatnonzero(there & (rng.random(len(history)) < item.share))
    many = np.full(len(gets), item.messages)
    row, ordinal = repeated(many)
    lead = gets[row]
    sent = history.stage_at[lead, place] + seconds(
        (item.after + ordinal * item.every) * DAY + rng.integers(300, HOUR, len(lead))
    )
    draws = rng.random((7, len(lead)))
    arrives = draws[0] >= true.bounced
    tired = true.fatigue**ordinal
    opens = np.minimum(item.opens * tired, MOST)
    rate = item.clicks * (true.bad_factor if item.name == true.bad else 1.0)
    clicks = np.minimum(rate * tired * ready[lead], opens)
    leaves = np.minimum(item.unsubscribes * true.weary**ordinal, MOST)
    scanned = arrives & (draws[1] < true.scanned)
    person = _person(sent, arrives, opens=opens, clicks=clicks, draws=draws, rng=rng)
    delivered = person["delivered_at"]
    proxy = np.where(proxied[lead] & arrives, delivered + rng.integers(1, 9, len(lead)), NEVER)
    scan = np.where(scanned, delivered + rng.integers(2, 6, len(lead)), NEVER)
    scan_open = np.where(scanned, delivered + 1, NEVER)
    by_machine = np.fmin(proxy, scan_open)
    late = delivered + seconds(rng.lognormal(np.log(3.0), 1.2, len(lead)) * HOUR + 200)
    return {
        "stream": np.full(len(lead), item.name, dtype=object),
        "message": words([f"{item.name} {n}" for n in range(1, item.messages + 1)])[ordinal],
        "kind": np.full(len(lead), item.kind, dtype=object),
        "sent_at": sent,
        "delivered_at": delivered,
        "opened_at": np.fmin(by_machine, person["opened_at"]),
        "clicked_at": np.fmin(scan, person["clicked_at"]),
        "replied_at": np.where(arrives & (draws[4] < item.replies), late, NEVER),
        "unsubscribed_at": np.where(arrives & (draws[5] < leaves), late, NEVER),
        "bounced": ~arrives,
        "machine_open": ~np.isnat(by_machine)
        & (draws[6] < np.where(scanned, true.scanned_told, true.machine_opens_told)),
        "machine_click": scanned & (draws[6] < true.scanned_told),
        "lead": lead,
        "place": ordinal,
        "scanned": scanned,
        "proxied": proxied[lead] & arrives,
        "opened": ~np.isnat(person["opened_at"]),
        "clicked": ~np.isnat(person["clicked_at"]),
        "click_chance": clicks,
        "open_chance": opens,
        "unsubscribe_chance": leaves,
    }


def _person(
    sent: Times,
    arrives: Flags,
    *,
    opens: Floats,
    clicks: Floats,
    draws: Floats,
    rng: np.random.Generator,
) -> dict[str, Times]:
    """What the person does; who clicks has opened, and nobody within the first minute."""
    delivered = np.where(arrives, sent + rng.integers(2, 40, len(sent)), NEVER)
    waits = seconds(rng.lognormal(np.log(3.0), 1.4, len(sent)) * HOUR + 60)
    opened = np.where(arrives & (draws[2] < opens), delivered + waits, NEVER)
    reads = seconds(10 + 120 * draws[3])
    return {
        "delivered_at": delivered,
        "opened_at": opened,
        "clicked_at": np.where(arrives & (draws[2] < clicks), opened + reads, NEVER),
    }


def _still_subscribed(history: History, table: Table) -> Flags:
    """Messages sent by the last day to leads who had not unsubscribed from any stream."""
    leaves = np.where(np.isnat(table["unsubscribed_at"]), FOREVER, table["unsubscribed_at"])
    first = np.full(len(history), FOREVER)
    np.minimum.at(first, table["lead"], leaves)
    sent = table["sent_at"]
    kept: Flags = (sent < history.end) & (sent <= first[table["lead"]])
    return kept
