"""Presets: read only where a header has their words, and wrong ones are told with their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.shell import refused
from salesaudit.core.errors import SettingsError
from salesaudit.sources.recognise import preset as presets
from salesaudit.sources.recognise.preset import export_names, presets_for, read_preset

GOOD = """\
preset: good
system: Good
export: Deals
proved: preview
history: none
headers:
  id: [Id]
  owner: [Owner]
recognise:
  must: [id]
sources:
  - read: $file
    into: deals
    columns: {deal_id: id, status: {value: open}}
"""


@pytest.mark.parametrize("name", export_names())
def test_a_preset_is_found_by_each_of_its_own_headers(name: str) -> None:
    preset = read_preset(name)
    for place in (0, -1):
        header = [preset.spellings(short)[place] for short in preset.headers]
        assert name in [found.preset for found in presets_for(header)]


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("must: [id]", "must: [key]", "line 10: “key” does not stand under headers"),
        ("owner: [Owner]", "owner: [ID]", "line 8: the header “ID” stands under id and owner"),
        ("deal_id: id", "deal_id: number", "line 14: “number” does not stand under headers"),
        ("deal_id: id", "deal: id", "line 14: “deal” does not stand under deals"),
        ("into: deals", "into: deal", "line 13: “deal” does not stand under TABLES"),
        ("history: none", "history: some", "line 5: “history” cannot be 'some'"),
        ("system: Good", "sytem: Good", "line 2: there is no setting “sytem” here"),
        ("  id: [Id]", "  id: [Id", "this is not YAML"),
    ],
)
def test_a_wrong_preset_is_told_with_its_line(
    wrong: str, right: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "good.yaml").write_text(GOOD.replace(wrong, right))
    monkeypatch.setattr(presets, "FOLDER", tmp_path)
    read_preset.cache_clear()
    with pytest.raises(SettingsError) as caught:
        read_preset("good")
    assert said in str(caught.value)


def test_a_preset_that_there_is_not_is_refused_with_the_nearest(tmp_path: Path) -> None:
    said = refused(
        tmp_path,
        {
            "a.csv": "x,y\n1,2\n",
            "salesaudit.yaml": "sources:\n  - {read: a.csv, preset: hubspot}\n",
        },
    )
    assert "salesaudit.yaml, line 2: no kind of export is called “hubspot”" in said
    assert "The nearest is “hubspot-" in said
