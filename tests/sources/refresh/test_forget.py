"""A person who is forgotten is in no file of the warehouse, and does not come back."""

from __future__ import annotations

import os
from pathlib import Path
from unittest import mock

import duckdb

from cli.shell import KEY, run
from salesaudit.sources.privacy import pseudonyms
from sources.refresh.kept import Kept

HASH = (
    "sources:\n  - {read: 'leads*', into: leads, columns: {lead_id: lead_id, channel: channel, "
    "created_at: created_at, customer_id: customer_id, contact_hash: email}}\n"
)
REST = (
    "  - {read: 'deals*', into: deals, columns: {deal_id: deal_id, lead_id: lead_id, "
    "customer_id: customer_id, status: status, closed_at: closed_at, amount: amount}}\n"
    "  - {read: 'ratings*', into: ratings, columns: {rating_id: rating_id, "
    "customer_id: customer_id, rated_at: rated_at, score: score, comment: comment}}\n"
    "  - {read: 'talks*', into: interviews, columns: {interview_id: id, deal_id: deal_id, "
    "text: text}}\n"
)


def exports(day: str, more: str = "") -> dict[str, str | bytes]:
    return {
        "salesaudit.yaml": HASH + REST,
        f"leads_{day}.csv": "lead_id,created_at,channel,customer_id,email\n"
        "LEADPLANTED,2024-01-03,web,CUSTPLANTED,planted@person.example\n"
        "LEADAGAIN,2024-01-20,ads,,Planted@Person.example\n"
        "LEADOTHER,2024-01-04,web,CUSTOTHER,other@person.example\n"
        f"LEADDOUBLE,2024-01-05,web,,x@person.example\nLEADDOUBLE,2024-01-06,ads,,\n{more}",
        f"deals_{day}.csv": "deal_id,lead_id,customer_id,status,closed_at,amount\n"
        "D1,LEADPLANTED,CUSTPLANTED,won,2024-02-01,100\n"
        "D2,LEADOTHER,CUSTOTHER,won,2024-02-02,200\n"
        "D3,LEADPLANTED,CUSTPLANTED,won,2024-02-03,torn PLANTEDCELL\n",
        f"ratings_{day}.csv": "rating_id,customer_id,rated_at,score,comment\n"
        "R1,CUSTPLANTED,2024-03-01,9,commentplanted quite good\n"
        "R2,CUSTOTHER,2024-03-01,8,commentother fine\n",
        f"talks_{day}.csv": "id,deal_id,text\nT1,D1,talkplanted long words\nT2,D2,talkother\n",
    }


PLANTED = ("LEADPLANTED", "LEADAGAIN", "CUSTPLANTED", "commentplanted", "talkplanted")


def everything(place: Path) -> bytes:
    """All bytes of all files, and all values of all tables."""
    found = [path.read_bytes() for path in place.rglob("*") if path.is_file()]
    found += [
        str(duckdb.sql(f"SELECT * FROM '{path}'").fetchall()).encode()
        for path in place.rglob("*.parquet")
    ]
    for path in place.rglob("*.duckdb"):
        with duckdb.connect(str(path), read_only=True) as con:
            names = [row[0] for row in con.execute("SHOW TABLES").fetchall()]
            found += [str(con.sql(f'FROM "{name}"').fetchall()).encode() for name in names]
    return b"\n".join(found)


def counts(kept: Kept) -> list[tuple[object, ...]]:
    return kept.ask(
        "SELECT 'leads', count(*), count(DISTINCT channel) FROM w.leads UNION ALL "
        "SELECT outcome, count(*), sum(won_amount) FROM w.journeys GROUP BY 1 UNION ALL "
        "SELECT 'ratings', sum(score), count(DISTINCT customer_id) FROM w.ratings UNION ALL "
        "SELECT 'interviews', count(*), count(DISTINCT deal_id) FROM w.interviews ORDER BY ALL"
    )


def hash_of(address: str) -> str:
    with mock.patch.dict(os.environ, {"SALESAUDIT_HASH_KEY": KEY}):
        hashed = pseudonyms().of_contact(address)
    assert hashed is not None
    return hashed


def test_a_person_leaves_every_file_and_the_counts_stay(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.load(exports("2024-03-01"))
    kept.load(exports("2024-04-01", "LEADNEW,2024-03-20,web,,\n"))
    before = counts(kept)
    planted = [name.encode() for name in (*PLANTED, hash_of("planted@person.example"))]
    assert all(name in everything(kept.warehouse) for name in planted)
    ended = run("forget", "LEADPLANTED", "--warehouse", kept.warehouse)
    assert ended.code == 0, ended.err
    left = everything(kept.warehouse)
    assert [name for name in planted if name in left] == []
    for name in ("LEADOTHER", "CUSTOTHER", "commentother", "talkother"):
        assert name.encode() in left
    assert hash_of("other@person.example").encode() in left
    assert counts(kept) == before


def test_neither_a_rebuild_nor_an_old_export_brings_a_person_back(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.load(exports("2024-03-01"))
    before = counts(kept)
    assert run("forget", "planted@person.example", "--warehouse", kept.warehouse).code == 0
    kept.ingest(kept.warehouse, rebuild=True)
    kept.load(exports("2024-03-15"))
    kept.load(exports("2024-02-15", "LEADNEW,2024-03-20,web,,planted@person.example\n"))
    left = everything(kept.warehouse)
    planted = [name.encode() for name in (*PLANTED, hash_of("planted@person.example"))]
    assert [name for name in planted if name in left] == []
    assert [row for row in counts(kept) if row[0] != "leads"][-1] == before[-1]
    assert kept.ask("SELECT count(*) FROM w.leads") == [(4,)]


def test_what_a_deal_or_a_customer_is_known_by_leads_to_the_person(tmp_path: Path) -> None:
    for name in ("D1", "CUSTPLANTED"):
        kept = Kept(tmp_path / name)
        kept.load(exports("2024-03-01"))
        assert run("forget", name, "--warehouse", kept.warehouse).code == 0
        left = everything(kept.warehouse)
        assert [word for word in PLANTED if word.encode() in left] == []


def test_who_is_not_there_is_told_and_nothing_changes(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.load(exports("2024-03-01"))
    files = sorted(path.name for path in kept.warehouse.rglob("*"))
    ended = run("forget", "LEADPLANTED", "nobody@person.example", "--warehouse", kept.warehouse)
    assert ended.code == 2
    assert "holds nobody known as nobody@person.example" in ended.err
    assert sorted(path.name for path in kept.warehouse.rglob("*")) == files
    ended = run("forget", "LEADPLANTED", "--warehouse", tmp_path)
    assert ended.code == 2
    assert "is no warehouse" in ended.err
