"""Unknown stages, worked out by hand."""

from __future__ import annotations

from salesaudit.core.settings import Settings
from salesaudit.measures.unknown_stages import UnknownStage, unknown_stages
from warehouse.company import Company, day, event, lead


def test_stages_outside_the_funnel_by_how_often() -> None:
    company = Company(
        settings=Settings(as_of=day("2024-03-31"), lost_stages={"declined": "declined"}),
        leads=[lead("a", "2024-01-01", channel="ads"), lead("b", "2024-01-01")],
        events=[
            event("a", "mql", "2024-01-02"),
            event("a", "declined", "2024-01-02"),
            event("a", "MQL", "2024-01-02"),  # another spelling is another stage
            event("b", "เสนอราคา", "2024-01-02"),
            event("b", "เสนอราคา", "2024-01-03"),
            event("b", "Demo", "2024-03-31 23:59"),
            event("b", "Demo", "2024-04-01"),  # after T
            event("b", "Demo", "2024-04-02"),
        ],
    )
    assert company.run(unknown_stages) == (
        UnknownStage("เสนอราคา", 2),
        UnknownStage("Demo", 1),
        UnknownStage("MQL", 1),
    )
    assert company.run(unknown_stages, where={"channel": ("ads",)}) == (UnknownStage("MQL", 1),)


def test_the_fifty_most_frequent_are_named() -> None:
    company = Company(
        leads=[lead("a", "2024-01-01")],
        events=[event("a", f"s{i:02}", "2024-01-02") for i in range(60)],
    )
    assert [row.stage for row in company.run(unknown_stages)] == [f"s{i:02}" for i in range(50)]
