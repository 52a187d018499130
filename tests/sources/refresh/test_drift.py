"""Exports whose columns are no longer what they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from salesaudit.core.errors import SalesAuditError
from sources.refresh.kept import Kept, deals, many, said

LEADS = "lead_id,created_at,channel,country\n" + "".join(
    f"L{i},2024-01-{1 + i:02d},web,TH\n" for i in range(10)
)
MAPPED = (
    "sources:\n  - {read: 'leads*', into: leads, columns: {lead_id: lead_id, "
    "created_at: created_at, channel: channel, country: country}}\n"
)


def refused(kept: Kept, files: dict[str, str | bytes]) -> str:
    before = kept.tables()
    with pytest.raises(SalesAuditError) as caught:
        kept.load(files)
    assert kept.tables() == before
    return str(caught.value)


@pytest.mark.parametrize("yaml", [MAPPED, ""])
def test_a_renamed_column_is_asked_about_with_the_nearest(tmp_path: Path, yaml: str) -> None:
    kept = Kept(tmp_path)
    settings = {"salesaudit.yaml": yaml} if yaml else {}
    kept.load({"leads_2024-02-01.csv": LEADS, **settings})
    for column, renamed in (("channel", "chanel"), ("lead_id", "LeadNumber")):
        told = refused(kept, {"leads_2024-03-01.csv": LEADS.replace(column, renamed), **settings})
        assert f"no column “{column}” any more" in told
        assert f"nearest of its columns is “{renamed}”" in told
        assert f"{column}: {renamed}" in told


@pytest.mark.parametrize("yaml", [MAPPED, ""])
def test_a_column_that_is_gone_is_told_and_its_values_stay(tmp_path: Path, yaml: str) -> None:
    kept = Kept(tmp_path)
    settings = {"salesaudit.yaml": yaml} if yaml else {}
    kept.load({"leads_2024-02-01.csv": LEADS, **settings})
    lines = [line.rsplit(",", 1)[0] + "\n" for line in LEADS.splitlines()]
    loaded = kept.load({"leads_2024-03-01.csv": "".join(lines), **settings})
    assert (
        "leads_2024-03-01.csv no longer has the column “country” for leads.country; "
        "what earlier exports said stays."
    ) in said(loaded)
    assert kept.ask("SELECT DISTINCT country FROM w.leads") == [("TH",)]


def test_a_column_that_is_new_is_told_and_offered(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.load({"leads_2024-02-01.csv": LEADS})
    loaded = kept.load(
        {"leads_2024-03-01.csv": LEADS.replace(",TH", ",TH,x").replace("country", "country,Tier")}
    )
    assert any("did not have: Tier" in line for line in said(loaded))


def test_dates_that_are_read_in_another_order_are_asked_about(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    days = [(1 + i, 1 + (i + 3) % 12) for i in range(12)]
    first = "".join(f"L{d},{d:02d}/{m:02d}/2024\n" for d, m in days) + "Z,25/12/2024\n"
    second = "".join(f"L{d},{d:02d}/{m:02d}/2024\n" for d, m in days) + "Z,12/25/2024\n"
    head = "lead_id,created_at\n"
    kept.load({"leads_2025-02-01.csv": head + first})
    told = refused(kept, {"leads_2025-03-01.csv": head + second})
    assert "of the records that an older export has too now begin on another day" in told
    assert "columns.created_at" in told


def test_a_refresh_without_any_known_stage_is_asked_about(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    head = "lead_id,stage,entered_at\n"
    kept.load({"leads.csv": LEADS, "stage_events 2024-02-01.csv": f"{head}L1,mql,2024-01-20\n"})
    told = refused(kept, {"stage_events 2024-03-01.csv": f"{head}L2,MQLs,2024-02-20\n"})
    assert "Name “MQLs” as the funnel does (the nearest is “mql”)" in told
    kept.load({"stage_events 2024-03-01.csv": f"{head}L2,mql,2024-02-20\nL3,Zork,2024-02-20\n"})
    assert kept.ask("SELECT count(*) FROM w.stage_events") == [(3,)]


def test_what_a_single_file_does_not_say_of_the_company_stays(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    yaml = "currency: THB\ntimezone: Asia/Bangkok\nfunnel: [lead, {s2: sql}, customer]\n"
    kept.load({"deals_2024-02-01.csv": deals(*many(3)), "salesaudit.yaml": yaml})
    loaded = kept.load({"deals_2024-03-01.csv": deals(*many(3), "D9,won,s1,4")})
    assert (loaded.settings.currency, loaded.settings.timezone) == ("THB", "Asia/Bangkok")
    assert [stage.name for stage in loaded.settings.funnel] == ["lead", "s2", "customer"]
