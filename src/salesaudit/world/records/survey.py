"""A questionnaire of the sales team, answered under random tokens."""

from __future__ import annotations

import numpy as np

from salesaudit.world.base import DAY
from salesaudit.world.columns import (
    DIGITS,
    Json,
    Known,
    Table,
    joined,
    rounded,
    rows_of,
    seconds,
    words,
)
from salesaudit.world.records.parameters import Survey
from salesaudit.world.simulate import History
from salesaudit.world.streams import stream

WEEKS_BEFORE_END = 3  # in which it is answered
REMARKS = (
    "หาไฟล์เสนอราคาล่าสุดไม่เจอ ต้องถามในไลน์กลุ่มทุกครั้ง",
    "ลีดจากงานแสดงสินค้าได้ช้า กว่าจะได้โทรลูกค้าก็ลืมไปแล้ว",
    "อยากให้มีเคสลูกค้าแยกตามธุรกิจ จะได้หยิบไปคุยได้ทันที",
    "กรอก CRM ซ้ำกับไฟล์ Excel ของหัวหน้า เสียเวลาทุกวันศุกร์",
    "The price list in the shared folder is from last year.",
)


def survey_answers(history: History, known: Known, true: Survey) -> Table:  # noqa: ARG001
    """One row per question and respondent."""
    roles = [role for role, many in true.roles for _ in range(many)]
    rng = stream(history.seed, "survey_answers")
    tokens = words([f"{number:012x}" for number in rng.integers(0, 1 << 48, len(roles)).tolist()])
    begun = history.end - seconds(rng.random(len(roles)) * WEEKS_BEFORE_END * 7 * DAY + DAY)
    parts = []
    for place, item in enumerate(true.questions):
        answer = rng.normal(item.mean, true.spread, len(roles))
        score = np.clip(np.round(answer), 1, 5).astype(np.int64)
        score[rng.random(len(roles)) < item.does_not_apply] = 0
        remarks = rng.random(len(roles)) < 0.1
        text = words(REMARKS)[rng.integers(0, len(REMARKS), len(roles))]
        parts.append(
            {
                "question_id": np.full(len(roles), item.question_id, dtype=object),
                "respondent": tokens,
                "role": words(roles),
                "score": score,
                "text": np.where(remarks, text, "").astype(object),
                "answered_at": begun + 40 * (place + 1),
            }
        )
    table = joined(parts)
    return rows_of(table, np.lexsort((table["respondent"], table["answered_at"])))


def survey_truth(history: History, known: Known, true: Survey) -> Json:  # noqa: ARG001
    """Mean answer to each question: expected of 1 to 5, and as answered."""
    table, found = known["survey_answers"], {}
    for item in true.questions:
        score = table["score"][table["question_id"] == item.question_id]
        applies = score[score > 0]
        found[item.question_id] = {
            "expected": _mean(item.mean, true.spread),
            "complete": rounded(applies.mean()) if len(applies) else None,
            "answers": len(applies),
        }
    return {"by_question": found}


def _mean(mean: float, spread: float) -> float:
    """Of a normal answer made whole, between 1 and 5."""
    from scipy.stats import norm  # noqa: PLC0415

    upto = norm.cdf((np.array([1.5, 2.5, 3.5, 4.5]) - mean) / spread)
    return round(float(5 - upto.sum()), DIGITS)
