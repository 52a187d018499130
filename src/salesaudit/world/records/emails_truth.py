"""What is true of nurture e-mail: rates of persons, and what a plain reading makes of them."""

from __future__ import annotations

import numpy as np

from salesaudit.world.base import Flags, Floats
from salesaudit.world.columns import Json, Known, Table, ratio, rounded
from salesaudit.world.records.parameters import Emails
from salesaudit.world.simulate import History

SUSPECT = 10  # seconds after the delivery: whoever clicks sooner is a machine
BANDS = ((1, 1), (2, 3), (4, 6), (7, 99))  # of the message's place in its stream


def emails_truth(history: History, known: Known, true: Emails) -> Json:  # noqa: ARG001
    """By stream, and by the message's place in its stream.

    ``expected`` is the mean of the messages' own chances, exact for the messages that were
    delivered; ``complete`` what persons did, also where a scanner's click came first; ``plain``
    is what the table shows with machines, ``without_suspects`` what it shows without clicks that
    are marked or come within ten seconds. Messages of the last days may still be clicked.
    """
    table = known["emails"]
    arrived = ~table["bounced"]
    streams = {
        item.name: _group(table, arrived & (table["stream"] == item.name), item.kind)
        for item in true.streams
    }
    place = table["place"] + 1
    return {
        "bad_stream": true.bad,
        "effect_on_moving_on": 1.0,
        "by_stream": streams,
        "by_place": {
            f"{low}-{high}": _group(table, arrived & (place >= low) & (place <= high), "")
            for low, high in BANDS
        },
    }


def _group(table: Table, rows: Flags, kind: str) -> Json:
    chance, leaves = table["click_chance"][rows], table["unsubscribe_chance"][rows]
    delivered, sent = int(rows.sum()), table["delivered_at"][rows]
    shown = ~np.isnat(table["clicked_at"][rows])
    soon = (table["clicked_at"][rows] - sent).astype("timedelta64[s]").astype(np.int64) <= SUSPECT
    suspect = shown & (table["machine_click"][rows] | soon)
    leads, inside = np.unique(table["lead"][rows], return_inverse=True)
    nobody: Floats = np.zeros(len(leads))
    np.add.at(nobody, inside, np.log1p(-chance))
    unsubscribed = ~np.isnat(table["unsubscribed_at"][rows])
    return {
        **({"kind": kind} if kind else {}),
        "delivered": delivered,
        "leads": len(leads),
        "click_rate": {
            "expected": ratio(chance.sum(), delivered),
            "complete": ratio(table["clicked"][rows].sum(), delivered),
            "plain": ratio(shown.sum(), delivered),
            "without_suspects": ratio((shown & ~suspect).sum(), delivered),
        },
        "leads_who_clicked": {"expected": ratio((1 - np.exp(nobody)).sum(), len(leads))},
        "open_rate": {
            "expected": ratio(table["open_chance"][rows].sum(), delivered),
            "plain": ratio((~np.isnat(table["opened_at"][rows])).sum(), delivered),
        },
        "unsubscribe_hazard": {
            "expected": ratio(leaves.sum(), delivered),
            "complete": ratio(unsubscribed.sum(), delivered),
        },
        "machine_opens": rounded(table["machine_open"][rows].mean()) if delivered else None,
        "machine_clicks": rounded(table["machine_click"][rows].mean()) if delivered else None,
    }
