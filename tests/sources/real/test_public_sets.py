"""Public data sets loaded with the settings that a person finished, against facts known of them."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from unittest import mock

import duckdb
import pytest

from cli.shell import KEY, Rows, refused
from real_data import folder
from salesaudit import api
from salesaudit.sources.ingest import Loaded

pytestmark = pytest.mark.real_data

SETTINGS = Path(__file__).parent


@cache
def loaded(name: str) -> tuple[Loaded, Callable[[str], Rows]]:
    """A data set with its finished settings beside it; how to ask its tables (``w.leads``)."""
    place = Path(mkdtemp(prefix=f"salesaudit-{name}-"))
    shutil.copytree(folder(name), place, dirs_exist_ok=True)
    shutil.copy(SETTINGS / name / "salesaudit.yaml", place)
    with mock.patch.dict(os.environ, {"SALESAUDIT_HASH_KEY": KEY}):
        found = api.ingest(place, place / "warehouse")
    file = json.loads((place / "warehouse" / "warehouse.json").read_text())["file"]
    con = duckdb.connect()
    con.execute(f"ATTACH '{place / 'warehouse' / file}' AS w (READ_ONLY)")
    shutil.rmtree(place, ignore_errors=True)
    return found, lambda query: con.execute(query).fetchall()


def ask(name: str, query: str) -> Rows:
    return loaded(name)[1](query)


@pytest.mark.parametrize("name", sorted(p.parent.name for p in SETTINGS.glob("*/*.yaml")))
def test_every_record_is_accounted_for(name: str) -> None:
    for entry in loaded(name)[0].entries:
        assert entry.read == entry.loaded + entry.refused
        assert entry.refused == (27 if entry.name == "nps_verbatims.csv" else 0)


def test_leads_and_wins_of_the_marketplace() -> None:
    assert ask("olist", "SELECT count(*), count(channel) FROM w.leads") == [(8000, 7940)]
    assert ask("olist", "SELECT count(DISTINCT rep_id), count(*) FROM w.deals") == [(22, 842)]
    assert ask("olist", "SELECT count(*) FROM w.deals SEMI JOIN w.leads USING (lead_id)") == [
        (842,)
    ]
    late = """SELECT lead_id FROM w.deals d JOIN w.leads l USING (lead_id)
        WHERE d.closed_at < l.created_at"""
    assert ask("olist", late) == [("b91cf8812365f50ff4bda4bcd6206b05",)]


def test_the_lender_s_stages_outcomes_and_minutes() -> None:
    won = "SELECT status, count(*), sum(amount) FROM w.deals GROUP BY 1 ORDER BY 2"
    assert [(s, n) for s, n, _ in ask("loan_pipeline", won)] == [
        ("open", 645), ("won", 1130), ("lost", 5680),
    ]  # fmt: skip
    assert ask("loan_pipeline", "SELECT sum(amount) FROM w.deals WHERE status = 'won'") == [
        (Decimal(16_758_044),)
    ]
    assert ask("loan_pipeline", "SELECT count(*) FROM w.stage_events") == [(49981,)]
    work = "SELECT kind, count(*), round(sum(minutes), 2) FROM w.activities GROUP BY 1 ORDER BY 1"
    calls, _ = ask("loan_pipeline", work)
    assert calls == ("call", 12_055 + 5_367, pytest.approx(119_103.79 + 74_710.77, abs=0.02))


def test_offsets_of_summer_and_winter_time_are_kept() -> None:
    first = "SELECT min(created_at)::TEXT FROM w.leads"
    assert ask("loan_pipeline", first) == [("2011-09-30 22:38:44.546",)]


def test_the_software_firm_s_leads_and_bookings_by_channel() -> None:
    leads = dict(ask("paid_media", "SELECT channel, count(*) FROM w.leads GROUP BY 1"))
    assert leads == {
        "paid-content-syndication": 1260, "paid-search": 635, "paid-social": 361,
        "paid-display-ads": 5, "paid-remarketing": 1,
    }  # fmt: skip
    money = "SELECT status, count(*), sum(amount) FROM w.deals GROUP BY 1 ORDER BY 1"
    assert ask("paid_media", money) == [
        ("open", 54, Decimal("5174990.52")), ("won", 9, Decimal("1713959.67")),
    ]  # fmt: skip
    spend = dict(ask("paid_media", "SELECT channel, amount FROM w.spend"))
    assert sum(spend.values()) == 676_349
    assert spend["paid-content-syndication"] == 100_000


def test_spend_in_another_currency_is_asked_about_and_never_divided(tmp_path: Path) -> None:
    shutil.copytree(folder("paid_media"), tmp_path, dirs_exist_ok=True)
    plain = (SETTINGS / "paid_media" / "salesaudit.yaml").read_text()
    cut = plain.replace("{sql: \"replace(Spend, 'R$', '')\", decimal: \",\"}", "Spend")
    assert cut != plain
    said = refused(tmp_path, {"salesaudit.yaml": cut})
    assert "R$" in said
    assert "Spend" in said


def test_the_one_opportunity_of_another_year_does_not_move_the_end_of_what_is_known() -> None:
    far = "SELECT count(*) FROM w.deals WHERE created_at >= '2023-12-01'"
    assert ask("paid_media", far) == [(1,)]
    assert str(loaded("paid_media")[0].built.until) == "2023-01-31"


def test_spend_of_ads_is_summed_by_day_and_campaign() -> None:
    totals = """SELECT campaign, sum(amount), sum(impressions), sum(clicks) FROM w.spend
        GROUP BY 1 ORDER BY 3"""
    found = ask("facebook_ads", totals)
    assert [(c, i, k) for c, _, i, k in found] == [
        ("916", 482_925, 113), ("936", 8_128_187, 1_984), ("1178", 204_823_716, 36_068),
    ]  # fmt: skip
    assert [float(m) for _, m, _, _ in found] == pytest.approx(
        [149.71, 2_893.37, 55_662.15], abs=0.2
    )


def test_answers_about_deals() -> None:
    status = Counter(dict(ask("b2b_winloss", "SELECT status, count(*) FROM w.deals GROUP BY 1")))
    assert status == {"won": 227, "lost": 221}
    client = """SELECT value, count(*), count(*) FILTER (status = 'won')
        FROM w.deal_factors JOIN w.deals USING (deal_id) WHERE factor = 'Client'
        GROUP BY 1 ORDER BY 2 DESC"""
    assert ask("b2b_winloss", client) == [("Current", 286, 199), ("New", 158, 27), ("Past", 4, 1)]
    joint = """SELECT count(*), count(*) FILTER (status = 'won') FROM w.deals
        WHERE channel = 'Joint past'"""
    assert ask("b2b_winloss", joint) == [(339, 208)]
    assert ask("b2b_winloss", "SELECT count(DISTINCT rep_id) FROM w.deals") == [(18,)]


def test_orders_of_a_file_of_fixed_width_without_a_header() -> None:
    days = "(ordered_at AT TIME ZONE 'UTC' AT TIME ZONE 'America/New_York')::DATE::TEXT"
    found = f"""SELECT count(*), count(DISTINCT customer_id), sum(amount), min({days}),
        max({days}), count(*) FILTER (amount = 0) FROM w.orders"""
    assert ask("cdnow_sample", found) == [
        (6919, 2357, Decimal("244091.94"), "1997-01-01", "1998-06-30", 8)
    ]


def test_scores_with_their_words_masked() -> None:
    scores = "SELECT score, count(*) FROM w.ratings GROUP BY 1 ORDER BY 1"
    assert [n for _, n in ask("nps", scores)] == [
        598, 68, 70, 56, 43, 111, 72, 103, 195, 128, 401,
    ]  # fmt: skip
    by = "SELECT touchpoint, count(*) FROM w.ratings GROUP BY 1 ORDER BY 2 DESC"
    assert ask("nps", by) == [
        ("First Payment", 861), ("Order", 761), ("Equipment Received", 194),
        ("Service in Use", 29),
    ]  # fmt: skip


def test_tickets_from_a_log_of_events() -> None:
    by_year = """SELECT year(opened_at), count(*), count(solved_at) FROM w.tickets
        GROUP BY 1 ORDER BY 1"""
    found = ask("helpdesk", by_year)
    assert [n for _, n, _ in found] == [977, 1518, 1309]
    assert sum(solved for _, _, solved in found) == 3804
    took = "SELECT median(epoch(solved_at - opened_at)) / 86400 FROM w.tickets"
    assert ask("helpdesk", took)[0][0] == pytest.approx(3.93, abs=0.05)


def test_leads_and_messages_that_do_not_meet_stay_apart() -> None:
    assert ask("marketo", "SELECT count(*), count(contact_hash) FROM w.leads") == [(100, 100)]
    known = "SELECT count(*), count(opened_at) FROM w.emails"
    sent, opened = ask("marketo", known)[0]
    assert (sent, opened <= 1) == (98, True)
    assert ask("marketo", "SELECT count(*) FROM w.emails SEMI JOIN w.leads USING (lead_id)") == [
        (0,)
    ]


def test_members_that_open_are_counted_once() -> None:
    rates = "SELECT count(*), count(opened_at), count(clicked_at) FROM w.emails"
    assert ask("mailchimp", rates) == [(10, 7, 2)]


def test_deleted_tickets_are_no_tickets() -> None:
    assert ask("zendesk", "SELECT count(*) FROM w.tickets") == [(8,)]
