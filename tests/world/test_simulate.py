"""The complete history: it follows its parameters, and time never runs backwards."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from salesaudit.world.companies import DEMO
from salesaudit.world.simulate import History, demand, office_time, simulate
from salesaudit.world.staff import working_reps
from salesaudit.world.streams import stream


def times(*texts: str) -> np.ndarray:
    return np.array(texts, dtype="datetime64[s]")


def test_a_stream_depends_on_its_seed_and_its_name_alone() -> None:
    first = stream(1, "leads").random(3)
    assert np.array_equal(first, stream(1, "leads").random(3))
    assert not np.array_equal(first, stream(1, "deals").random(3))
    assert not np.array_equal(first, stream(2, "leads").random(3))


def test_work_waits_for_office_hours_and_never_comes_earlier() -> None:
    at = times(
        "2024-03-06T10:15:00",  # a Wednesday in office hours
        "2024-03-06T08:59:59",
        "2024-03-06T18:00:00",
        "2024-03-08T23:00:00",  # a Friday night
        "2024-03-09T12:00:00",
        "2024-04-12T18:30:00",  # before Songkran and a weekend
    )
    moved = office_time(at, np.random.default_rng(0), DEMO.holidays)
    days = ["2024-03-06", "2024-03-06", "2024-03-07", "2024-03-11", "2024-03-11", "2024-04-16"]
    assert moved.astype("datetime64[D]").astype(str).tolist() == days
    assert moved[0] == at[0]
    assert (moved >= at).all()
    waited = moved[1:] - moved[1:].astype("datetime64[D]")
    assert ((waited >= 9 * 3600) & (waited < 10 * 3600)).all()


def test_stages_follow_each_other_and_losses_come_last(history: History) -> None:
    assert (np.diff(history.stage_at, axis=1).astype(np.int64) >= 600).all()
    last = history.stage_at[np.arange(len(history)), history.reached - 1]
    lost = ~history.customer
    assert np.isnat(history.lost_at[history.customer]).all()
    assert (history.lost_at[lost] > last[lost]).all()


def test_all_leads_come_inside_the_window_in_the_order_of_their_numbers(history: History) -> None:
    assert len(history) == 20_000
    assert (np.diff(history.created_at) >= np.timedelta64(0)).all()
    days = history.created_at.astype("datetime64[D]")
    assert days[0] >= np.datetime64(DEMO.first_day)
    assert days[-1] == np.datetime64(DEMO.last_day)


def test_channels_get_their_shares(history: History) -> None:
    counts = np.bincount(history.channel, minlength=8)
    shares = np.array([channel.share for channel in DEMO.channels])
    # A day's demand has a variance of its own: 1/20 of its square, over 1,096 days.
    sd = np.sqrt(20_000 * shares * (1 - shares) + (20_000 * shares) ** 2 * 3 / 20 / 1_096)
    assert (np.abs(counts - 20_000 * shares) < 4 * sd).all()


def test_demand_grows_and_has_seasons() -> None:
    days, share = demand(DEMO)
    assert share.sum() == pytest.approx(1)
    line = next(n for n, channel in enumerate(DEMO.channels) if channel.name == "LINE OA")
    fairs = next(n for n, channel in enumerate(DEMO.channels) if channel.season)
    years, months = days.astype("datetime64[Y]"), days.astype("datetime64[M]").astype(int) % 12
    first, last = (share[line, years == np.datetime64(year)].sum() for year in ("2023", "2025"))
    assert last / first == pytest.approx(1.022**24, rel=0.02)
    assert share[fairs, months == 2].sum() > 8 * share[fairs, months == 3].sum()


def test_leads_go_to_reps_of_their_team_who_are_present(history: History) -> None:
    reps = [DEMO.reps[place] for place in history.rep]
    sizes = [DEMO.sizes[place] for place in history.size]
    assert all(rep.team == size.team for rep, size in zip(reps, sizes, strict=True))
    days = history.stage_at[:, 1].astype("datetime64[D]").tolist()
    for rep, day in zip(reps, days, strict=True):
        seen = min(day, DEMO.last_day)
        assert rep.hired_on <= seen <= (rep.left_on or DEMO.last_day)


def test_cases_of_a_rep_who_left_go_to_the_successor() -> None:
    place = next(n for n, rep in enumerate(DEMO.reps) if rep.left_on == date(2024, 6, 28))
    at = times("2024-06-28T17:00:00", "2024-06-29T09:00:00")
    assert working_reps(DEMO, np.array([place, place]), at).tolist() == ["E1012", "E1018"]


def test_one_more_stream_changes_no_other_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another spread of the amounts leaves everything but the amounts as it was."""
    from dataclasses import fields, replace

    dearer = replace(DEMO, products=tuple(replace(item, spread=0.9) for item in DEMO.products))
    one, other = simulate(DEMO, 1_000, 3), simulate(dearer, 1_000, 3)
    for field in fields(History):
        same = np.array_equal(
            np.asarray(getattr(one, field.name)).astype(str),
            np.asarray(getattr(other, field.name)).astype(str),
        )
        assert same == (field.name not in {"company", "amount"}), field.name
