"""Files that are not UTF-8: proved, limited by the company's country, or asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.shell import load, refused
from salesaudit.sources.files import pages_of
from salesaudit.sources.files.code_pages import is_thai

HEAD = "lead_id,created_at,channel\n"
NAMES = ["สมชาย ใจดี", "นภัสสร", "บริษัท เก้าก้าว จำกัด", "ร้านน้ำดื่ม", "ณัฐวุฒิ", "โรงงานแพ็คเกจจิ้ง"]


def leads(channels: list[str], encoding: str, end: str = "\n") -> bytes:
    rows = [f"L{i},2024-01-{1 + i % 28:02d},{channel}{end}" for i, channel in enumerate(channels)]
    return (HEAD.replace("\n", end) + "".join(rows)).encode(encoding)


def settings(**words: str) -> str:
    return "".join(f"{key}: {value}\n" for key, value in words.items())


def channels(place: Path, data: bytes, **words: str) -> tuple[set[str], dict[str, object]]:
    loaded, ask = load(place, {"leads.csv": data, "salesaudit.yaml": settings(**words)})
    notes = {note.id: note.params.get("encoding") for e in loaded.entries for note in e.notes}
    assert sum(e.refused for e in loaded.entries) == 0
    assert [e.encoding for e in loaded.entries] == list(notes.values())
    return {row[0] for row in ask("SELECT DISTINCT channel FROM w.leads")}, notes


@pytest.mark.parametrize("words", [{}, {"timezone": "Europe/Berlin"}, {"currency": "THB"}])
def test_thai_is_proved_by_its_structure(tmp_path: Path, words: dict[str, str]) -> None:
    seen, notes = channels(tmp_path, leads(NAMES, "cp874", "\r\n"), **words)
    assert seen == set(NAMES)
    assert notes == {"files.guessed-encoding": "cp874"}


@pytest.mark.parametrize("name", ["สมชาย", "ปุ๊", "เอ๋"])
def test_one_thai_name_among_many_rows_is_thai(tmp_path: Path, name: str) -> None:
    data = leads(["web"] * 9_000 + [name] + ["mail"] * 1_000, "cp874")
    seen, notes = channels(tmp_path, data)
    assert seen == {"web", "mail", name}
    assert notes == {"files.guessed-encoding": "cp874"}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Straße München Größe Präsentation", "cp1252"),
        ("Ação São João informação à", "cp1252"),
        ("Małgorzata Żółć źdźbło śląsk", "cp1250"),
        ("Příliš žluťoučký kůň", "cp1250"),
        ("Иван Петров Новый клиент", "cp1251"),
        ("Γιώργος Παπαδόπουλος", "cp1253"),
        ("İstanbul Şişli Doğan Çağrı", "cp1254"),
        ("山田太郎 東京都", "cp932"),
        ("北京市 张三", "gb18030"),
        ("مبيعات جديدة", "cp1256"),
    ],
)
def test_other_letters_are_not_taken_for_thai(text: str, encoding: str) -> None:
    assert not is_thai(text.encode(encoding))


@pytest.mark.parametrize(
    ("words", "text", "encoding"),
    [
        ({"timezone": "Europe/Berlin"}, ["Straße", "Café", "5 €", "Größe"], "cp1252"),
        ({"timezone": "Europe/Berlin"}, ["web"] * 500 + ["Straße"], "cp1252"),
        ({"timezone": "America/Sao_Paulo"}, ["Ação", "São João", "informação"], "cp1252"),
        ({"timezone": "Asia/Bangkok"}, ["web", "Café"], "cp1252"),
        ({"timezone": "Asia/Tokyo"}, ["山田太郎", "東京都"], "cp932"),
    ],
)
def test_the_country_tells_the_page(
    tmp_path: Path, words: dict[str, str], text: list[str], encoding: str
) -> None:
    seen, notes = channels(tmp_path, leads(text, encoding), **words)
    assert seen == set(text)
    assert notes == {"files.guessed-encoding": encoding}


@pytest.mark.parametrize("words", [{}, {"timezone": "Europe/Warsaw"}])
def test_letters_that_two_pages_read_differently_are_asked_about(
    tmp_path: Path, words: dict[str, str]
) -> None:
    text = ["Małgorzata", "Ołtarz", "Kołodziej", "Wał"]
    files: dict[str, str | bytes] = {
        "leads.csv": leads(["web"] * 300 + text, "cp1250"), "salesaudit.yaml": settings(**words)
    }  # fmt: skip
    said = refused(tmp_path, files)
    for read in ("Małgorzata, Ołtarz, Kołodziej", "Ma³gorzata, O³tarz, Ko³odziej"):
        assert read in said
    assert "encoding: cp1250" in said
    assert "encoding: cp1252" in said
    files["salesaudit.yaml"] = settings(**words) + (
        "sources:\n  - {read: leads.csv, into: leads, encoding: cp1250, "
        "columns: {lead_id: lead_id, created_at: created_at, channel: channel}}\n"
    )
    _, ask = load(tmp_path, files)
    assert ask("SELECT channel FROM w.leads WHERE lead_id = 'L303'") == [("Wał",)]


def test_few_lines_of_another_encoding_are_refused_where_the_others_are_utf8(
    tmp_path: Path,
) -> None:
    good = leads(["Café"] * 30_000, "utf-8")
    bad = "X,2024-01-05,Café\n".encode("cp1252")
    loaded, ask = load(tmp_path, {"leads.csv": good + bad + b"Y,2024-01-06,web\n"})
    [entry] = loaded.entries
    assert (entry.read, entry.loaded, entry.refused) == (30_002, 30_001, 1)
    assert [(r.reason, r.line) for r in entry.reasons] == [("encoding", 30_002)]
    assert ask("SELECT count(*) FROM w.leads WHERE lead_id = 'Y'") == [(1,)]


@pytest.mark.parametrize(
    ("timezone", "currency", "pages"),
    [
        ("Asia/Bangkok", None, ("cp874", "cp1252")),
        ("UTC", "THB", ("cp874", "cp1252")),
        ("UTC", "PLN", ("cp1250", "cp1252")),
        ("Europe/Zurich", None, ("cp1252",)),
        ("UTC", "EUR", ()),
        ("UTC", None, ()),
        ("Etc/UTC", None, ()),
    ],
)
def test_the_time_zone_and_then_the_currency_tell_the_country(
    timezone: str, currency: str | None, pages: tuple[str, ...]
) -> None:
    assert pages_of(timezone, currency) == pages
