"""How much of the settings that a person finished was proposed: valid, and column by column."""

from __future__ import annotations

from pathlib import Path

import pytest

from real_data import folder
from salesaudit.core.language import Language
from salesaudit.core.locale import Locale
from salesaudit.core.settings import ColumnSpec, ReadSelect, Settings
from salesaudit.core.settings_file import read_settings
from salesaudit.sources.exports import without_settings
from salesaudit.sources.propose.folder import propose
from salesaudit.sources.propose.writing import written

pytestmark = pytest.mark.real_data

SETTINGS = Path(__file__).parent


def proposed(name: str, place: Path, language: Language) -> Settings:
    """The settings that are proposed for a set, written to a file and read from it."""
    scratch = place / "scratch"
    scratch.mkdir(parents=True)
    proposal = propose(without_settings(folder(name)), scratch=scratch)
    file = place / "salesaudit.yaml"
    file.write_text(written(proposal, Locale(language)), encoding="utf-8")
    return read_settings(file)


def origins(settings: Settings) -> dict[tuple[str, str, str], str]:
    """Where each canonical column comes from, by table, file and column."""
    found = {}
    for source in settings.sources:
        file = "(select)" if isinstance(source.read, ReadSelect) else source.read
        for field, spec in source.columns.items():
            found[source.into, file, field] = origin(spec)
    return found


def origin(spec: ColumnSpec) -> str:
    return (spec.column or ("a value" if spec.value is not None else "made")).casefold()


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("olist", 1.0),
        ("loan_pipeline", 1.0),
        ("paid_media", 0.9),
        ("facebook_ads", 1.0),
        ("b2b_winloss", 1.0),
        ("cdnow_sample", 1.0),
        ("helpdesk", 1.0),
    ],
)
def test_most_of_what_a_person_finished_was_proposed(
    name: str, least: float, tmp_path: Path
) -> None:
    finished = read_settings(SETTINGS / name / "salesaudit.yaml")
    mine, theirs = origins(proposed(name, tmp_path, Language.EN)), origins(finished)
    differ = {place: got for place, got in theirs.items() if mine.get(place) != got}
    share = 1 - len(differ) / len(theirs)
    print(f"{name}: {len(theirs) - len(differ)} of {len(theirs)}")  # noqa: T201
    assert share >= least, {place: (got, mine.get(place)) for place, got in differ.items()}


def test_the_lender_s_funnel_is_read_from_the_log(tmp_path: Path) -> None:
    finished = read_settings(SETTINGS / "loan_pipeline" / "salesaudit.yaml")
    mine = proposed("loan_pipeline", tmp_path, Language.EN)
    assert mine.funnel == finished.funnel
    assert mine.lost_stages == finished.lost_stages


@pytest.mark.parametrize(
    ("name", "presets"),
    [
        ("nps", {"nps-answers"}),
        ("zendesk", {"zendesk-tickets", "zendesk-comments", "zendesk-field-history"}),
        ("mailchimp", {"mailchimp-campaigns", "mailchimp-recipients", "mailchimp-activity"}),
        ("marketo", {"marketo-changes", "marketo-sends", "marketo-opens", "marketo-clicks"}),
    ],
)
def test_files_of_known_systems_are_left_to_their_presets(
    name: str, presets: set[str], tmp_path: Path
) -> None:
    found = {source.preset for source in proposed(name, tmp_path, Language.EN).sources}
    assert presets <= found
