"""The report: whole, in both languages, without leaks, safe against hostile names, and small."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from collections import Counter
from typing import Any

import pytest

from report.example import CHANNELS, estimate, evidence, five_stages, olist, say
from report.page_text import Element
from report.test_team import with_team
from salesaudit.core.language import Language
from salesaudit.report.html import SECTIONS, render
from salesaudit.run.result import AuditRun, RangePart, StepPart, TextWords, VerdictPart

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'); alert(1); //",
    "</style></svg><svg/onload=alert(1)>",
    "{{ 7 * 7 }} {x}",
    "]]><!-- & &amp;",
)
RUNS = {"olist": olist, "five stages": five_stages}
EACH = pytest.mark.parametrize("make", RUNS.values(), ids=RUNS.keys())
LANGUAGES = pytest.mark.parametrize("language", list(Language))


@EACH
@LANGUAGES
def test_holds_both_languages_and_opens_in_the_one_asked_for(make: Any, language: str) -> None:
    html = render(make(), language)
    page = Element(html)
    stands = Element(_standing(html))
    assert [named["lang"] for named in stands.each("div") if named.get("class") == "page"] == [
        language
    ]
    assert next(page.each("html"))["lang"] == language
    assert "Lead to customer" in page.text("en")
    assert "จากลีดเป็นลูกค้า" in page.text("th")


@EACH
def test_elements_are_closed_and_ids_unique(make: Any) -> None:
    page = Element(render(make()))
    assert page.open == []
    twice = [name for name, times in Counter(page.values("id")).items() if times > 1]
    assert twice == []


@EACH
def test_every_reference_inside_the_page_leads_somewhere(make: Any) -> None:
    page = Element(render(make()))
    ids = set(page.values("id"))
    links = {href.removeprefix("#") for href in page.values("href")}
    named = {part for value in page.values("aria-labelledby") for part in value.split()}
    filled = {
        fill.removeprefix("url(#").removesuffix(")")
        for fill in page.values("fill")
        if fill.startswith("url(")
    }
    assert links | named | filled <= ids


@EACH
@LANGUAGES
def test_nothing_leaks(make: Any, language: str) -> None:
    text = Element(render(make(), language)).text()
    assert re.findall(r"[{}]|\bNone\b(?! of)|\bnan\b|\binf\b|Undefined|%\)?s\b", text) == []


def test_one_h1_and_landmarks_in_each_language() -> None:
    page = Element(render(olist()))
    counts = Counter(tag for tag, _ in page.tags)
    assert [counts[tag] for tag in ("h1", "main", "header", "footer")] == [2, 2, 2, 2]
    assert counts["nav"] == 4  # contents and languages


def test_sections_keep_their_addresses() -> None:
    ids = Element(render(with_team())).values("id")
    for section in SECTIONS:
        assert section.name in ids
        assert f"th-{section.name}" in ids
    assert {"Q5", "finding-slow-channel-social"} <= {name.replace("q", "Q") for name in ids}


def test_same_document_gives_same_bytes() -> None:
    run = five_stages()
    assert render(run, "th") == render(AuditRun.from_json(run.to_json()), "th")


@EACH
@LANGUAGES
def test_budgets_hold(make: Any, language: str) -> None:
    html = render(make(), language).encode()
    assert len(html) <= 488_000  # 450 and 38 for the letters
    assert len(gzip.compress(html)) <= 158_000
    assert len(Element(_standing(html.decode())).tags) <= 6_000


def test_own_style_and_script_are_small() -> None:
    html = render(olist())
    style, script = _inline(html, "style"), _inline(html, "script")
    assert len(re.sub(r"base64,[^)]*", "", style).encode()) <= 24_000
    assert len(script.encode()) <= 8_000


def test_nothing_may_be_fetched_and_only_our_own_script_runs() -> None:
    html = render(olist())
    policy = next(
        named["content"]
        for named in Element(html).each("meta")
        if named.get("http-equiv") == "Content-Security-Policy"
    )
    assert "default-src 'none'" in policy
    for kind in ("style", "script"):
        digest = hashlib.sha256(_inline(html, kind).encode()).digest()
        assert f"{kind}-src 'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert not re.search(r"""(?:src|href|url)\s*[=(]\s*["']?(?:https?:)?//""", html)
    assert "style" not in {name for _, named in Element(html).tags for name in named}


@pytest.mark.parametrize("name", HOSTILE)
def test_names_from_the_data_stay_text(name: str) -> None:
    html = render(_hostile(name))
    page, tame = Element(html), Element(render(_hostile("tame")))
    assert page.open == []
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in tame.tags]
    assert not any(each.startswith("on") for _, named in page.tags for each in named)
    assert " ".join(name.split()) in page.text("en")


def test_a_document_with_little_in_it_is_still_a_report() -> None:
    bare = olist(
        answers={},
        steps=[],
        findings=[],
        sources=[],
        verdict=VerdictPart(
            message=say("mail"), money=RangePart(), first=["gone"], notices=["gone"] * 4
        ),
        currency=None,
        method={},
    )
    text = Element(render(bare)).text("en")
    assert "Nothing stood out beyond chance" in text
    assert "Funnel" not in text


def test_money_is_shown_only_where_there_is_any() -> None:
    assert "Money at stake" not in Element(render(olist())).text("en")
    text = Element(render(five_stages())).text("en")
    assert "Money at stake per year THB\u00a0270,000" in text.replace("THB 270", "THB\u00a0270")


def test_an_estimate_without_words_is_shown_under_its_key() -> None:
    assert "Something new 40 %" in Element(render(olist())).text("en").replace("\u202f", " ")


def test_a_withheld_estimate_has_no_value() -> None:
    text = Element(render(olist())).text("en")
    assert "Change over a year – 12 not shown" in text


def test_a_stage_without_stamps_keeps_its_place_and_its_reason() -> None:
    html = render(five_stages())
    assert "no date of this stage on record" in html
    assert 'class="slot"' in html


def test_the_largest_loss_is_marked_only_among_several() -> None:
    assert "the largest loss" in render(five_stages())
    assert "the largest loss" not in render(olist())


def test_no_channel_and_the_pooled_rest_stand_last() -> None:
    desc = re.search(
        r'<svg class="wid"[^>]*aria-labelledby="chart-channels.*?</svg>', render(olist())
    )
    assert desc
    labels = re.findall(r'class="[^"]*end">([^<]*)</text>', desc.group())
    named = [label for label in labels if label in {"unknown", "No channel given", "All others"}]
    assert named == ["unknown", "No channel given", "All others"]
    assert labels.index("social") < labels.index("display") < labels.index("unknown")


def test_small_channels_are_hollow_and_never_orange() -> None:
    html = render(olist())
    few = sum(won < 10 or leads < 20 for _, _, leads, won, _ in CHANNELS)
    channels = html[html.index('id="chart-channels-w-t"') :].partition("</svg>")[0]
    assert channels.count('r="4.5"') == few
    assert channels.count('<circle class="a"') == 2  # social and email


def test_a_score_is_told_in_words_and_only_where_its_range_is_narrow() -> None:
    text = Element(render(five_stages())).text("en")
    assert "Quality of the existing leads is the weakest part, Sales process and pipeline" in text
    assert "12 of 14 checks had data" in text
    assert "Fair about 55" in text
    assert "Weak about 35" in text
    assert "Sales performance 6 of 12 checks had data Cannot tell yet" in text
    assert "Sales tools and content 3 of 11 checks had data Not enough data" in text
    assert "Customer service Not in this version" in text
    html = render(five_stages())
    strips = html[html.index('<div class="parts">') : html.index('id="plan"')].count("<svg")
    assert strips == 1 + 3  # the heads; two scores, and a range too wide for one


def test_no_question_goes_missing() -> None:
    run = with_team()
    page = Element(render(run))
    assert {f"q{n}" for n in range(1, 13)} <= set(page.values("id"))
    assert "12 questions:" in page.text("en")
    assert f"{12 - len(run.answers)} not in this version" in page.text("en")
    assert "Which content could raise the rate from sales-qualified to closed?" in page.text("en")


def test_the_same_funnel_stands_for_each_large_channel() -> None:
    text = Element(render(five_stages())).text("en")
    assert "The same, channel by channel" in text
    assert "The same, channel by channel" not in Element(render(olist())).text("en")


def test_what_follows_from_a_finding_stands_under_it_and_in_the_notice() -> None:
    text = Element(render(olist())).text("en")
    assert text.count("How many and how fast rest on 5,998 leads.") == 2


def test_a_query_is_printed_once() -> None:
    html = render(olist())
    query = evidence()[0].query.splitlines()[-1]
    assert html.count(query) == 1
    assert "The query stands above" in html


def test_the_document_can_be_had_where_it_lies_beside() -> None:
    assert '<a class="btn" href="audit.json" download>' in render(olist(), beside="audit.json")
    assert "audit.json" not in render(olist())


def test_partial_months_are_outlined_and_told() -> None:
    html = render(olist())
    assert "Outlined: the month is not on record in full" in html


def test_a_rate_of_none_says_how_high_it_may_be() -> None:
    answers = dict(olist().answers)
    none = {"lead_to_customer": estimate(0.0, 0.0, 0.09, 41)}
    answers["Q5"] = answers["Q5"].model_copy(update={"estimates": none, "tables": {}})
    text = Element(render(olist(answers=answers))).text("en").replace("\u202f", " ")
    assert "0 of 41 (up to 9 %)" in text


def test_a_question_without_data_says_what_it_needs() -> None:
    text = Element(render(olist())).text("en")
    assert "on record. Needs: the date each lead was first pitched." in text


def test_a_filtered_document_says_so() -> None:
    text = Element(render(olist(scope={"channel": ["social", "email"]}))).text("en")
    assert "This copy is filtered: channel: social, email." in text


def test_many_channels_are_cut_and_counted() -> None:
    answers = dict(olist().answers)
    rows = answers["Q5"].tables["by_channel"]
    named = [{**rows[0], "channel": f"channel {index}"} for index in range(40)]
    tables = {"by_channel": [*named, *rows[-2:]]}
    answers["Q5"] = answers["Q5"].model_copy(update={"tables": tables})
    assert "Not drawn: 30 more" in Element(render(olist(answers=answers))).text("en")


def test_many_notices_are_cut_and_counted() -> None:
    run = olist()
    verdict = run.verdict.model_copy(update={"notices": run.verdict.notices * 5})
    assert "2 more of this kind" in Element(render(olist(verdict=verdict))).text("en")


def _hostile(name: str) -> AuditRun:
    """The document with ``name`` wherever the data can bring one in."""
    run = five_stages()
    answers = dict(run.answers)
    for question in ("Q1", "Q5", "Q6"):
        tables = {
            key: [
                {**row, "channel": name} if row.get("channel") == "social" else row for row in rows
            ]
            for key, rows in answers[question].tables.items()
        }
        tables["unforeseen"] = [{"a column": name}]
        answers[question] = answers[question].model_copy(update={"tables": tables})
    step = StepPart(
        stage="x", labels={"en": name, "th": name}, role=None, recorded=True, reached=9, own_stamp=9
    )
    source = run.sources[1]
    reason = source.reasons[0].model_copy(update={"example": name, "column": name})
    finding = run.findings[1]
    message = finding.message.model_copy(
        update={"params": {**finding.message.params, "channel": name}}
    )
    proof = evidence()[0].model_copy(update={"query": name, "measure": name})
    return five_stages(
        company=name,
        answers=answers,
        steps=[*run.steps, step],
        sources=[run.sources[0], source.model_copy(update={"name": name, "reasons": [reason]})],
        findings=[finding.model_copy(update={"message": message, "evidence": [proof]})],
        method={"setting": name, "other": name},
        texts={
            **run.texts,
            "mail": TextWords(en=name.replace("{", "").replace("}", ""), th="อีเมล"),
        },
    )


def _standing(html: str) -> str:
    """The page without what waits packed."""
    return re.sub(r'<template class="packed">.*?</template>', "", html)


def _inline(html: str, tag: str) -> str:
    found = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
    assert found
    return found.group(1)
