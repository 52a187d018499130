"""Contacts: which cells are one person, which are nobody, and how the key comes to be."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from cli.shell import load, refused

ZONE = "timezone: {zone}\nsources:\n  - {{read: a.csv, into: leads, columns: {{lead_id: id, "
COLUMNS = "created_at: on, contact_hash: mail}}}}\n"


def hashes(place: Path, zone: str, *contacts: str) -> list[str | None]:
    """The hashes that a load gives to contacts."""
    lines = "".join(f'{i},2024-01-05,"{c}"\n' for i, c in enumerate(contacts))
    settings = (ZONE + COLUMNS).format(zone=zone)
    _, ask = load(place, {"a.csv": "id,on,mail\n" + lines, "salesaudit.yaml": settings})
    return [row[0] for row in ask("SELECT contact_hash FROM w.leads ORDER BY lead_id::INT")]


def test_an_address_is_one_person_however_it_is_written(tmp_path: Path) -> None:
    found = hashes(
        tmp_path, "UTC", "ann@x.com", "Ann@X.com", " ANN@x.com ", "ａｎｎ＠x.com", "ann@bücher.de",
        "ann@xn--bcher-kva.de",
    )  # fmt: skip
    assert len(set(found[:4])) == 1
    assert found[4] == found[5] != found[0]
    assert None not in found


def test_tags_and_dots_tell_people_apart(tmp_path: Path) -> None:
    found = hashes(tmp_path, "UTC", "ann@x.com", "ann+news@x.com", "a.nn@x.com")
    assert len(set(found)) == 3


def test_shared_and_broken_addresses_are_nobody(tmp_path: Path) -> None:
    nobody = (
        "info@firm.com", "Vertrieb@firm.de", "ติดต่อ@firm.co.th", "ventas@firm.es", "ann@", "@x.com",
        "ann@x", "ann x@x.com", "a@b@c.com", "Ann Smith", "-", "12345", "ann@x..com", "",
    )  # fmt: skip
    found = hashes(tmp_path, "Asia/Bangkok", *nobody)
    assert dict(zip(nobody, found, strict=True)) == dict.fromkeys(nobody)


def test_a_shared_address_of_many_leads_makes_no_person(tmp_path: Path) -> None:
    found = hashes(tmp_path, "UTC", *["info@firm.com"] * 40, "ann@firm.com")
    assert found[:40] == [None] * 40
    assert found[40]


def test_a_telephone_number_is_a_person_where_the_country_is_known(tmp_path: Path) -> None:
    written = (
        "081-234-5678", "๐๘๑-๒๓๔-๕๖๗๘", "+66 81 234 5678", "+66 (0)81 234 5678", "0066812345678",
    )  # fmt: skip
    assert len(set(hashes(tmp_path / "th", "Asia/Bangkok", *written))) == 1
    nowhere = hashes(tmp_path / "utc", "UTC", *written)
    assert nowhere[:2] == [None, None]
    assert len(set(nowhere[2:])) == 1
    american = hashes(
        tmp_path / "us", "America/New_York", "(212) 555-2671", "1-212-555-2671", "+1 212 555 2671"
    )
    assert len(set(american)) == 1
    assert None not in american


def test_an_id_that_is_a_name_is_hashed_and_still_joins(tmp_path: Path) -> None:
    settings = (
        "sources:\n"
        "  - {read: l.csv, into: leads, names: [who], "
        "columns: {lead_id: who, created_at: on, channel: at}}\n"
        "  - {read: d.csv, into: deals, names: [who], "
        "columns: {deal_id: id, lead_id: who, status: is, closed_at: on}}\n"
    )
    files = {
        "l.csv": "who,on,at\nAnn Smith,2024-01-05,web\nBob Jones,2024-01-06,web\n",
        "d.csv": "id,who,is,on\n1,ANN SMITH,won,2024-02-05\n",
        "salesaudit.yaml": settings,
    }
    _, ask = load(tmp_path, dict(files))
    assert ask("SELECT count(*) FROM w.leads JOIN w.deals USING (lead_id)") == [(1,)]
    assert ask("SELECT count(*) FROM w.leads WHERE lead_id LIKE 'id:%'") == [(2,)]


def test_a_column_of_names_cannot_be_kept_as_something_else(tmp_path: Path) -> None:
    settings = (
        "sources:\n  - {read: l.csv, into: leads, names: [who], "
        "columns: {lead_id: id, created_at: on, channel: who}}\n"
    )
    said = refused(
        tmp_path, {"l.csv": "id,on,who\n1,2024-01-05,Ann Smith\n", "salesaudit.yaml": settings}
    )
    assert "“who” is listed under names" in said
    assert "remove the line  channel:" in said


def test_names_that_are_not_there_are_told(tmp_path: Path) -> None:
    settings = (
        "sources:\n  - {read: l.csv, into: leads, names: [whom], "
        "columns: {lead_id: id, created_at: on}}\n"
    )
    said = refused(
        tmp_path, {"l.csv": "id,on,who\n1,2024-01-05,Ann Smith\n", "salesaudit.yaml": settings}
    )
    assert "no column “whom” for names" in said


def test_processes_at_first_use_agree_on_one_key(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    environment.pop("SALESAUDIT_HASH_KEY", None)
    program = "from salesaudit.sources.privacy.keys import user_key; print(user_key().hex())"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    keys = {process.communicate()[0] for process in running}
    [path] = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert keys == {path.read_bytes().hex() + "\n"}
    assert len(path.read_bytes()) == 32
