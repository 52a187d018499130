"""Two exports of one table: the newer row of a record stands, in whatever order they are read."""

from __future__ import annotations

from pathlib import Path

from cli.shell import load

HEADER = (
    "Deal - ID,Deal - Title,Deal - Stage,Deal - Status,Deal - Value,Deal - Owner,"
    "Deal - Deal created,Deal - Update time,Deal - Won time\n"
)
OPEN = "1,Lifts,Qualified,Open,100,Nok Dee,2024-01-05 09:00:00,2024-02-01 10:00:00,\n"
WON = (
    "1,Lifts,Qualified,Won,120,Nok Dee,2024-01-05 09:00:00,2024-03-01 10:00:00,"
    "2024-03-01 10:00:00\n"
)


def test_the_newer_export_of_a_deal_stands(tmp_path: Path) -> None:
    for place, (first, second) in enumerate(((OPEN, WON), (WON, OPEN))):
        _, ask = load(
            tmp_path / str(place),
            {"deals-2024-03-01.csv": HEADER + first, "deals-2024-03-02.csv": HEADER + second},
        )
        assert ask("SELECT deal_id, status, CAST(amount AS VARCHAR) FROM w.deals") == [
            ("1", "won", "120.00")
        ]
