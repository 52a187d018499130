"""The demo company's further files, each as another system or colleague writes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salesaudit.world.base import HOUR
from salesaudit.world.export import Field, File

AHEAD = 7 * HOUR  # of UTC, the company's clock
BUDDHIST = 543  # years that a Thai calendar is ahead
YES_NO = ("ใช่", "ไม่ใช่")
LOGGED = {
    "owner_id": "Owner", "score": "Score", "status": "Status", "stage": "Stage",
    "amount": "Amount", "expected_on": "Expected Close", "forecast_category": "Forecast",
}  # fmt: skip
VOICES = {"customer": "ลูกค้า", "rep": "พนักงานขาย"}
ENDED = {"won": "ได้งาน", "lost": "ไม่ได้งาน"}
LANGUAGES = {"th": "ไทย", "en": "อังกฤษ"}


def _text(values: NDArray[Any]) -> list[str]:
    return [str(value) for value in values.tolist()]


def _whole(values: NDArray[Any]) -> list[str]:
    return ["" if value != value else f"{value:.0f}" for value in values.tolist()]  # noqa: PLR0124


def _money(values: NDArray[Any]) -> list[str]:
    return [f"{value:,.2f}" for value in values.tolist()]


def _number(values: NDArray[Any]) -> list[str]:
    return [f"{value:.10g}" for value in values.tolist()]


def _utc(values: NDArray[Any]) -> list[str]:
    return [f"{text}Z" if text else "" for text in _stamps(values - AHEAD)]


def _local(values: NDArray[Any]) -> list[str]:
    return [text.replace("T", " ") for text in _stamps(values)]


def _day(values: NDArray[Any]) -> list[str]:
    return [text[:10] for text in _stamps(values)]


def _compact_day(values: NDArray[Any]) -> list[str]:
    return [text.replace("-", "") for text in _day(values)]


def _buddhist_day(values: NDArray[Any]) -> list[str]:
    return [
        f"{text[8:]}/{text[5:7]}/{int(text[:4]) + BUDDHIST}" if text else ""
        for text in _day(values)
    ]


def _yes_no(values: NDArray[Any]) -> list[str]:
    return [YES_NO[0] if value else YES_NO[1] for value in values.tolist()]


def _one_zero(values: NDArray[Any]) -> list[str]:
    return ["1" if value else "0" for value in values.tolist()]


def _as(words: dict[str, str]) -> Callable[[NDArray[Any]], list[str]]:
    return lambda values: [words.get(value, value) for value in values.tolist()]


def _stamps(values: NDArray[Any]) -> list[str]:
    texts = np.datetime_as_string(values.astype("datetime64[s]"), unit="s").tolist()
    return ["" if text == "NaT" else text for text in texts]


RECORD_FILES = (
    File(
        "web_visits.csv",
        "visits",
        (
            Field("Date", "visited_on", _compact_day),
            Field("Channel", "channel", _text),
            Field("Campaign", "campaign", _text),
            Field("Users", "visitors", _whole),
        ),
    ),
    File(
        "campaigns.csv",
        "campaigns",
        (
            Field("Campaign", "campaign", _text),
            Field("ช่องทาง", "channel", _text),
            Field("ประเภท", "kind", _text),
            Field("เริ่ม", "starts_on", _buddhist_day),
            Field("สิ้นสุด", "ends_on", _buddhist_day),
            Field("เป้าลีด", "planned_leads", _whole),
            Field("งบประมาณ", "planned_cost", _money),
        ),
        encoding="utf-8-sig",
        newline="\r\n",
    ),
    File(
        "email_log.csv",
        "emails",
        (
            Field("Message ID", "send_id", _text),
            Field("Lead No", "lead_id", _text),
            Field("Flow", "stream", _text),
            Field("Message", "message", _text),
            Field("Type", "kind", _text),
            Field("Sent", "sent_at", _utc),
            Field("Delivered", "delivered_at", _utc),
            Field("First Open", "opened_at", _utc),
            Field("First Click", "clicked_at", _utc),
            Field("Reply", "replied_at", _utc),
            Field("Unsubscribe", "unsubscribed_at", _utc),
            Field("Bounced", "bounced", _one_zero),
            Field("Bot Open", "machine_open", _one_zero),
            Field("Bot Click", "machine_click", _one_zero),
            Field("Domain", "mail_domain", _text),
        ),
    ),
    File(
        "lead_log.csv",
        "lead_changes",
        (
            Field("Lead No", "lead_id", _text),
            Field("Changed At", "changed_at", _local),
            Field("Field", "field", _as(LOGGED)),
            Field("From", "old", _text),
            Field("To", "new", _text),
        ),
    ),
    File(
        "deal_log.csv",
        "deal_changes",
        (
            Field("Deal No", "deal_id", _text),
            Field("Changed At", "changed_at", _local),
            Field("Field", "field", _as(LOGGED)),
            Field("From", "old", _text),
            Field("To", "new", _text),
        ),
    ),
    File(
        "deal_questions.csv",
        "deal_factors",
        (
            Field("Deal No", "deal_id", _text),
            Field("คำถาม", "factor", _text),
            Field("คำตอบ", "value", _as({"yes": YES_NO[0], "no": YES_NO[1]})),
        ),
    ),
    File(
        "invoices.csv",
        "orders",
        (
            Field("Invoice", "order_id", _text),
            Field("Customer No", "customer_id", _text),
            Field("Invoice Date", "ordered_at", _local),
            Field("Total", "amount", _money),
            Field("Product", "product", _text),
        ),
    ),
    File(
        "referrals.csv",
        "referrals",
        (Field("Lead No", "lead_id", _text), Field("Referred By", "referred_by", _text)),
    ),
    File(
        "helpdesk.csv",
        "tickets",
        (
            Field("Ticket", "ticket_id", _text),
            Field("Customer No", "customer_id", _text),
            Field("ประเภท", "kind", _text),
            Field("Opened", "opened_at", _local),
            Field("First Reply", "first_reply_at", _local),
            Field("Solved", "solved_at", _local),
            Field("ความพอใจ", "satisfaction", _whole),
        ),
        encoding="cp874",  # an old program's: Thai as Windows wrote it
        newline="\r\n",
    ),
    File(
        "customer_ratings.csv",
        "ratings",
        (
            Field("Response", "rating_id", _text),
            Field("Customer No", "customer_id", _text),
            Field("Date", "rated_at", _local),
            Field("คะแนน 0-10", "score", _whole),
            Field("ถามเมื่อ", "touchpoint", _text),
            Field("ความเห็น", "comment", _text),
        ),
        encoding="utf-8-sig",
        newline="\r\n",
    ),
    File(
        "win_loss_talks.csv",
        "interviews",
        (
            Field("No", "interview_id", _text),
            Field("Deal No", "deal_id", _text),
            Field("วันที่คุย", "held_at", _buddhist_day),
            Field("ผล", "outcome", _as(ENDED)),
            Field("เหตุผลหลัก", "reason", _text),
            Field("ผู้ให้ข้อมูล", "speaker", _as(VOICES)),
            Field("บันทึก", "text", _text),
            Field("ภาษา", "language", _as(LANGUAGES)),
        ),
        encoding="utf-8-sig",
        newline="\r\n",
    ),
    File(
        "team_survey.csv",
        "survey_answers",
        (
            Field("คำถาม", "question_id", _text),
            Field("รหัสผู้ตอบ", "respondent", _text),
            Field("ตำแหน่ง", "role", _text),
            Field("คะแนน", "score", _whole),
            Field("ข้อความ", "text", _text),
            Field("Timestamp", "answered_at", _local),
        ),
    ),
    File(
        "tools.csv",
        "tools",
        (
            Field("เครื่องมือ", "tool", _text),
            Field("ใช้ทำอะไร", "purpose", _text),
            Field("จำนวนผู้ใช้", "users", _whole),
            Field("ค่าใช้จ่ายต่อปี", "yearly_cost", _money),
            Field("นาทีต่อสัปดาห์", "minutes_per_week", _whole),
            Field("ทำมือ", "manual", _yes_no),
        ),
        encoding="utf-8-sig",
        newline="\r\n",
    ),
    File(
        "dashboards.csv",
        "reported",
        (
            Field("Report", "report", _text),
            Field("Metric", "metric", _text),
            Field("From", "starts_on", _day),
            Field("To", "ends_on", _day),
            Field("Filter", "segment", _text),
            Field("Value", "value", _number),
        ),
    ),
    File(
        "quotas.csv",
        "quotas",
        (
            Field("Employee ID", "rep_id", _text),
            Field("From", "starts_on", _day),
            Field("To", "ends_on", _day),
            Field("Quota (THB)", "amount", _money),
        ),
    ),
    File(
        "goals.csv",
        "targets",
        (
            Field("Metric", "metric", _text),
            Field("From", "starts_on", _day),
            Field("To", "ends_on", _day),
            Field("Goal", "amount", _whole),
        ),
    ),
)
