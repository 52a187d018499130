"""Which questions each export makes answerable, as docs/exports.md says.

``answerable.yaml`` is made again by ``SALESAUDIT_UPDATE_ANSWERABLE=1 pytest`` with this file, in a
few minutes, and its diff is read as any other. Otherwise it is compared where most can change.
"""

from __future__ import annotations

import pytest

from sources.recognise.answerable import Answered, asked, keep, kept, of_export, of_system, systems
from sources.recognise.samples import sample_names


@pytest.fixture(scope="module")
def said() -> Answered:
    if asked():
        keep(exports={name: of_export(name) for name in sample_names()})
        keep(systems={system: of_system(system) for system in systems()})
    return kept()


def test_every_export_and_system_is_asked(said: Answered) -> None:
    assert sorted(said["exports"]) == sample_names()
    assert sorted(said["systems"], key=str.casefold) == systems()


@pytest.mark.parametrize("system", ["Pipedrive", "Salesforce"])
def test_the_exports_of_a_system_answer_what_is_said(system: str, said: Answered) -> None:
    assert of_system(system) == said["systems"][system]


@pytest.mark.parametrize("name", ["hubspot-contacts", "mailchimp-activity"])
def test_an_export_alone_answers_what_is_said(name: str, said: Answered) -> None:
    assert of_export(name) == said["exports"][name]
