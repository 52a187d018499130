"""A tenth of every study: a range that is too sure, or a list with false ones, fails here."""

from __future__ import annotations

import pytest

from truth.catalog import catalog
from truth.replicate import run_studies
from truth.study import Study

WHOLE = ("whole-audits", "findings")  # in the file beside this one
STUDIES = [study for study in catalog() if study.id not in WHOLE]


@pytest.mark.parametrize("study", STUDIES, ids=lambda study: study.id)
def test_every_required_figure_is_reached_or_its_miss_is_explained(study: Study) -> None:
    [result] = run_studies([study], part=0.1, workers=1)
    assert result.surprises == []
