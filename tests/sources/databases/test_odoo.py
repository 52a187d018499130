"""Odoo's own database, read by its preset: every row of the tables is known beforehand."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.shell import Rows, folder, load, refused, run
from salesaudit.sources.ingest import Loaded
from sources.databases.cluster import Cluster
from sources.databases.odoo import NEW, NEWEST, OLD, PRIVATE, STAGES, Version, statements
from sources.recognise.answerable import answers, asked, keep, kept

pytestmark = pytest.mark.postgres

THAI = (
    "funnel: [{stage: ใหม่, role: lead}, {stage: ผ่านเกณฑ์, role: mql}, "
    "{stage: เสนอราคา, role: pitched}, {stage: ชนะ, role: customer}]\n"
)


def yaml(
    cluster: Cluster, database: str, version: Version, more: str = ""
) -> dict[str, str | bytes]:
    funnel = THAI if version.names == "jsonb" else ""
    read = f"sources:\n  - {{read: {cluster.address(database)}, preset: odoo-database{more}}}\n"
    return {"salesaudit.yaml": funnel + read}


@pytest.fixture(scope="session")
def odoo(cluster: Cluster) -> Callable[[Version], str]:
    """Makes the database of a version once and names it."""
    made: dict[Version, str] = {}

    def database(version: Version) -> str:
        if version not in made:
            made[version] = f"odoo{len(made)}"
            cluster.make(made[version], *statements(version))
        return made[version]

    return database


def word(version: Version, stage: int) -> str:
    return STAGES[stage][1 if version.names == "jsonb" else 0]


@pytest.fixture(params=[OLD, NEW], ids=["names as text", "names by language"])
def version(request: pytest.FixtureRequest) -> Version:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def loaded(
    tmp_path: Path, cluster: Cluster, odoo: Callable[[Version], str], version: Version
) -> tuple[Loaded, Callable[[str], Rows]]:
    return load(tmp_path, yaml(cluster, odoo(version), version))


def test_leads_are_all_records_archived_ones_among_them(
    loaded: tuple[Loaded, Callable[[str], Rows]], version: Version
) -> None:
    _, ask = loaded
    reason = "แพงเกินไป" if version is NEW else "Too expensive"
    medium = "เว็บไซต์" if version is NEW else "Website"
    assert ask(
        "SELECT lead_id, created_at::VARCHAR, channel, source_detail, campaign, country, owner_id, "
        "customer_id, lost_at::VARCHAR, lost_reason FROM w.leads ORDER BY lead_id"
    ) == [
        ("101", "2024-01-01 08:00:00", "Search engine", medium, "Spring", "TH", "2", "50", None,
         None),
        ("102", "2024-01-02 08:00:00", "Newsletter", medium, "Spring", "TH", "6", None,
         "2024-02-10 10:00:00", reason),
        ("103", "2024-01-03 08:00:00", None, medium, "Spring", "TH", None, None, None, None),
        ("104", "2024-01-04 08:00:00", "Search engine", medium, "Spring", "TH", "2", None, None,
         None),
        ("105", "2024-01-05 08:00:00", "Search engine", medium, "Spring", "TH", "6", None, None,
         None),
        ("106", "2024-01-06 08:00:00", "Search engine", medium, "Spring", "TH", "6", None, None,
         None),
        ("107", "2024-01-07 08:00:00", "Search engine", medium, "Spring", "TH", "6", None,
         "2024-02-01 08:00:00", reason),
    ]  # fmt: skip
    assert ask("SELECT count(contact_hash) FROM w.leads") == [(1,)]


def test_deals_are_opportunities_with_their_outcome(
    loaded: tuple[Loaded, Callable[[str], Rows]], version: Version
) -> None:
    _, ask = loaded
    reason = "แพงเกินไป" if version is NEW else "Too expensive"
    assert ask(
        "SELECT deal_id, lead_id, rep_id, status, stage, amount::VARCHAR, created_at::VARCHAR, "
        "closed_at::VARCHAR, lost_reason FROM w.deals ORDER BY deal_id"
    ) == [
        ("101", "101", "2", "won", word(version, 4), "1000.00", "2024-01-01 08:00:00",
         "2024-01-20 09:30:00", None),
        ("102", "102", "6", "lost", word(version, 2), "700.00", "2024-01-02 08:00:00",
         "2024-02-10 10:00:00", reason),
        ("105", "105", "6", "open", word(version, 2), "300.00", "2024-01-05 08:00:00", None, None),
        ("106", "106", "6", "open", word(version, 1), "90.00", "2024-01-06 08:00:00", None, None),
    ]  # fmt: skip
    assert ask("SELECT DISTINCT expected_on::VARCHAR, pipeline FROM w.deals") == [
        ("2024-06-30", "ยุโรป" if version is NEW else "Europe")
    ]


def test_the_first_stage_is_the_old_value_of_the_first_change(
    loaded: tuple[Loaded, Callable[[str], Rows]], version: Version
) -> None:
    _, ask = loaded
    new, qualified, proposition, won = (word(version, stage) for stage in STAGES)
    assert ask(
        "SELECT lead_id, entered_at::VARCHAR, stage, actor_id FROM w.stage_events "
        "WHERE lead_id IN ('101', '102', '103', '105') ORDER BY lead_id, entered_at, stage"
    ) == [
        ("101", "2024-01-01 08:00:00", new, "2"),
        ("101", "2024-01-03 08:00:00", qualified, "2"),
        ("101", "2024-01-10 08:00:00", proposition, "2"),
        ("101", "2024-01-20 09:30:00", won, "2"),
        ("102", "2024-01-02 08:00:00", new, "2"),
        ("102", "2024-02-02 08:00:00", qualified, "6"),
        ("103", "2024-01-03 08:00:00", new, "2"),
        ("105", "2024-01-05 08:00:00", new, "2"),
        ("105", "2024-03-05 11:00:00", "Demo", "6"),
        ("105", "2024-03-05 11:00:00", qualified, "6"),
    ]
    assert ask("SELECT count(*) FROM w.stage_events") == [(13,)]


def test_changes_people_and_work(
    loaded: tuple[Loaded, Callable[[str], Rows]], version: Version
) -> None:
    _, ask = loaded
    assert ask("SELECT deal_id, changed_at::VARCHAR, field, old, new FROM w.deal_changes") == [
        ("101", "2024-01-05 08:00:00", "amount", "500", "1000")
    ]
    assert ask("SELECT lead_id, changed_at::VARCHAR, field, old, new FROM w.lead_changes") == [
        ("105", "2024-03-01 08:00:00", "owner_id", "2", "6")
    ]
    team = "ยุโรป" if version is NEW else "Europe"
    assert ask("SELECT rep_id, name, team FROM w.reps ORDER BY 1") == [
        ("2", "Mitchell", team), ("6", "Marc", team)
    ]  # fmt: skip
    assert ask(
        "SELECT activity_id, rep_id, done_at::VARCHAR, kind, lead_id, deal_id FROM w.activities"
    ) == [("911", "2", "2024-01-04 02:00:00", "call", "101", "101")]


def test_what_the_preset_does_not_need_is_not_read(
    loaded: tuple[Loaded, Callable[[str], Rows]], tmp_path: Path
) -> None:
    found, _ = loaded
    read = {e.name.rpartition("#")[2]: e.read for e in found.entries if e.into == "(select)"}
    assert read["mail_message"] == 10  # nothing of other models, and no text
    assert read["mail_tracking_value"] == 8
    assert read["res_partner"] == 4  # no contact, no visitor of the portal
    assert read["res_users"] == 2
    for path in (tmp_path / "warehouse").rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert [word for word in PRIVATE if word.encode() in content] == []


def test_one_company_of_several(
    tmp_path: Path, cluster: Cluster, odoo: Callable[[Version], str]
) -> None:
    settings = yaml(cluster, odoo(NEW), NEW, ', where: "company_id = 2"')
    _, ask = load(tmp_path, settings)
    for table in ("leads", "deals", "stage_events"):
        assert ask(f"SELECT list(DISTINCT lead_id) FROM w.{table}") == [(["106"],)]


def test_without_the_table_of_changes_only_the_stage_of_today_is_told(
    tmp_path: Path, cluster: Cluster, odoo: Callable[[Version], str]
) -> None:
    _, ask = load(tmp_path, yaml(cluster, odoo(NEWEST), NEWEST))
    assert ask(
        "SELECT lead_id, entered_at::VARCHAR, stage FROM w.stage_events ORDER BY 1 LIMIT 3"
    ) == [
        ("101", "2024-01-20 09:30:00", "ชนะ"),
        ("102", "2024-02-02 08:00:00", "ผ่านเกณฑ์"),
        ("103", "2024-01-03 08:00:00", "ใหม่"),
    ]
    assert ask("SELECT count(*) FROM w.deals") == [(4,)]


def test_check_says_what_was_read_in_both_languages(
    tmp_path: Path, cluster: Cluster, odoo: Callable[[Version], str]
) -> None:
    folder(tmp_path, yaml(cluster, odoo(OLD), OLD))
    for language in ("en", "th"):
        ended = run("check", tmp_path, "--lang", language)
        assert ended.code == 0, ended.err
        assert re.search(r"odoo-database \(leads\) +leads +7 +7 +0 +7 ", ended.out)


def test_a_database_that_is_no_odoo_is_told(tmp_path: Path, cluster: Cluster) -> None:
    cluster.make("other", "CREATE TABLE customer (id int)")
    told = refused(tmp_path, yaml(cluster, "other", OLD))
    assert "does not look like a database of Odoo: there is no table crm_lead" in told


def test_a_preset_of_an_export_cannot_read_a_database(tmp_path: Path, cluster: Cluster) -> None:
    cluster.make("other", "CREATE TABLE customer (id int)")
    settings = str(yaml(cluster, "other", OLD)["salesaudit.yaml"])
    told = refused(
        tmp_path, {"salesaudit.yaml": settings.replace("odoo-database", "hubspot-contacts")}
    )
    assert "is of an export of HubSpot, not of its database" in told


def test_it_answers_what_is_said_of_it(cluster: Cluster, odoo: Callable[[Version], str]) -> None:
    found = answers(yaml(cluster, odoo(OLD), OLD))
    if asked():
        keep(databases={"odoo-database": found})
    assert kept()["databases"] == {"odoo-database": found}
