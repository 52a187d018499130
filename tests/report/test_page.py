"""Messages and figures of the document in words."""

from __future__ import annotations

from datetime import date

import pytest

from report.example import estimate, olist, say
from salesaudit.core.errors import InternalError
from salesaudit.core.language import Language
from salesaudit.core.locale import Locale
from salesaudit.report.page import Page, headline, shown, slug
from salesaudit.run.result import (
    AnswerPart,
    DayPart,
    EstimatePart,
    QuantityPart,
    TextPart,
    TextWords,
)

EN, TH = (Page(olist(), Locale(language, "BRL")) for language in Language)


def with_text(en: str, th: str, language: Language = Language.EN) -> Page:
    run = olist()
    return Page(olist(texts={**run.texts, "t": TextWords(en=en, th=th)}), Locale(language, "BRL"))


def test_fills_every_kind_of_parameter() -> None:
    page = with_text("{who} {n} {rate} {when} {what}", "")
    said = page.words(
        say(
            "t",
            who="Ann",
            n=8000,
            rate=QuantityPart(value=0.136, unit="rate", lower=0.114, upper=0.1615),
            when=DayPart(day=date(2018, 11, 14)),
            what=TextPart(text="mail"),
        )
    )
    assert said == "Ann 8,000 13.6\u202f% 14 Nov 2018 e-mail"


def test_a_name_with_braces_is_not_a_parameter() -> None:
    assert with_text("from {who}", "").words(say("t", who="{n} {0}")) == "from {n} {0}"


def test_a_text_that_the_document_lacks_is_an_error_of_ours() -> None:
    with pytest.raises(InternalError, match="no words for 'gone'"):
        EN.words(say("gone"))


def test_a_thai_number_and_what_it_counts_stay_together() -> None:
    page = with_text("", "ลีด {n} ราย ใน {k} วัน", Language.TH)
    assert page.words(say("t", n=12, k=3)) == "ลีด 12\u00a0ราย ใน 3\u00a0วัน"


def test_days_carry_their_unit_and_rates_their_lead() -> None:
    days = shown(EN, estimate(13, 10, 15, 781, unit="days"))
    assert (days.value, days.range, days.n) == ("13\u00a0days", "10–15", "781")
    rate = shown(TH, estimate(0.136, 0.114, 0.1615, status="at_least"))
    assert (rate.lead, rate.value) == ("อย่างน้อย", "13.6%")


def test_nothing_leads_a_value_that_is_withheld() -> None:
    assert shown(EN, estimate(None, status="at_least")).lead == ""


def leading(status: str = "partial", **estimates: EstimatePart) -> str | None:
    """Name of the estimate that an answer of these leads with."""
    answer = AnswerPart.model_validate(
        {
            "question": say("q"),
            "unit": "u",
            "status": status,
            "message": say("m"),
            "estimates": estimates,
        }
    )
    found = headline(answer)
    return found[0] if found else None


def test_the_headline_is_the_first_of_its_order() -> None:
    assert (
        leading(lead_to_customer=estimate(0.1), sql_to_customer=estimate(0.2)) == "sql_to_customer"
    )
    assert leading(utilisation=estimate(0.7), reps_needed=estimate(2)) == "utilisation"
    assert leading() is None


def test_a_withheld_estimate_leads_only_where_no_other_has_a_value() -> None:
    withheld = estimate(0.2).model_copy(update={"value": None, "status": "withheld"})
    assert leading(sql_to_customer=withheld, deals_won=estimate(3)) == "deals_won"
    assert leading(sql_to_customer=withheld) == "sql_to_customer"


def test_a_question_that_cannot_be_answered_leads_with_no_number() -> None:
    assert leading("unanswerable", median_days_to_customer_observed=estimate(139)) is None


def test_ids_are_stable_and_do_not_collide() -> None:
    assert slug("stage-leak:sql") == "stage-leak-sql"
    names = ["slow:อีเมล", "slow:โซเชียล", "slow:<b>", "slow:b"]
    assert len({slug(name) for name in names}) == len(names)
    assert all(slug(name).replace("-", "").isalnum() for name in names)


def test_a_file_that_feeds_two_tables_counts_once() -> None:
    leads, deals = olist().sources
    selected = deals.model_copy(update={"name": "select-1", "sha256": "c3", "from_": [deals.name]})
    twice = deals.model_copy(update={"into": "companies", "refused": 0})
    page = Page(olist(sources=[leads, deals, twice, selected]), Locale(Language.EN))
    assert page.account() == (2, 8844, 2)


def test_labels_follow_the_language_and_fall_back_to_the_key() -> None:
    assert EN.label("lead_to_customer_observed") == "Lead to customer, all records"
    assert EN.label("brand_new") == "Brand new"
