"""The plan of the report: the worked example first, the company's own past where there is one."""

from __future__ import annotations

import gzip
import json
import re
from importlib.resources import files

import pytest

from report.example import olist
from report.page_text import Element
from salesaudit.core.language import Language
from salesaudit.core.locale import Locale
from salesaudit.planning.campaign import Campaign
from salesaudit.planning.inputs import Input
from salesaudit.report.charts.dot_quantiles import Futures, dot_quantiles, piled, width_of_bin
from salesaudit.report.charts.plan_steps import StepBar, plan_steps
from salesaudit.report.charts.svg import Caption
from salesaudit.report.charts.tornado import Lines, Swing, tornado
from salesaudit.report.html import render
from salesaudit.report.page import Page
from salesaudit.report.sections import plan
from salesaudit.run.result import AuditRun, PlanInputPart, PlansPart

REACH = PlanInputPart(
    value=0.32,
    lower=0.298,
    upper=0.343,
    n=1679,
    x=538,
    phi=1.3,
    rho=0.004,
    variation=0,
    basis="activities",
)
CLOSE = PlanInputPart(
    value=0.143, lower=0.115, upper=0.175, n=538, x=77, phi=1, variation=0, basis="activities"
)
MARGIN = PlanInputPart(
    value=980.17, lower=613.5, upper=1565.9, n=96, x=None, phi=1, variation=2.3, basis="amounts"
)
CAPTION = Caption("k", "title", "description")


def with_past() -> AuditRun:
    return olist(plans=PlansPart(inputs={"reach": REACH, "close": CLOSE, "margin": MARGIN}))


def page(run: AuditRun, language: Language = Language.EN) -> Page:
    return Page(run, Locale(language, "USD"))


def test_without_a_past_the_worked_example_stands_and_is_called_made_up() -> None:
    found = plan.build(page(olist()))
    assert found.says["head"] == "18 customers. 17 in 20 futures reach 2\xa0:\xa01."
    assert "18.75 expected, so 18 customers" in found.says["says"]
    assert all(field.made_up and not field.past for field in found.fields)
    assert found.says["madeup"].startswith("◇ Made up, put in your own: Leads expected")
    assert found.hangs is None
    assert "taken as exact" in found.says["hangs"]


def test_the_past_stands_where_the_document_holds_it() -> None:
    found = plan.build(page(with_past()))
    fields = {field.name: field for field in found.fields}
    assert list(fields) == ["leads", "reach", "close", "cost", "margin"]
    assert fields["reach"].value == "32.0"
    assert fields["reach"].past.replace("\u2060", "") == (
        "your past: 32.0\u202f% (29.8–34.3), n\xa01,679"
    )
    assert [f.name for f in found.fields if f.made_up] == ["leads", "cost"]
    assert "margin" in found.says["hangs"].lower()
    assert found.hangs is not None


def test_in_thai_it_says_the_same() -> None:
    found = plan.build(page(olist(), Language.TH))
    said = found.says["head"].replace("\xa0", " ")
    assert said == "คาดว่าได้ลูกค้า 18 ราย และ 17 ใน 20 กรณีมีผลตอบแทนถึง 2 ต่อ 1"
    assert "ค่าคาดหมาย 18.75" in found.says["says"]


def test_the_price_that_is_nobodys_fits_the_companys_margin() -> None:
    assert plan.starting(page(olist())).cost == 9000
    known = plan.starting(page(with_past()))
    assert known.cost == 3000  # 150 x 0.32 x 0.143 x 980.17 / 2.4, to one digit


@pytest.mark.parametrize("language", list(Language))
def test_the_section_stands_whole_without_scripts(language: str) -> None:
    html = render(with_past(), language)
    section = html[
        html.index('class="plan"') : html.index("</section>", html.index('class="plan"'))
    ]
    assert len(re.findall("<circle", section)) == 20
    assert 'class="panel pin js"' in section
    assert "style=" not in section
    patterns = Element(html).each("section")
    told = [json.loads(named["data-t"]) for named in patterns if "data-t" in named]
    assert len(told) >= 1
    assert told[0]["target"] == 2.0


def test_its_script_and_style_are_small() -> None:
    script, style = (files("salesaudit.report") / "templates" / f"plan.{e}" for e in ("js", "css"))
    assert len(script.read_bytes()) <= 11_000
    assert len(gzip.compress(script.read_bytes())) <= 4_500
    assert len(style.read_bytes()) <= 2_600


def test_every_field_has_a_label_and_every_slider_a_name() -> None:
    html = Element(render(with_past()))
    labels = {named["for"] for named in html.each("label") if "for" in named}
    for named in html.each("input"):
        if named.get("type") == "number":
            assert named["id"] in labels
        if named.get("type") == "range":
            assert named["aria-label"]


def test_a_plan_of_nobody_is_drawn() -> None:
    nobody = Campaign(Input(0), Input(0.5), Input(0.25), Input(0), 1)
    found = plan.planned(page(olist()), nobody)
    assert found.says["head"].startswith("0 customers. Only 0 in 20 futures")
    assert found.says["pays"] == "no number of customers"
    assert found.says["average"] == ""


def test_no_dot_straddles_the_floor() -> None:
    values = [1.4, 1.6, 1.9, 1.99, 2.0, 2.01, 2.5, 3.3]
    futures = Futures(values, 2.0, 0.0, ("1 : 1", "floor"))
    dots = piled(futures, width_of_bin(values, 0.0))
    assert [dot.filled for dot in dots] == [value >= 2 for value in values]
    assert [dot.place for dot in dots] == [0, 0, 0, 1, 0, 1, 0, 0]


def test_bins_of_whole_customers_are_multiples_of_one() -> None:
    assert width_of_bin([0.4 * k for k in range(5, 40)], 0.4) == pytest.approx(1.6)
    assert width_of_bin([2.0, 2.0], 0.4) == 0.4
    assert width_of_bin([0.0, 0.0], 0.0) == 1.0


def test_hollow_dots_miss_the_floor() -> None:
    drawn = dot_quantiles(Futures([1.0, 1.5, 2.0, 2.5], 2.0, 0.5, ("1 : 1", "floor")), CAPTION)
    assert drawn.count('class="p as w2"') == 2
    assert drawn.count('class="d"') == 2


def test_the_part_of_a_customer_is_hatched_and_nothing_else() -> None:
    whole = [StepBar("Leads", 100, 100, "100"), StepBar("Customers", 18, 18, "18")]
    part = [StepBar("Leads", 100, 100, "100"), StepBar("Customers", 18.75, 18, "18")]
    assert "h0v" in plan_steps(whole, CAPTION)
    assert "h2.5v" in plan_steps(part, CAPTION)
    assert plan_steps([StepBar("Leads", 0, 0, "0")] * 2, CAPTION)


def test_what_lies_below_the_floor_is_marked() -> None:
    drawn = tornado(
        [Swing("Reached", 1.0, 3.0, ("1", "3")), Swing("Closed", 2.2, 2.6, ("2.2", "2.6"))],
        Lines(2.0, 2.4, ("floor", "now")),
        CAPTION,
    )
    widths = re.findall(r'<rect class="a"[^>]*width="([\d.]+)"', drawn)
    assert [float(width) for width in widths] == [119.0, 0.0]
