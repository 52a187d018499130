"""Repeat purchase, referrals, service and ratings, as stated; and what hangs on what."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import Any

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import betaln, gammaln
from scipy.stats import chi2

from salesaudit.world.columns import Table
from salesaudit.world.companies import DEMO
from salesaudit.world.records.customers import customers
from salesaudit.world.records.known import records_truth
from salesaudit.world.records.orders import WEEK, orders, orders_truth
from salesaudit.world.records.tickets import service_cases, slow_since
from salesaudit.world.simulate import History
from salesaudit.world.tables import as_known

FAR = 4.0  # sd
SURE = 0.9999


def near(found: float, expected: float, n: int) -> bool:
    return abs(found - expected) < FAR * sqrt(expected * (1 - expected) / n)


@pytest.fixture(scope="module")
def plain(large: History) -> History:
    """The same company, whose service has nothing to do with its orders."""
    tickets = replace(DEMO.records.tickets, slow_orders=1.0)
    return replace(large, company=replace(DEMO, records=replace(DEMO.records, tickets=tickets)))


@pytest.fixture(scope="module")
def plain_tables(plain: History) -> dict[str, Table]:
    return as_known(plain)


def triples(history: History, known: dict[str, Table]) -> tuple[np.ndarray, ...]:
    """Repeat purchases, week of the last, weeks of age, by customer."""
    own, table = customers(history, known), known["orders"]
    many = len(own.lead)
    repeats = table["repeat"]
    week = (table["ordered_at"] - own.since[table["customer"]]).astype(float) / WEEK
    last = np.zeros(many)
    np.maximum.at(last, table["customer"], week)
    x = np.bincount(table["customer"][repeats], minlength=many)
    return x, last, (history.end - own.since).astype(float) / WEEK


def bg_nbd(log_parameters: np.ndarray, x: np.ndarray, last: np.ndarray, age: np.ndarray) -> float:
    """Log likelihood of Fader, Hardie and Lee (2005), equation 6."""
    r, alpha, a, b = np.exp(log_parameters)
    first = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    second = betaln(a, b + x) - betaln(a, b)
    alive = -(r + x) * np.log(alpha + age)
    gone = np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * np.log(alpha + last)
    gone = np.where(x > 0, gone, -np.inf)
    return float((first + second + np.logaddexp(alive, gone)).sum())


def test_purchases_bear_out_the_parameters_of_their_process(
    plain: History, plain_tables: dict[str, Table]
) -> None:
    """Likelihood ratio of the true parameters against the best ones: chi-square of 4."""
    true, seen = DEMO.records.orders, triples(plain, plain_tables)
    at = np.log([true.r, true.alpha, true.a, true.b])
    best = minimize(
        lambda p: -bg_nbd(p, *seen), at, method="Nelder-Mead", options={"maxiter": 2000}
    )
    assert 2 * (-best.fun - bg_nbd(at, *seen)) < chi2.ppf(SURE, 4)


def test_slow_service_is_seen_by_a_process_that_knows_nothing_of_it(
    large: History, tables: dict[str, Table], plain: History, plain_tables: dict[str, Table]
) -> None:
    fewer = tables["orders"]["repeat"].sum() / plain_tables["orders"]["repeat"].sum()
    assert 0.85 < fewer < 1


@pytest.mark.parametrize("slow_orders", [1.0, 0.5])
def test_purchases_to_come_are_as_many_as_expected(
    large: History, tables: dict[str, Table], slow_orders: float
) -> None:
    gaps, expected = [], []
    records = replace(DEMO.records, tickets=replace(DEMO.records.tickets, slow_orders=slow_orders))
    for seed in range(60):
        other = replace(large, seed=seed, company=replace(DEMO, records=records))
        known = {**tables, "orders": orders(other, tables, records.orders)}
        ahead = orders_truth(other, known, records.orders)["next_365_days"]
        gaps.append(ahead["complete"] - ahead["expected"])
        expected.append(ahead["expected"])
    assert abs(np.mean(gaps)) < FAR * np.std(gaps) / sqrt(len(gaps))
    assert np.mean(expected) > 500


def test_slow_service_takes_as_many_purchases_as_stated(
    large: History, tables: dict[str, Table], plain_tables: dict[str, Table]
) -> None:
    """Of the repeat purchases after a slow case, against the same customers' without its effect."""
    own = customers(large, tables)
    slow = slow_since(large, own, DEMO.records.tickets)

    def after(table: Table) -> int:
        return int((table["repeat"] & (table["ordered_at"] > slow[table["customer"]])).sum())

    kept, all_of_them = after(tables["orders"]), after(plain_tables["orders"])
    assert near(kept / all_of_them, DEMO.records.tickets.slow_orders, all_of_them)


def test_amounts_are_gamma_gamma_and_do_not_go_with_how_often(
    plain: History, plain_tables: dict[str, Table]
) -> None:
    true, table = DEMO.records.orders, plain_tables["orders"]
    customer, amount = table["customer"][table["repeat"]], table["amount"][table["repeat"]]
    who, first, many = np.unique(customer, return_index=True, return_counts=True)
    once = amount[first]
    mean = true.p * true.v / (true.q - 1)
    # Variance of one amount: E[var] + var[E], with E[scale^2] = v^2 / ((q - 1)(q - 2)).
    second = true.v**2 / ((true.q - 1) * (true.q - 2))
    sd = sqrt(true.p * (true.p + 1) * second - mean**2)
    assert abs(once.mean() - mean) < FAR * sd / sqrt(len(once))
    correlation = np.corrcoef(many, np.log(once))[0, 1]
    assert abs(correlation) < FAR / sqrt(len(who))


def test_the_first_order_of_each_customer_is_the_won_deal(tables: dict[str, Table]) -> None:
    orders_, deals = tables["orders"], tables["deals"]
    first = ~orders_["repeat"]
    won = {
        customer: (at, amount)
        for customer, at, amount in zip(
            deals["customer_id"], deals["closed_at"], deals["amount"], strict=True
        )
        if customer
    }
    assert {c: (at, amount) for c, at, amount in zip(
        orders_["customer_id"][first], orders_["ordered_at"][first], orders_["amount"][first],
        strict=True,
    )} == won  # fmt: skip


def test_only_customers_refer_and_only_from_the_channel_that_lives_on_it(
    large: History, tables: dict[str, Table], truth: dict[str, Any]
) -> None:
    referrals, true = tables["referrals"], DEMO.records.referrals
    deals = tables["deals"]
    since = {c: at for c, at in zip(deals["customer_id"], deals["closed_at"], strict=True) if c}
    came = large.created_at[referrals["lead"]]
    assert all(
        since[customer] <= at for customer, at in zip(referrals["referred_by"], came, strict=True)
    )
    channel = [c.name for c in DEMO.channels].index(true.channel)
    assert (large.channel[referrals["lead"]] == channel).all()
    possible = (large.channel == channel) & (large.created_at > min(since.values()))
    assert near(len(came) / possible.sum(), true.told, int(possible.sum()))
    rate = truth["referrals"]["lead_to_customer"]["referred"]
    assert near(large.customer[referrals["lead"]].mean(), rate, len(came))


def test_few_customers_refer_most(truth: dict[str, Any]) -> None:
    """Overdispersed: the variance of referrals a customer is well above their mean."""
    counts = {int(k): v for k, v in truth["referrals"]["customers_by_referrals"].items()}
    each = np.repeat(list(counts), list(counts.values()))
    assert each.var() > 2 * each.mean()


def test_the_leads_column_says_the_same(tables: dict[str, Table]) -> None:
    leads, referrals = tables["leads"], tables["referrals"]
    told = leads["referred_by"] != ""
    assert dict(zip(leads["lead_id"][told], leads["referred_by"][told], strict=True)) == dict(
        zip(referrals["lead_id"], referrals["referred_by"], strict=True)
    )


def test_service_takes_as_long_as_stated(
    large: History, tables: dict[str, Table], truth: dict[str, Any]
) -> None:
    true, own = DEMO.records.tickets, customers(large, tables)
    cases = service_cases(large, own, true)
    n = len(cases["slow"])
    years = own.years(large.end).sum()
    assert abs(n / years - true.per_year) < FAR * sqrt(true.per_year / years)
    hours = (cases["first_reply_at"] - cases["opened_at"]).astype(float) / 3600
    assert near((hours < true.reply_hours).mean(), 0.5, n)
    for place, (name, share) in enumerate(true.kinds):
        assert near((cases["kind"] == name).mean(), share, n), place
    assert truth["tickets"]["slow"] == pytest.approx(cases["slow"].mean(), abs=1e-6)


def test_nobody_is_satisfied_with_a_case_that_is_not_over(tables: dict[str, Table]) -> None:
    tickets = tables["tickets"]
    unsolved = np.isnat(tickets["solved_at"])
    assert unsolved.any()
    assert np.isnan(tickets["satisfaction"][unsolved]).all()
    told = tickets["satisfaction"][~np.isnan(tickets["satisfaction"])]
    assert set(told.tolist()) <= {1, 2, 3, 4, 5}
    slow = tickets["slow"]
    assert np.nanmean(tickets["satisfaction"][slow]) < np.nanmean(tickets["satisfaction"][~slow])


def test_promoters_and_detractors_have_their_shares(truth: dict[str, Any]) -> None:
    ratings = truth["ratings"]
    for share in ("promoters", "detractors"):
        row = ratings[share]
        assert near(row["complete"], row["expected"], ratings["answers"])
    assert ratings["nps"]["expected"] == pytest.approx(0.23)


def test_texts_that_hide_something_are_listed(
    tables: dict[str, Table], truth: dict[str, Any]
) -> None:
    for name, key, text in (
        ("ratings", "rating_id", "comment"),
        ("interviews", "interview_id", "text"),
    ):
        words = dict(zip(tables[name][key], tables[name][text], strict=True))
        planted = truth[name]["planted_texts"]
        assert planted["named"]
        assert planted["hostile"]
        private = {row for row, text in words.items() if "example" in text or "000" in text}
        assert private <= {*planted["named"], *planted["hostile"]}
        marked = {row for row, text in words.items() if text.startswith(("<", "=", "@"))}
        assert marked == set(planted["hostile"])


def test_the_truth_of_the_plain_company_says_that_there_is_no_relation(
    plain: History, plain_tables: dict[str, Table]
) -> None:
    truth = records_truth(plain, plain_tables)
    assert truth["tickets"]["slow_service_on_repeat_rate"] == 1
