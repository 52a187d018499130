"""What the report says of the team: kindly, and of nobody that they are below."""

from __future__ import annotations

from salesaudit.core.texts import Text

TEAM = Text("report.team", en="Team", th="ทีมขาย")
TEAM_SUB = Text(
    "report.team-sub",
    en="Listed by name. Counts show how much each rep was given. Rates are those "
    "that each would have if all had the same leads; they are drawn towards the "
    "team's where cases are few.",
    th="เรียงตามชื่อ จำนวนบอกว่าใครได้รับงานเท่าใด ส่วนอัตราคือค่าที่แต่ละคนน่าจะทำได้หากได้ลีดแบบเดียวกันทั้งทีม "
    "และขยับเข้าหาค่าของทีมเมื่อมีจำนวนน้อย",
)
TEAM_COUNTS = Text(
    "report.team-counts",
    en="In the order of names. Counts say who was given how much, not how well it was done.",
    th="เรียงตามชื่อ จำนวนบอกว่าใครได้รับงานเท่าใด ไม่ได้บอกว่าทำได้ดีเพียงใด",
)
REPS_TITLE = Text(
    "report.reps-title",
    en="Deals won, and the win rate given their leads",
    th="ดีลที่ชนะ และอัตราชนะเมื่อคำนึงถึงลีดที่ได้รับ",
)
REPS_SUB = Text(
    "report.reps-sub",
    en="Share won of decided deals, on the leads of the whole company. Line: 95\u202f% range. "
    "Band: the middle four fifths of the team. Marked “●”, on a narrow screen: does this step "
    "better than the team.",
    th="สัดส่วนดีลที่ชนะจากดีลที่รู้ผล เทียบบนลีดของทั้งบริษัท เส้น: ช่วงความเชื่อมั่น 95% "
    "แถบ: ช่วงของทีมโดยตัดหนึ่งในสิบบนและล่างออก เครื่องหมาย ● (บนจอแคบ): ทำขั้นตอนนี้ได้ดีกว่าทีม",
)
COUNTS_TITLE = Text("report.reps-counts", en="Deals of each rep", th="ดีลของพนักงานขายแต่ละคน")
SKILLS_TITLE = Text(
    "report.skills-title", en="Who does which step better", th="ใครทำขั้นตอนใดได้ดีกว่าทีม"
)
SKILLS_SUB = Text(
    "report.skills-sub",
    en="Share that moved on, on the leads of the whole company, with its 95\u202f% range. "
    "●: does this step better than the team. Without a dot: cannot be told apart from the team. "
    "Under 10 cases: counts only.",
    th="สัดส่วนที่ไปต่อ เทียบบนลีดของทั้งบริษัท พร้อมช่วงความเชื่อมั่น 95% ●: ทำขั้นตอนนี้ได้ดีกว่าทีม "
    "ไม่มีจุด: ยังแยกไม่ได้จากค่าเฉลี่ยของทีม ไม่ถึง 10 ราย: แสดงเฉพาะจำนวน",
)
BETTER = Text("rep.better", en="Does this step better than the team", th="ทำขั้นตอนนี้ได้ดีกว่าทีม")
SAME = Text("rep.same", en="Cannot be told apart from the team", th="ยังแยกไม่ได้จากค่าเฉลี่ยของทีม")
FEW = Text("rep.few", en="counts only", th="แสดงเฉพาะจำนวน")
WON = Text("rep.won", en="{n} won", th="ชนะ {n} ดีล")
HEAD_WIN = Text("report.head-win", en="share won (range)", th="สัดส่วนที่ชนะ (ช่วง)")
HEAD_COMPARED = Text("report.head-compared", en="compared with the team", th="เทียบกับทีม")
OF = Text("rep.of", en="{k} of {n}", th="{k} จาก {n}")
LEFT = Text("rep.left", en="{name} (left)", th="{name} (ออกแล้ว)")
CREDITED = Text(
    "report.credited",
    en="All {n} deals: {reps} of reps, {machine} of a machine, {nobody} of nobody named.",
    th="ดีลทั้งหมด {n} ดีล: เป็นของพนักงานขาย {reps} ระบบอัตโนมัติ {machine} และไม่ระบุชื่อ {nobody}",
)
PRESENT_OWNER = Text(
    "report.present-owner",
    en="Credited to the present owner, for no change of owner is on record: {steps}.",
    th="นับเป็นของเจ้าของปัจจุบัน เพราะไม่มีบันทึกการเปลี่ยนเจ้าของ: {steps}",
)
NOT_TOLD = Text(
    "report.not-told",
    en="No rates by person, because it is known for only some cases, or too few, who "
    "worked them: {steps}.",
    th="ไม่มีอัตรารายบุคคล เพราะทราบผู้ดูแลเพียงบางส่วนหรือมีน้อยเกินไป: {steps}",
)
HIDDEN_TITLE = Text(
    "report.team-hidden",
    en="The middle half of the team, step by step",
    th="ครึ่งกลางของทีมในแต่ละขั้นตอน",
)
HIDDEN_SUB = Text(
    "report.team-hidden-sub",
    en="Dot: the middle of the team. Line: from the lower to the upper quarter. Teams under five "
    "are left out.",
    th="จุด: ค่ากลางของทีม เส้น: จากควอร์ไทล์ล่างถึงบน ไม่แสดงทีมที่มีไม่ถึง 5 คน",
)
HEAD_MIDDLE = Text("report.head-middle", en="middle (half)", th="ค่ากลาง (ครึ่งทีม)")
HEAD_PEOPLE = Text("report.head-people", en="people", th="คน")
WHOLE_TEAM = Text("report.whole-team", en="Whole team", th="ทั้งทีม")
SOURCE = Text("report.team-source", en="Q12 · {n} decided deals", th="Q12 · ดีลที่รู้ผล {n} ดีล")
WIN_RATE = Text("rep.win_rate", en="Win rate", th="อัตราชนะ")

# columns
NAME = Text("rep.name", en="Name", th="ชื่อ")
OF_TEAM = Text("rep.team", en="Team", th="ทีม")
COUNT_WON = Text("rep.count_won", en="Won", th="ชนะ")
LOST = Text("rep.count_lost", en="Lost", th="แพ้")
OPEN = Text("rep.count_open", en="Open", th="ยังเปิดอยู่")
AMOUNT = Text("rep.amount", en="Won amount", th="มูลค่าที่ชนะ")
PLAIN = Text("rep.plain", en="Plain win rate", th="อัตราชนะตามจริง")
GIVEN = Text("rep.given", en="Given their leads", th="เมื่อคำนึงถึงลีด")
RANGE = Text("rep.range", en="Range", th="ช่วง")
SAID = Text("rep.said", en="Compared with the team", th="เทียบกับทีม")
OF_WHAT = Text("rep.of_what", en="Of what", th="ของ")
LOWER = Text("rep.lower_quarter", en="Lower quarter", th="ควอร์ไทล์ล่าง")
MIDDLE = Text("rep.middle", en="Middle", th="ค่ากลาง")
UPPER = Text("rep.upper_quarter", en="Upper quarter", th="ควอร์ไทล์บน")

_SPREAD = Text("estimate.spread", en="Reps apart: {what}", th="ความต่างระหว่างพนักงานขาย: {what}")
_CHANCE = Text(
    "estimate.differ", en="Chance that reps differ: {what}", th="โอกาสที่พนักงานขายต่างกัน: {what}"
)
_BY_CHANCE = Text(
    "estimate.differ-p",
    en="Could the difference between reps be chance? (p): {what}",
    th="พนักงานขายต่างกันโดยบังเอิญหรือไม่ (p): {what}",
)
_PLAIN = (
    Text("estimate.won_per_rep", en="Deals won per rep", th="ดีลที่ชนะต่อคน"),
    Text("estimate.reps", en="Reps with a deal", th="พนักงานขายที่มีดีล"),
)


def estimates(known: dict[str, Text]) -> dict[str, Text]:
    """What the estimates of Q12 are called, given what those of steps are."""
    steps = {name: text for name, text in known.items() if "_to_" in name or name == "win_rate"}
    made = {text.id.removeprefix("estimate."): text for text in _PLAIN}
    for name, what in steps.items():
        for key, said in (
            (f"spread_of_{name}", _SPREAD),
            (f"differ_at_{name}", _CHANCE),
            (f"differ_at_{name}_p", _BY_CHANCE),
        ):
            made[key] = Text(
                f"estimate.{key}", en=said.en.format(what=what.en), th=said.th.format(what=what.th)
            )
    return made
