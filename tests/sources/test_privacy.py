"""People's data: contacts are not in the warehouse, the document, the page, or a log."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from unittest import mock

import pytest

from cli.shell import KEY, LEADS, folder, load, run
from salesaudit.core.errors import SourceError
from salesaudit.sources.privacy import pseudonyms

MAIL, PHONE, AT_HOME = "somchai.jaidee@example.co.th", "+66 81 234 5678", "081-234-5678"
NAME = "Somchai Jaideeprasert"
CONTACT = f"{NAME},{MAIL},{PHONE}"
SETTINGS = """sources:
  - read: leads.csv
    into: leads
    columns:
      {lead_id: id, created_at: made, channel: channel, contact_hash: mail, lost_reason: why}
  - read: deals.csv
    into: deals
    columns:
      {deal_id: id, lead_id: lead, status: status, closed_at: on, amount: sum, rep_id: rep,
       stage: at}
  - read: r.csv
    into: ratings
    columns: {rating_id: id, rated_at: on, score: score, comment: said}
"""


def company() -> dict[str, str | bytes]:
    leads = "id,made,channel,name,mail,phone,why\n" + "".join(
        f"L{i},2024-{1 + i % 12:02d}-05,web,{CONTACT},call {PHONE} or {AT_HOME} or {MAIL}\n"
        for i in range(40)
    )
    leads += f"{MAIL},2024-01-01,{PHONE},{CONTACT},x\nL95,{PHONE},web,{CONTACT},x\n"
    leads += f"{PHONE},2024-01-01,{MAIL},{CONTACT},x\nL96,{MAIL},web,{CONTACT},x\n"
    leads += f'L97,2024-01-01,{CONTACT}\nL98,2024-01-01,web,"{CONTACT}'
    deals = "id,lead,status,on,sum,rep,at\n" + "".join(
        f"D{i},L{i},lost,2025-01-0{1 + i},{i + 1}00,{MAIL},{PHONE}\n" for i in range(9)
    )
    deals += f"D1,L1,lost,2025-01-02,{MAIL},{MAIL},x\nD30,L2,{PHONE},2025-01-02,5,r,x\n"
    deals += f"{PHONE},L2,lost,2025-01-02,5,r,p\n{PHONE},L3,lost,2025-01-02,5,r,p\n"
    ratings = f"id,on,score,said\n1,2024-05-05,9,call {PHONE} or {MAIL}\n"
    return {"leads.csv": leads, "deals.csv": deals, "r.csv": ratings, "salesaudit.yaml": SETTINGS}


def test_contacts_are_nowhere_behind_the_door(tmp_path: Path) -> None:
    exports, state = folder(tmp_path / "exports", company()), tmp_path / "state"
    warehouse, out = tmp_path / "warehouse", tmp_path / "audit"
    with mock.patch.dict(os.environ, {"XDG_STATE_HOME": str(state)}):
        for words in (
            ["ingest", exports, "--into", warehouse],
            ["audit", warehouse, "-o", out],
        ):
            ended = run(*words)
            assert ended.code == 0, ended.err
            told = ended.out + ended.err
            assert not [w for w in (MAIL, PHONE, AT_HOME, NAME) if w in told]
    written = [p for place in (warehouse, out, state) for p in place.rglob("*") if p.is_file()]
    assert len(written) >= 4
    for path in written:
        content = path.read_bytes().lower()
        for word in (MAIL, PHONE, AT_HOME, NAME, "jaidee@", "81 234", "81-234"):
            assert word.lower().encode() not in content, (path.name, word)


def test_dates_in_refused_cells_are_no_telephone_numbers(tmp_path: Path) -> None:
    text = LEADS + "L90,2024-02-31 10:00:00,web\nL91,05-13-2024x,web\n"
    loaded, ask = load(tmp_path, {"leads.csv": text})
    assert ask("SELECT value FROM w.refused ORDER BY record") == [
        ("2024-02-31 10:00:00",), ("05-13-2024x",)
    ]  # fmt: skip
    assert loaded.entries[0].reasons[0].example == "2024-02-31 10:00:00"


@pytest.mark.parametrize(
    "word", ["Webinar 2024-01-15", "0001234567", "Q3 2024 1 000 000", "12-34-5678 90", "A&B, 24/7"]
)
def test_words_that_are_no_contact_stay_as_they_are(tmp_path: Path, word: str) -> None:
    text = "lead_id,created_at,campaign\n" + f'1,2024-01-05,"{word}"\n' * 1
    _, ask = load(tmp_path, {"leads.csv": text})
    assert ask("SELECT campaign FROM w.leads") == [(word,)]


def test_one_person_has_one_hash_and_a_shared_or_empty_address_none(tmp_path: Path) -> None:
    text = (
        "lead_id,created_at,contact_hash\n1,2024-01-05,Ann@X.com\n2,2024-01-05,ann@x.com \n"
        "3,2024-01-05,info@x.com\n4,2024-01-05,\n5,2024-01-05,none\n6,2024-01-05,bob@x.com\n"
    )
    _, ask = load(tmp_path, {"leads.csv": text})
    hashes = dict(ask("SELECT lead_id, contact_hash FROM w.leads"))
    assert hashes["1"] == hashes["2"] != hashes["6"]
    assert [hashes[n] for n in "345"] == [None, None, None]
    assert re.fullmatch("[0-9a-f]{32}", hashes["1"])


def test_the_key_is_made_once_and_kept_for_its_owner_alone(tmp_path: Path) -> None:
    with mock.patch.dict(os.environ, {"XDG_DATA_HOME": str(tmp_path)}):
        os.environ.pop("SALESAUDIT_HASH_KEY", None)
        first, again = pseudonyms(), pseudonyms()
    assert first.of_contact("ann@x.com") == again.of_contact("ann@x.com")
    [key] = tmp_path.rglob("hash.key")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(list(key.parent.iterdir())) == 1


def test_keys_give_hashes_of_their_own() -> None:
    with mock.patch.dict(os.environ, {"SALESAUDIT_HASH_KEY": KEY}):
        ours = pseudonyms()
    with mock.patch.dict(os.environ, {"SALESAUDIT_HASH_KEY": "6b" * 32}):
        theirs = pseudonyms()
    assert ours.of_contact("ann@x.com") != theirs.of_contact("ann@x.com")
    assert ours.fingerprint != theirs.fingerprint


@pytest.mark.parametrize("key", ["", "secret", "5a" * 31, "zz" * 32])
def test_a_key_of_the_environment_that_is_none_is_refused(key: str) -> None:
    with (
        mock.patch.dict(os.environ, {"SALESAUDIT_HASH_KEY": key}),
        pytest.raises(SourceError, match="64 hexadecimal digits"),
    ):
        pseudonyms()


def test_a_key_file_that_is_broken_is_refused(tmp_path: Path) -> None:
    with mock.patch.dict(os.environ, {"XDG_DATA_HOME": str(tmp_path / "data")}):
        os.environ.pop("SALESAUDIT_HASH_KEY", None)
        pseudonyms()
        [key] = tmp_path.rglob("hash.key")
        key.write_bytes(b"")
        with pytest.raises(SourceError, match="no whole key"):
            pseudonyms()


def test_a_key_that_cannot_be_kept_is_told_with_the_way_round_it(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with mock.patch.dict(os.environ, {"XDG_DATA_HOME": str(tmp_path / "file")}):
        os.environ.pop("SALESAUDIT_HASH_KEY", None)
        with pytest.raises(SourceError, match="cannot be kept"):
            pseudonyms()
