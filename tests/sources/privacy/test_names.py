"""Names in texts: which words are taken for a name, and which stay."""

from __future__ import annotations

from pathlib import Path

from cli.shell import load

SETTINGS = """sources:
  - read: leads.csv
    into: leads
    names: [First, Last, Company]
    columns: {lead_id: id, created_at: on}
  - {read: r.csv, into: ratings, columns: {rating_id: id, rated_at: on, score: n, comment: said}}
"""
PEOPLE = """id,on,First,Last,Company
1,2024-01-05,Ann,Smithers,Acme Trading Co. Ltd.
2,2024-01-05,Will,Young,Fresh Produce GmbH
3,2024-01-05,José,Álvarez-Peña,3M
4,2024-01-05,นางสาวสมหญิง,ใจดีประเสริฐ,บริษัท น้ำทิพย์ขนส่ง จำกัด
5,2024-01-05,Li,Na,Northwind
6,2024-01-05,,-,N/A
7,2024-01-05,คุณดี,ราคา,ไทย
8,2024-01-05,Иван,Петров,Рога и копыта
"""


SAID = [
    ("Smithers was late", "[name] was late"),
    ("ann smithers was late", "[name] was late"),
    ("Smithers, Ann called", "[name] called"),
    ("Ann was late", "Ann was late"),  # a short name alone
    ("Will young people buy?", "[name] people buy?"),  # both words of a name
    ("It will be young", "It will be young"),  # words of every text
    ("ACME TRADING is dear", "[name] is dear"),
    ("the trading was good", "the trading was good"),
    ("Acme is dear", "Acme is dear"),  # one word of a firm's name is not taken for it
    ("northwind's offer", "[name]'s offer"),
    ("Fresh produce is dear", "[name] is dear"),
    ("fresh fish", "fresh fish"),
    ("jose alvarez peña said", "[name] said"),
    ("3M tape", "3M tape"),
    ("blacksmithersville", "blacksmithersville"),
    ("Li Na came", "[name] came"),
    ("น้ำทิพย์ขนส่งแพงไป", "[name]แพงไป"),
    ("คุณสมหญิงบอกว่าดี", "คุณ[name]บอกว่าดี"),
    ("คุณใจดีประเสริฐโทรมา", "คุณ[name]โทรมา"),
    ("ราคาแพง คนไทยดี", "ราคาแพง คนไทยดี"),
    ("คุยกับSmithersแล้ว", "คุยกับ[name]แล้ว"),
    ("Петров позвонил", "[name] позвонил"),
    ("write to ann@northwind.com", "write to [address]"),
    ("N/A - none", "N/A - none"),
]


def test_names_are_masked_and_words_stay(tmp_path: Path) -> None:
    lines = "".join(f'{i},2024-05-05,9,"{said}"\n' for i, (said, _) in enumerate(SAID))
    files = {
        "leads.csv": PEOPLE,
        "r.csv": "id,on,n,said\n" + lines,
        "salesaudit.yaml": SETTINGS,
    }
    _, ask = load(tmp_path, dict(files))
    comments = [row[0] for row in ask("SELECT comment FROM w.ratings ORDER BY rating_id::INT")]
    assert comments == [kept for _, kept in SAID]


def test_a_colleague_called_null_is_kept(tmp_path: Path) -> None:
    settings = (
        "sources:\n"
        "  - {read: leads.csv, into: leads, "
        "columns: {lead_id: id, created_at: on, owner_id: rep}}\n"
        "  - {read: reps.csv, into: reps, columns: {rep_id: id, name: name}}\n"
    )
    files = {
        "leads.csv": "id,on,rep\n1,2024-01-05,Null\n2,2024-01-06,Null\n",
        "reps.csv": "id,name\nNull,Null\n",
        "salesaudit.yaml": settings,
    }
    _, ask = load(tmp_path, dict(files))
    assert ask("SELECT rep_id, name FROM w.reps") == [("Null", "Null")]
    assert ask("SELECT DISTINCT owner_id FROM w.leads") == [("Null",)]
