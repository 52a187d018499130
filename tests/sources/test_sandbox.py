"""Expressions of the settings see the exports and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.shell import DEALS, LEADS, READ_LEADS, load, refused

FILES = {"leads.csv": LEADS, "deals.csv": DEALS}


def where(condition: str) -> dict[str, str | bytes]:
    settings = f"sources:\n{READ_LEADS}".replace("into", f'where: "{condition}", into')
    return {**FILES, "salesaudit.yaml": settings}


def select(query: str) -> dict[str, str | bytes]:
    source = (
        f'  - {{read: {{select: "{query}"}}, into: deals, columns: {{deal_id: deal_id, '
        "lead_id: lead_id, status: status}}\n"
    )
    return {**FILES, "salesaudit.yaml": f"sources:\n{READ_LEADS}{source}"}


@pytest.mark.parametrize(
    "condition",
    [
        "(SELECT count(*) FROM read_csv('/etc/passwd')) > 0",
        "(SELECT content FROM read_text('/etc/passwd')) <> ''",
        "(SELECT count(*) FROM '/etc/passwd') > 0",
        "getenv('HOME') <> ''",
        "1; DROP TABLE refused",
        "true); COPY refused TO '{place}/stolen'; SELECT (1",
        "chanel = 'web'",
        "channel",
        "nonsense(",
    ],
)
def test_a_condition_does_no_more_than_choose_records(tmp_path: Path, condition: str) -> None:
    said = refused(tmp_path, where(condition.replace("{place}", str(tmp_path))))
    assert said.startswith("leads.csv, where: ")
    assert "it sees the exports' columns as text, and no files" in said
    assert not (tmp_path / "stolen").exists()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv_auto('/etc/passwd')",
        "SELECT * FROM glob('/etc/*')",
        "COPY deals TO '{place}/stolen'",
        "ATTACH '{place}/stolen'",
        "SELECT 1; DROP TABLE deals",
        "SELECT 1; SELECT 2",
        "PRAGMA database_list",
        "SET memory_limit = '1GB'",
        "INSTALL httpfs",
        "CREATE TABLE x AS SELECT 1",
        "SELECT * FROM deals WHERE",
        "",
    ],
)
def test_a_select_does_no_more_than_read_the_exports(tmp_path: Path, query: str) -> None:
    said = refused(tmp_path, select(query.replace("{place}", str(tmp_path))))
    assert said.startswith("select-1: ")
    assert not (tmp_path / "stolen").exists()


def test_a_select_over_no_file_is_told_which_there_are(tmp_path: Path) -> None:
    said = refused(tmp_path, select("SELECT * FROM dealz"))
    assert "there is no file that is the table dealz" in said
    assert "there are: deals, leads" in said


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM deals;",
        "FROM deals",
        "SELECT d.* FROM deals d JOIN leads l ON l.lead_id = d.lead_id",
        "SELECT *, as_number(amount) AS n, as_time(closed_at) AS t FROM deals",
    ],
)
def test_files_named_as_tables_are_selected_from(tmp_path: Path, query: str) -> None:
    _, ask = load(tmp_path, select(query))
    assert ask("SELECT count(*) FROM w.deals") == [(30,)]


def test_a_file_may_be_named_as_a_table_of_our_own(tmp_path: Path) -> None:
    files = select("SELECT * FROM refused")
    loaded, _ = load(tmp_path, {**files, "refused.csv": DEALS, "deals.csv": "a,b\n1,2\n"})
    assert [(e.name, e.rows) for e in loaded.entries][1:] == [("select-1", 30), ("refused.csv", 30)]
