"""The questions of a sales audit that this version does not answer, so that none goes missing."""

from __future__ import annotations

from typing import NamedTuple

from salesaudit.core.texts import Text


class Later(NamedTuple):
    """A question that a later version answers, and the data that it will need."""

    name: str
    question: Text
    needs: Text


WILL_NEED = Text(
    "later.will_need",
    en="This version does not answer it yet. It will need {what}.",
    th="รุ่นนี้ยังไม่ตอบคำถามนี้ เมื่อมีแล้วจะต้องใช้{what}",
)
QUESTIONS = (
    Later(
        "Q7",
        Text(
            "Q7.question",
            en="Which nurture streams engage prospects most, and which have open and click rates "
            "below par?",
            th="ชุดสื่อสารดูแลลีดชุดใดดึงความสนใจได้มากที่สุด และชุดใดมีอัตราเปิดและคลิกต่ำกว่าเกณฑ์",
        ),
        Text(
            "Q7.will_need",
            en="each e-mail to each lead, with opens and clicks",
            th="ข้อมูลอีเมลที่ส่งถึงลีดแต่ละราย พร้อมการเปิดและการคลิก",
        ),
    ),
    Later(
        "Q8",
        Text(
            "Q8.question",
            en="Which content could raise the number of MQLs that we can pitch?",
            th="เนื้อหาใดช่วยเพิ่มจำนวน MQL ที่เสนอขายได้",
        ),
        Text(
            "Q8.will_need",
            en="which lead met which content, and when",
            th="ข้อมูลว่าลีดรายใดพบเนื้อหาใด เมื่อใด",
        ),
    ),
    Later(
        "Q9",
        Text(
            "Q9.question",
            en="Which content could raise the rate from sales-qualified to closed?",
            th="เนื้อหาใดช่วยเพิ่มอัตราจาก SQL ถึงปิดการขาย",
        ),
        Text(
            "Q9.will_need",
            en="which lead met which content, and when",
            th="ข้อมูลว่าลีดรายใดพบเนื้อหาใด เมื่อใด",
        ),
    ),
    Later(
        "Q10",
        Text(
            "Q10.question",
            en="Are there enough leads for the sales team to work?",
            th="มีลีดเพียงพอให้ทีมขายทำงานหรือไม่",
        ),
        Text(
            "Q10.will_need",
            en="what the team did for each lead, with minutes, and each rep's hours a week",
            th="กิจกรรมที่ทีมทำกับลีดแต่ละรายพร้อมเวลาที่ใช้ และชั่วโมงทำงานต่อสัปดาห์ของพนักงานขายแต่ละคน",
        ),
    ),
    Later(
        "Q11",
        Text(
            "Q11.question",
            en="Do we need more members in the sales team?",
            th="ทีมขายต้องการคนเพิ่มหรือไม่",
        ),
        Text(
            "Q11.will_need",
            en="the same as Q10, and when each rep was hired and what a rep costs a year",
            th="ข้อมูลเดียวกับ Q10 พร้อมวันเริ่มงานและต้นทุนต่อปีของพนักงานขายแต่ละคน",
        ),
    ),
)
TEXTS = tuple(text for later in QUESTIONS for text in (later.question, later.needs))
