"""People planted in every corner of a folder are found nowhere behind the door."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import duckdb
import pytest

from cli.shell import folder, run

PEOPLE = {
    "mail": "somchai.jaidee@example.co.th",
    "phone": "+66 81 234 5678",
    "at home": "081-234-5678",
    "thai digits": "๐๘๑-๒๓๔-๕๖๗๘",
    "name": "Somchai",
    "family": "Jaideeprasert",
    "thai name": "สมหญิง",
    "thai family": "ใจดีประเสริฐ",
    "firm": "Northwind Siamese Traders",
    "thai firm": "น้ำทิพย์ขนส่ง",
    "refused mail": "malee.torn@example.com",
    "refused name": "Maleewan",
}
SAID = (
    "We spoke to Somchai, SOMCHAI JAIDEEPRASERT's chief at northwind  siamese traders; call "
    "081-234-5678 or ๐๘๑-๒๓๔-๕๖๗๘ or +66 81 234 5678 or somchai.jaidee@example.co.th. "
    "คุยกับคุณสมหญิงใจดีประเสริฐจากบริษัทน้ำทิพย์ขนส่งแล้ว คุยกับSomchaiอีกครั้ง"
)
MASKED = (
    "We spoke to [name]'s chief at [name]; call [number] or [number] or [number] or "
    "[address]. คุยกับคุณ[name]จากบริษัท[name]แล้ว คุยกับ[name]อีกครั้ง"
)
CONTACTS = (
    "somchai.jaidee@example.co.th,+66 81 234 5678,Somchai,Jaideeprasert,Northwind Siamese Traders",
    "x@example.co.th,๐๘๑-๒๓๔-๕๖๗๘,สมหญิง,ใจดีประเสริฐ,บริษัท น้ำทิพย์ขนส่ง จำกัด",
    "malee.torn@example.com,081-234-5678,Maleewan,Young,Smith & Sons Co. Ltd.",
)
SETTINGS = """
sources:
  - read: leads.csv
    into: leads
    names: [First, Last, Company]
    columns: {lead_id: id, created_at: made, channel: channel, contact_hash: mail,
              lost_reason: why, score: points, owner_id: owner}
  - read: deals.csv
    into: deals
    columns: {deal_id: id, lead_id: lead, status: status, closed_at: on, amount: sum,
              lost_reason: why}
"""
SAYING = {
    "ratings": "rating_id: id, rated_at: on, score: n, comment: said",
    "interviews": "interview_id: id, deal_id: deal, reason: said, text: said",
    "survey_answers": "question_id: id, respondent: deal, score: n, text: said",
    "deal_factors": "deal_id: deal, factor: id, value: said",
    "emails": "send_id: id, lead_id: lead, stream: stream, sent_at: on, message: said",
    "activities": "activity_id: id, done_at: on, kind: kind, lead_id: lead, outcome: said",
    "tickets": "ticket_id: id, opened_at: on, kind: said",
}


def exports() -> dict[str, str | bytes]:
    leads = "id,made,channel,mail,phone,First,Last,Company,why,points,owner\n" + "".join(
        f'L{i},2024-{1 + i % 12:02d}-05,web,{CONTACTS[i % 3]},"{SAID}",{i},r1\n' for i in range(60)
    )
    leads += f"L90,2024-02-05,web,{CONTACTS[2]},x,ask Maleewan malee.torn@example.com,r1\n"
    leads += f"L91,call Maleewan,web,{CONTACTS[2]},x,1,r1\n"
    leads += f"L92,2024-02-05,{CONTACTS[2]}\n"
    leads += f'L93,2024-02-05,web,"{CONTACTS[2]}'
    deals = "Sales report of Somchai Jaideeprasert (somchai.jaidee@example.co.th)\n\n"
    deals += "id,lead,status,on,sum,why\n" + "".join(
        f'D{i},L{i},{"won" if i % 2 else "lost"},2025-01-{1 + i:02d},{i + 1}00,"{SAID}"\n'
        for i in range(20)
    )
    deals += "D30,L1,ask Somchai Jaideeprasert,2025-01-01,5,x\n"
    said = "id,on,n,said,deal,lead,stream,kind\n" + "".join(
        f'S{i},2024-05-0{1 + i},{i},"{i}: {SAID}",D{i},L{i},hello,call\n' for i in range(5)
    )
    files: dict[str, str | bytes] = {"leads.csv": leads, "deals.csv": deals}
    settings = SETTINGS
    for table, columns in SAYING.items():
        files[f"{table}.csv"] = said
        settings += f"  - {{read: {table}.csv, into: {table}, columns: {{{columns}}}}}\n"
    return {**files, "salesaudit.yaml": settings}


def written(*places: Path) -> Iterator[tuple[str, bytes]]:
    """Everything that was left behind: files, and each table of a database as text."""
    for path in (p for place in places for p in place.rglob("*") if p.is_file()):
        yield path.name, path.read_bytes()
        if path.suffix == ".parquet":
            for row in duckdb.read_parquet(str(path)).fetchall():
                yield path.name, repr(row).encode()
        if path.suffix == ".duckdb":
            with duckdb.connect(str(path), read_only=True) as con:
                for (table,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall():
                    for row in con.execute(f'FROM "{table}"').fetchall():
                        yield f"{path.name}: {table}", repr(row).encode()


def found_in(what: bytes) -> list[str]:
    lowered = what.lower()
    return [
        name
        for name, planted in PEOPLE.items()
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp874")
        if planted.lower().encode(encoding) in lowered
    ]


def everywhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str]]:
    """Load, audit and check a folder, and search all that was written or said."""
    given = folder(tmp_path / "exports", exports())
    warehouse, out, state = tmp_path / "warehouse", tmp_path / "audit", tmp_path / "state"
    said = ""
    environment = {"XDG_STATE_HOME": str(state), "TMPDIR": str(tmp_path / "temporary")}
    (tmp_path / "temporary").mkdir()
    with mock.patch.dict(os.environ, environment):
        for words in (
            ["ingest", given, "--into", warehouse],
            ["audit", warehouse, "-o", out],
            ["check", given, "-v"],
            ["check", given, "--lang", "th"],
        ):
            ended = run(*words)
            assert ended.code == 0, ended.err
            said += ended.out + ended.err
    caught = capsys.readouterr()
    said += caught.out + caught.err
    left = list(written(warehouse, out, state, tmp_path / "temporary"))
    assert {".duckdb", ".html", ".json", ".parquet"} <= {Path(name).suffix for name, _ in left}
    return [
        (where, name) for where, what in [*left, ("said", said.encode())] for name in found_in(what)
    ]


def test_people_are_found_nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert everywhere(tmp_path, capsys) == []


@pytest.mark.parametrize("where", ["mapping.keeping", "privacy.saying"])
def test_the_search_finds_names_where_they_are_not_masked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], where: str
) -> None:
    module = importlib.import_module(f"salesaudit.sources.{where}")
    with mock.patch.object(module, "mask_names", return_value=None):
        found = everywhere(tmp_path, capsys)
    assert {"name"} <= {name for _, name in found}


def test_texts_keep_their_words_and_lose_the_names(tmp_path: Path) -> None:
    given = folder(tmp_path, exports())
    assert run("ingest", given, "--into", tmp_path / "w").code == 0
    [file] = (tmp_path / "w").glob("*.duckdb")
    with duckdb.connect(str(file), read_only=True) as con:
        [(comment,)] = con.execute("SELECT comment FROM ratings WHERE rating_id = 'S0'").fetchall()
        [(n,)] = con.execute("SELECT count(*) FROM leads").fetchall()
    assert comment == f"0: {MASKED}"
    assert n == 61


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("created_at: made", "created_at: mail"),
        ("created_at: made", "created_at: phone"),
        ("created_at: made", "created_at: First"),
        ("created_at: made", "created_at: Company"),
        ("created_at: made", "created_at: why"),
        ("status: status", "status: why"),
        ("amount: sum", "amount: why"),
        ("columns: {lead_id", 'where: "CAST(Last AS INT) > 1"\n    columns: {lead_id'),
        ("channel: channel", "channel: Company"),
    ],
)
def test_errors_tell_of_nobody(tmp_path: Path, old: str, new: str) -> None:
    files = exports()
    settings = str(files["salesaudit.yaml"])
    assert old in settings
    state = tmp_path / "state"
    given = folder(tmp_path / "given", {**files, "salesaudit.yaml": settings.replace(old, new, 1)})
    with mock.patch.dict(os.environ, {"XDG_STATE_HOME": str(state)}):
        for language in ("en", "th"):
            ended = run("check", given, "--lang", language)
            assert ended.code == 2, ended.out
            assert ended.err
            assert found_in((ended.out + ended.err).encode()) == []
    assert [f for _, what in written(state) for f in found_in(what)] == []
