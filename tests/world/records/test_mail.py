"""Nurture e-mail: what was drawn agrees with what was to be expected; machines at their rates."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np
import pytest

from salesaudit.world.columns import Table
from salesaudit.world.companies import DEMO
from salesaudit.world.records.emails_truth import SUSPECT
from salesaudit.world.simulate import History

FAR = 4.0  # sd
TRUE = DEMO.records.emails
assert TRUE is not None


def near(found: float, expected: float, n: int) -> bool:
    return abs(found - expected) < FAR * sqrt(expected * (1 - expected) / n)


def test_every_stream_is_clicked_and_left_as_often_as_expected(truth: dict[str, Any]) -> None:
    groups = [*truth["emails"]["by_stream"].values(), *truth["emails"]["by_place"].values()]
    for group in groups:
        clicks, leaves, n = group["click_rate"], group["unsubscribe_hazard"], group["delivered"]
        assert near(clicks["complete"], clicks["expected"], n)
        # Of the last day's messages some are left a little after it.
        assert near(leaves["complete"], leaves["expected"], n)


def test_the_bad_stream_is_clicked_half_as_often_as_its_parameter_says(
    tables: dict[str, Table],
) -> None:
    emails = tables["emails"]
    for item in TRUE.streams:
        first = (emails["stream"] == item.name) & (emails["place"] == 0) & ~emails["bounced"]
        rate = item.clicks * (TRUE.bad_factor if item.name == TRUE.bad else 1)
        assert near(emails["clicked"][first].mean(), rate, int(first.sum())), item.name


def test_machines_work_at_their_rates(tables: dict[str, Table]) -> None:
    emails = tables["emails"]
    arrived = ~emails["bounced"]
    n = int(arrived.sum())
    assert near(emails["bounced"].mean(), TRUE.bounced, len(arrived))
    assert near(emails["scanned"][arrived].mean(), TRUE.scanned, n)
    _, first = np.unique(emails["lead"][arrived], return_index=True)
    proxied = emails["proxied"][arrived][first]
    assert near(proxied.mean(), TRUE.machine_opens, len(proxied))
    told = emails["machine_click"][emails["scanned"]]
    assert near(told.mean(), TRUE.scanned_told, len(told))


def test_scanners_click_within_five_seconds_and_persons_never_within_ten(
    tables: dict[str, Table],
) -> None:
    emails = tables["emails"]
    clicked = ~np.isnat(emails["clicked_at"])
    lag = (emails["clicked_at"] - emails["delivered_at"]).astype("timedelta64[s]").astype(np.int64)
    assert (lag[clicked & emails["scanned"]] <= 5).all()
    assert (lag[clicked & ~emails["scanned"]] > SUSPECT).all()
    assert not emails["machine_click"][~emails["scanned"]].any()


def test_a_plain_reading_overstates_clicks_and_one_without_suspects_does_not(
    truth: dict[str, Any],
) -> None:
    for group in truth["emails"]["by_stream"].values():
        rate = group["click_rate"]
        assert rate["plain"] > rate["expected"] + 0.5 * TRUE.scanned
        assert rate["without_suspects"] == pytest.approx(
            rate["complete"] * (1 - TRUE.scanned), abs=FAR * sqrt(0.03 * 0.06 / group["delivered"])
        )


def test_nobody_is_written_to_after_unsubscribing(large: History, tables: dict[str, Table]) -> None:
    emails = tables["emails"]
    first = np.full(len(large), np.datetime64("9999-12-31", "s"))
    left = ~np.isnat(emails["unsubscribed_at"])
    np.minimum.at(first, emails["lead"][left], emails["unsubscribed_at"][left])
    assert (emails["sent_at"] <= first[emails["lead"]]).all()


def test_mail_begins_when_the_lead_has_come_so_far(
    large: History, tables: dict[str, Table]
) -> None:
    emails = tables["emails"]
    places = {item.name: DEMO.roles.index(item.enters) for item in TRUE.streams}
    place = np.array([places[name] for name in emails["stream"].tolist()])
    assert (large.reached[emails["lead"]] > place).all()
    assert (emails["sent_at"] > large.stage_at[emails["lead"], place]).all()


def test_who_bounced_did_nothing(tables: dict[str, Table]) -> None:
    emails = tables["emails"]
    for column in ("delivered_at", "opened_at", "clicked_at", "replied_at", "unsubscribed_at"):
        assert np.isnat(emails[column][emails["bounced"]]).all(), column


def test_the_demo_stays_of_a_size_to_be_mailed_about(history: History) -> None:
    from salesaudit.world.tables import as_known

    assert 40_000 < len(as_known(history)["emails"]["send_id"]) < 70_000
