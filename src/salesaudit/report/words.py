"""What the report itself says, in every language; the audits bring their own words."""

from __future__ import annotations

from salesaudit.core.texts import Text
from salesaudit.core.vocabulary import (
    AS_TABLE,
    CHANNEL_NONE,
    CHANNEL_REST,
    CHECK_THIS,
    DO_NEXT,
    EVIDENCE,
    STAKE,
    TITLE,
    term,
)
from salesaudit.report import team_words

__all__ = [
    "AS_TABLE",
    "CHANNEL_NONE",
    "CHANNEL_REST",
    "CHECK_THIS",
    "DO_NEXT",
    "EVIDENCE",
    "STAKE",
    "TITLE",
    "term",
]

OBSERVED = "_observed"
HEADLINES = (  # the first that an answer holds is what it leads with
    "leads_per_month",
    "lead_to_mql",
    "mql_to_pitched",
    "pitched_to_sql",
    "sql_to_customer",
    "lead_to_customer",
    "median_days_to_customer",
)

_ESTIMATES = (
    Text("estimate.leads_per_month", en="Leads a month", th="ลีดต่อเดือน"),
    Text("estimate.leads_per_year_change", en="Change over a year", th="การเปลี่ยนแปลงในหนึ่งปี"),
    Text("estimate.lead_to_mql", en="Lead to MQL", th="จากลีดเป็น MQL"),
    Text("estimate.mqls_per_month", en="MQLs a month", th="MQL ต่อเดือน"),
    Text("estimate.mql_to_pitched", en="MQL to pitched", th="จาก MQL เป็นเสนอขายแล้ว"),
    Text("estimate.pitched_per_month", en="Pitched a month", th="เสนอขายต่อเดือน"),
    Text("estimate.pitched_to_sql", en="Pitched to SQL", th="จากเสนอขายแล้วเป็น SQL"),
    Text("estimate.sqls_per_month", en="SQLs a month", th="SQL ต่อเดือน"),
    Text("estimate.sql_to_customer", en="SQL to customer", th="จาก SQL เป็นลูกค้า"),
    Text("estimate.lead_to_customer", en="Lead to customer", th="จากลีดเป็นลูกค้า"),
    Text("estimate.win_rate", en="Won, of those decided", th="ชนะ จากดีลที่รู้ผลแล้ว"),
    Text("estimate.deals_won", en="Deals won", th="ดีลที่ชนะ"),
    Text("estimate.deals_lost", en="Deals lost", th="ดีลที่แพ้"),
    Text("estimate.deals_open", en="Deals under way", th="ดีลที่ยังไม่จบ"),
    Text("estimate.won_amount", en="Amount won", th="มูลค่าที่ชนะ"),
    Text("estimate.customers_per_month", en="Customers a month", th="ลูกค้าต่อเดือน"),
    Text(
        "estimate.median_days_to_customer",
        en="Days to customer, median",
        th="จำนวนวันจนเป็นลูกค้า มัธยฐาน",
    ),
    Text("estimate.mean_days_to_customer", en="Days to customer, mean", th="จำนวนวันจนเป็นลูกค้า เฉลี่ย"),
    Text(
        "estimate.p90_days_to_customer",
        en="Days to customer, nine in ten",
        th="จำนวนวันจนเป็นลูกค้า เก้าในสิบราย",
    ),
    Text(
        "estimate.days_until_5_percent_bought",
        en="Days until 5 % of all leads had bought",
        th="จำนวนวันจนลีดทั้งหมด 5% ซื้อแล้ว",
    ),
    Text(
        "estimate.days_until_10_percent_bought",
        en="Days until 10 % of all leads had bought",
        th="จำนวนวันจนลีดทั้งหมด 10% ซื้อแล้ว",
    ),
    Text(
        "estimate.channels_differ_in_share_p",
        en="Could the difference in shares be chance? (p)",
        th="สัดส่วนต่างกันโดยบังเอิญหรือไม่ (p)",
    ),
    Text(
        "estimate.channels_differ_p",
        en="Could the channels' difference be chance? (p)",
        th="ช่องทางต่างกันโดยบังเอิญหรือไม่ (p)",
    ),
)
ESTIMATES = {text.id.removeprefix("estimate."): text for text in _ESTIMATES}
ESTIMATES |= team_words.estimates(ESTIMATES)
TEAM = team_words.TEAM
COUNTED_ONLY = Text("report.counted-only", en="{what}, all records", th="{what} ทุกระเบียน")

_COLUMNS = (
    Text("column.month", en="Month", th="เดือน"),
    Text("column.channel", en="Channel", th="ช่องทาง"),
    Text("column.stage", en="Stage", th="ขั้นตอน"),
    Text("column.step", en="Step", th="ขั้น"),
    Text("column.leads", en="Leads", th="ลีด"),
    Text("column.won", en="Won", th="ชนะ"),
    Text("column.observed", en="Won so far", th="ชนะแล้ว"),
    Text("column.value", en="In the end", th="เมื่อจบทั้งหมด"),
    Text("column.share", en="Share that got there", th="สัดส่วนที่ไปถึง"),
    Text("column.range", en="Range", th="ช่วง"),
    Text("column.n", en="n", th="จำนวน (n)"),
    Text("column.at_risk", en="Followed that long", th="ติดตามถึงวันนั้น"),
    Text("column.day", en="Day", th="วันที่"),
    Text("column.days", en="Within", th="ภายใน"),
    Text("column.full", en="Full month", th="เต็มเดือน"),
    Text("column.used", en="Used in estimates", th="ใช้ประมาณค่า"),
    Text("column.leads_per_month", en="A month", th="ต่อเดือน"),
    Text("column.median_days", en="Median days", th="วัน มัธยฐาน"),
    Text("column.median_days_observed", en="Median days, so far", th="วัน มัธยฐาน เท่าที่มี"),
    Text("column.mean_days", en="Mean days", th="วัน เฉลี่ย"),
    Text("column.mean_horizon", en="Of those who buy within", th="ของผู้ที่ซื้อภายใน"),
    Text("column.status", en="State", th="สถานะ"),
    Text("column.reached", en="Reached", th="มาถึง"),
    Text("column.to_come", en="Still to come", th="คาดว่าจะตามมา"),
    Text("column.own_stamp", en="With own date", th="มีวันที่ของตนเอง"),
    Text("column.from_before", en="Of the stage before", th="จากขั้นก่อนหน้า"),
    Text("column.number", en="Value", th="ค่า"),
    Text("column.estimate", en="Figure", th="ตัวเลข"),
)
COLUMNS = {text.id.removeprefix("column."): text for text in _COLUMNS}
YES = Text("report.yes", en="yes", th="ใช่")
NO = Text("report.no", en="no", th="ไม่ใช่")

# frame
SKIP = Text("report.skip", en="Skip to the verdict", th="ข้ามไปที่ผลสรุป")
CONTENTS = Text("report.contents", en="Contents", th="สารบัญ")
LANGUAGE = Text("report.language", en="Language", th="ภาษา")
THEME = Text("report.theme", en="Light or dark", th="สว่างหรือมืด")
PRINT = Text("report.print", en="Print", th="พิมพ์")
AS_OF = Text("report.as-of", en="as of {day}", th="ข้อมูลถึง {day}")
EYEBROW = Text("report.eyebrow", en="Sales audit of {company}", th="การตรวจสอบการขายของ {company}")
FOOT = Text(
    "report.foot",
    en="{company} · as of {day} · salesaudit {version}",
    th="{company} · ข้อมูลถึง {day} · salesaudit {version}",
)
LOW_TRUST = Text(
    "report.low-trust",
    en="Some of the data is broken: what rests on it is not shown.",
    th="ข้อมูลบางส่วนใช้ไม่ได้ จึงไม่แสดงตัวเลขที่อาศัยข้อมูลนั้น",
)
SCOPE = Text("report.scope", en="This copy is filtered: {scope}.", th="ฉบับนี้กรองข้อมูลเฉพาะ {scope}")

# verdict
VERDICT = Text("report.verdict", en="Verdict", th="ผลสรุป")
SO_FAR = Text(
    "report.so-far",
    en="{won} of {all} in the first stage have reached the last one, {stage}.",
    th="{won} จาก {all} รายในขั้นแรกมาถึงขั้นสุดท้ายแล้ว คือ {stage}",
)
CUSTOMERS_SO_FAR = Text(
    "report.customers-so-far",
    en="{won} of {all} leads have become customers so far.",
    th="ลีด {won} จาก {all} รายเป็นลูกค้าแล้ว",
)
MORE_TO_COME = Text(
    "report.more-to-come",
    en="About {more} more are to be expected from those still under way.",
    th="คาดว่าจะเพิ่มอีกประมาณ {more} รายจากลีดที่ยังไม่จบ",
)
TRUST = Text("report.trust", en="Data trust", th="ความน่าเชื่อถือของข้อมูล")
_GRADES = (
    Text("trust.good", en="Good", th="ดี"),
    Text("trust.fair", en="Fair", th="พอใช้"),
    Text("trust.poor", en="Poor", th="ต่ำ"),
)
GRADES = {text.id.removeprefix("trust."): text for text in _GRADES}
RECORDS = Text(
    "report.records", en="{read} records, {refused} refused", th="{read} ระเบียน รับเข้าไม่ได้ {refused}"
)
ALL_FINE = Text(
    "report.all-fine", en="No check of the data found a fault.", th="การตรวจข้อมูลไม่พบข้อบกพร่อง"
)
DO_FIRST_ONE = Text("report.do-first-one", en="Do this first", th="ควรทำสิ่งนี้ก่อน")
DO_FIRST = Text("report.do-first", en="Do these first", th="ควรทำสิ่งเหล่านี้ก่อน")
REST_ON_IT = Text("report.rest-on-it", en="rest on it", th="อาศัยข้อมูลนี้")
ANSWERS_N = Text("report.answers-n", en="{n} answers", th="{n} คำตอบ")
MORE_NOTICES = Text("report.more-notices", en="{n} more of this kind", th="อีก {n} เรื่องในลักษณะนี้")
A_YEAR = Text("report.a-year", en="a year", th="ต่อปี")

# answers
ANSWERS = Text("report.answers", en="The twelve answers", th="คำตอบทั้ง 12 ข้อ")
QUESTIONS = Text("report.questions", en="{n} questions: {tally}", th="{n} คำถาม: {tally}")
_TALLY = (
    Text("report.tally.answered", en="{n} answered", th="ตอบได้ {n}"),
    Text("report.tally.partial", en="{n} in part", th="ตอบได้บางส่วน {n}"),
    Text("report.tally.unanswerable", en="{n} without data", th="ไม่มีข้อมูล {n}"),
    Text("report.tally.withheld", en="{n} not shown", th="ไม่แสดง {n}"),
    Text("report.tally.failed", en="{n} failed", th="คำนวณไม่สำเร็จ {n}"),
    Text("report.tally.later", en="{n} not in this version", th="ยังไม่มีในรุ่นนี้ {n}"),
)
TALLY = {text.id.removeprefix("report.tally."): text for text in _TALLY}
LATER_STATE = Text("state.later", en="Not in this version", th="ยังไม่มีในรุ่นนี้")
ANSWERS_SUB = Text(
    "report.answers-sub",
    en="The range very likely holds the true figure (95\u202f%). "
    "Open a row to see how it was counted.",
    th="ค่าจริงน่าจะอยู่ในช่วงที่แสดง (ความเชื่อมั่น 95%) เปิดแต่ละแถวเพื่อดูที่มาของตัวเลข",
)
HEAD_QUESTION = Text("report.head-question", en="Question and what it means", th="คำถามและความหมาย")
HEAD_FIGURE = Text("report.head-figure", en="Figure, range", th="ตัวเลข ช่วง")
HEAD_STATE = Text("report.head-state", en="State", th="สถานะ")
ALL_FIGURES = Text("report.all-figures", en="All figures of this answer", th="ตัวเลขทั้งหมดของคำตอบนี้")
NEEDS = Text("report.needs", en="What would complete it", th="ข้อมูลที่ต้องเพิ่ม")
NEEDS_SAID = Text("report.needs-said", en="Needs: {what}.", th="ต้องมี: {what}")
FROM_DAY = Text("report.from-day", en="records from {day}", th="ระเบียนตั้งแต่ {day}")
HORIZON = Text("report.horizon", en="followed for {days}", th="ติดตาม {days}")
QUERY = Text("report.query", en="The query", th="คำสั่งสืบค้น")
COPY = Text("report.copy", en="Copy the query", th="คัดลอกคำสั่งสืบค้น")
COPIED = Text("report.copied", en="Copied", th="คัดลอกแล้ว")
SAME_QUERY = Text("report.same-query", en="The query stands above", th="ดูคำสั่งสืบค้นด้านบน")
COUNTED_IN = Text(
    "report.counted-in",
    en="{counted} records counted, {rows} rows came back",
    th="นับ {counted} ระเบียน ได้ผล {rows} แถว",
)
_TABLES = (
    Text("table.by_month", en="By month", th="รายเดือน"),
    Text("table.by_channel", en="By channel", th="ตามช่องทาง"),
    Text("table.within", en="Within a number of days", th="ภายในจำนวนวัน"),
    Text("table.cohorts", en="By month of first contact", th="ตามเดือนที่เริ่มติดต่อ"),
    Text("table.cohort_ages", en="Share won by age", th="สัดส่วนที่ชนะตามอายุของลีด"),
    Text("table.channel_curves", en="Curves of the large channels", th="เส้นของช่องทางใหญ่"),
    Text("table.curve", en="By day since first contact", th="ตามจำนวนวันนับจากเริ่มติดต่อ"),
)
TABLES = {text.id.removeprefix("table."): text for text in _TABLES}
DRAWN_IN = Text("report.drawn-in", en="Drawn under", th="ดูภาพในหัวข้อ")

# funnel
FUNNEL = Text("report.funnel", en="Funnel", th="ขั้นตอนการขาย")
FUNNEL_LOSS = Text("report.funnel-loss", en="The largest loss:", th="หลุดมากที่สุด:")
FUNNEL_LOST = Text(
    "report.funnel-lost",
    en="{n} stop between {a} and {b}",
    th="{n} รายหยุดระหว่าง {a} กับ {b}",
)
FUNNEL_ONE = Text(
    "report.funnel-one",
    en="{k} of {n} have come from {a} to {b} so far",
    th="{k} จาก {n} รายมาจากขั้น {a} ถึงขั้น {b} แล้ว",
)
FUNNEL_TITLE = Text("report.funnel-title", en="How many reached each stage", th="จำนวนที่มาถึงแต่ละขั้น")
FUNNEL_SUB = Text(
    "report.funnel-sub",
    en="Counted: reached the stage or a later one, {window}",
    th="นับรายที่มาถึงขั้นนี้หรือขั้นหลังจากนี้ {window}",
)
FUNNEL_CHANNELS = Text(
    "report.funnel-channels", en="The same, channel by channel", th="แยกตามช่องทาง"
)
FUNNEL_CHANNELS_SUB = Text(
    "report.funnel-channels-sub",
    en="Counted so far. Each bar is a share of the channel's own leads; the {n} with most leads.",
    th="นับเท่าที่มี แต่ละแท่งคือสัดส่วนของลีดในช่องทางนั้น แสดง {n} ช่องทางที่มีลีดมากที่สุด",
)
FUNNEL_LAST = Text("report.funnel-last", en="{rate} at the end", th="ถึงขั้นสุดท้าย {rate}")
REACHED = Text("report.reached", en="reached so far", th="มาถึงแล้ว")
EXPECTED = Text(
    "report.expected", en="expected from those still under way", th="คาดว่าจะตามมาจากรายที่ยังไม่จบ"
)
PLUS_EXPECTED = Text("report.plus-expected", en="+ {n} expected", th="+ คาดว่าอีก {n}")
PASSED = Text("report.passed", en="{rate} go on", th="{rate} ไปต่อ")
PASSED_AT_LEAST = Text(
    "report.passed-at-least", en="at least {rate} go on", th="อย่างน้อย {rate} ไปต่อ"
)
STOPPED = Text("report.stopped", en="{n} have not", th="{n} รายยังไม่ไปต่อ")
STOPPED_HERE = Text("report.stopped-here", en="{n} stop here", th="{n} รายหยุดที่ขั้นนี้")
STOPPED_MOST = Text(
    "report.stopped-most", en="{n} stop here: the largest loss", th="{n} รายหยุดที่ขั้นนี้ หลุดมากที่สุด"
)
NOT_RECORDED = Text(
    "report.not-recorded", en="no date of this stage on record", th="ไม่มีวันที่ของขั้นนี้ในข้อมูล"
)

# channels
CHANNELS = Text("report.channels", en="Channels", th="ช่องทาง")
CHANNELS_DIFFER = Text(
    "report.channels-differ",
    en="Channels differ beyond chance:",
    th="ช่องทางต่างกันเกินกว่าความบังเอิญ:",
)
CHANNELS_BELOW = Text(
    "report.channels-below", en="{names} below the average", th="{names} ต่ำกว่าค่าเฉลี่ย"
)
CHANNELS_DIFFER_PLAIN = Text(
    "report.channels-differ-plain",
    en="Channels differ beyond chance",
    th="ช่องทางต่างกันเกินกว่าความบังเอิญ",
)
CHANNELS_ALIKE = Text(
    "report.channels-alike",
    en="The channels may differ by chance alone",
    th="ช่องทางอาจต่างกันโดยบังเอิญเท่านั้น",
)
CHANNELS_PLAIN = Text("report.channels-plain", en="Customers by channel", th="ลูกค้าตามช่องทาง")
CHANNEL_TITLE = Text(
    "report.channel-title",
    en="Share of leads that become customers, by channel",
    th="สัดส่วนของลีดที่เป็นลูกค้า ตามช่องทาง",
)
CHANNEL_SUB_FINAL = Text(
    "report.channel-sub-final",
    en="Dot: when all have run their course. Line: 95\u202f% range. "
    "Hollow: few cases, or only counted so far.",
    th="จุด: เมื่อทุกรายจบแล้ว เส้น: ช่วงความเชื่อมั่น 95% จุดกลวง: มีน้อยราย หรือนับเท่าที่มี",
)
CHANNEL_SUB_COUNTED = Text(
    "report.channel-sub-counted",
    en="Dot: counted so far. Line: 95\u202f% range. Hollow: few cases.",
    th="จุด: นับเท่าที่มี เส้น: ช่วงความเชื่อมั่น 95% จุดกลวง: มีน้อยราย",
)
ORANGE = Text(
    "report.orange",
    en="Orange: the whole range lies below the average.",
    th="สีส้ม: ทั้งช่วงต่ำกว่าค่าเฉลี่ย",
)
ALL_LEADS = Text("report.all-leads", en="all {rate}", th="ทั้งหมด {rate}")
HEAD_SHARE = Text("report.head-share", en="customers (range)", th="เป็นลูกค้า (ช่วง)")
HEAD_WON = Text("report.head-won", en="won / leads", th="ชนะ / ลีด")
FEW = Text(
    "report.few",
    en="Under 20 leads or 10 customers: not ranked",
    th="ลีดไม่ถึง 20 หรือลูกค้าไม่ถึง 10 ราย ไม่จัดลำดับ",
)
NOT_A_CHANNEL = Text(
    "report.not-a-channel", en="Pooled, or channel not known", th="รวมช่องทางที่เหลือ หรือไม่ทราบช่องทาง"
)
CHANNEL_NATURE = Text(
    "report.channel-nature",
    en="Channels differ by nature: no money is put on it here.",
    th="ช่องทางต่างกันโดยธรรมชาติ จึงไม่ตีเป็นมูลค่า",
)
SOURCE_Q = Text("report.source-q", en="{q} · {n} leads", th="{q} · ลีด {n} ราย")

NOT_DRAWN = Text(
    "report.not-drawn",
    en="Not drawn: {n} more; the table holds all.",
    th="ไม่ได้แสดงในภาพอีก {n} ช่องทาง ดูทั้งหมดได้ในตาราง",
)

# months
MONTHS = Text("report.months", en="Months", th="รายเดือน")
MONTHS_TITLE = Text(
    "report.months-title",
    en="Between {low} and {high} leads arrived in a full month",
    th="เดือนที่ข้อมูลครบมีลีด {low} ถึง {high} ราย",
)
MONTHS_PLAIN = Text(
    "report.months-plain", en="What arrived, and what was won", th="ลีดที่เข้ามาและดีลที่ชนะ"
)
LEADS_TITLE = Text("report.leads-title", en="Leads by month of arrival", th="ลีดตามเดือนที่เข้ามา")
LEADS_SUB = Text(
    "report.leads-sub",
    en="Outlined: the month is not on record in full",
    th="กรอบเปล่า: ข้อมูลเดือนนั้นไม่ครบ",
)
WON_TITLE = Text("report.won-title", en="Deals won by month of the win", th="ดีลที่ชนะตามเดือนที่ชนะ")
WON_SUB = Text(
    "report.won-sub",
    en="Follows the leads that arrived before: no rate",
    th="ขึ้นกับลีดที่เข้ามาก่อนหน้า จึงไม่ใช่อัตรา",
)

# time
TIME = Text("report.time", en="Time to customer", th="เวลาจนเป็นลูกค้า")
TIME_TITLE = Text(
    "report.time-title",
    en="Half of those who buy do so within {days}",
    th="ครึ่งหนึ่งของผู้ซื้อตัดสินใจภายใน {days}",
)
TIME_PLAIN = Text("report.time-plain", en="How long it takes", th="ใช้เวลานานเท่าใด")
CURVE_TITLE = Text(
    "report.curve-title",
    en="Share of leads won, by day since first contact",
    th="สัดส่วนลีดที่เป็นลูกค้าแล้ว ตามจำนวนวันนับจากเริ่มติดต่อ",
)
CURVE_SUB = Text("report.curve-sub", en="Band: 95\u202f% range", th="แถบ: ช่วงความเชื่อมั่น 95%")
CURVE_SUB_CHANNELS = Text(
    "report.curve-sub-channels",
    en="Band: 95\u202f% range of all leads. Grey: the two best of the large channels. "
    "Orange: below the average beyond chance.",
    th="แถบ: ช่วงความเชื่อมั่น 95% ของลีดทั้งหมด สีเทา: สองช่องทางใหญ่ที่ดีที่สุด สีส้ม: ต่ำกว่าค่าเฉลี่ยเกินกว่าความบังเอิญ",
)
CURVE_ALL = Text("report.curve-all", en="All leads", th="ลีดทั้งหมด")
CURVE_PART = Text("report.curve-part", en="{part}: day {n}", th="{part}: {n} วัน")
CURVE_HALF = Text("report.curve-half", en="half of the buyers: day {n}", th="ครึ่งหนึ่งของผู้ซื้อ: {n} วัน")
CURVE_DAYS = Text("report.curve-days", en="days", th="วัน")
CURVE_RISK = Text(
    "report.curve-risk", en="below: leads followed that long", th="ด้านล่าง: ลีดที่ติดตามถึงวันนั้น"
)
MEDIAN_TITLE = Text(
    "report.median-title",
    en="Days until half of the buyers have bought, by channel",
    th="จำนวนวันที่ครึ่งหนึ่งของผู้ซื้อซื้อแล้ว ตามช่องทาง",
)
MEDIAN_SUB = Text(
    "report.median-sub",
    en="Line: 95\u202f% range. Hollow: few cases.",
    th="เส้น: ช่วงความเชื่อมั่น 95% จุดกลวง: มีน้อยราย",
)
HEAD_DAYS = Text("report.head-days", en="days (range)", th="วัน (ช่วง)")
HEAD_BUYERS = Text("report.head-buyers", en="customers", th="ลูกค้า")

# findings
FINDINGS = Text("report.findings", en="Findings", th="สิ่งที่พบ")
FINDING_ONE = Text(
    "report.finding-one", en="What to change: one finding", th="สิ่งที่ควรเปลี่ยน: พบ 1 เรื่อง"
)
FINDING_N = Text(
    "report.finding-n", en="What to change: {n} findings", th="สิ่งที่ควรเปลี่ยน: พบ {n} เรื่อง"
)
FINDING_TESTED = Text(
    "report.finding-tested",
    en="What to change: {n} findings, {tested} beyond chance",
    th="สิ่งที่ควรเปลี่ยน: พบ {n} เรื่อง โดย {tested} เรื่องเกินกว่าความบังเอิญ",
)
FINDINGS_OF = Text("report.findings-of", en="Whose findings", th="เรื่องของฝ่ายใด")
EVERYONE = Text("report.everyone", en="All", th="ทั้งหมด")
IN_WORDS = Text("report.in-words", en="In words", th="อธิบายเป็นคำ")
NO_FINDING = Text(
    "report.no-finding",
    en="Nothing stood out beyond chance. That is not proof that all is well.",
    th="ไม่พบสิ่งใดที่เด่นเกินกว่าความบังเอิญ แต่ไม่ได้พิสูจน์ว่าทุกอย่างดี",
)
WEAK_SIGNS = Text(
    "report.weak-signs",
    en="Weak signs ({n}): worth a look, not yet an action",
    th="สัญญาณอ่อน ({n}): น่าติดตาม แต่ยังไม่ควรลงมือ",
)
SIZE = Text("report.size", en="Size", th="ขนาด")

# trust
TRUST_TITLE = Text("report.trust-title", en="Data trust: {grade}", th="ความน่าเชื่อถือของข้อมูล: {grade}")
SOURCES = Text("report.sources", en="What was read", th="ข้อมูลที่อ่าน")
SOURCES_SUB = Text(
    "report.sources-sub",
    en="Read = loaded + refused. Merged: several records about one thing. Blank: empty lines.",
    th="อ่าน = รับเข้า + รับเข้าไม่ได้ รวม: หลายระเบียนที่เป็นเรื่องเดียวกัน ว่าง: บรรทัดเปล่า",
)
_ACCOUNT = (
    Text("account.name", en="Source", th="แหล่งข้อมูล"),
    Text("account.into", en="Becomes", th="กลายเป็น"),
    Text("account.read", en="Read", th="อ่าน"),
    Text("account.loaded", en="Loaded", th="รับเข้า"),
    Text("account.refused", en="Refused", th="รับเข้าไม่ได้"),
    Text("account.rows", en="Rows", th="แถว"),
    Text("account.merged", en="Merged", th="รวม"),
    Text("account.blank", en="Blank", th="ว่าง"),
)
ACCOUNT = {text.id.removeprefix("account."): text for text in _ACCOUNT}
REASONS = Text("report.reasons", en="Why something was refused", th="เหตุผลที่รับเข้าไม่ได้")
_REASON = (
    Text("reason.reason", en="Reason", th="เหตุผล"),
    Text("reason.where", en="Where", th="ตำแหน่ง"),
    Text("reason.records", en="Records", th="ระเบียน"),
    Text("reason.cells", en="Cells", th="ช่อง"),
    Text("reason.example", en="First example", th="ตัวอย่างแรก"),
)
REASON = {text.id.removeprefix("reason."): text for text in _REASON}
LINE = Text("report.line", en="line {n}", th="บรรทัด {n}")
CHECKS = Text("report.checks", en="What was checked", th="สิ่งที่ตรวจ")
CHECKED = Text("report.checked", en="{k} of {n}", th="{k} จาก {n}")
_SEVERITIES = (
    Text("severity.fine", en="Fine", th="ปกติ"),
    Text("severity.note", en="Note", th="ข้อสังเกต"),
    Text("severity.weak", en="Weak", th="อ่อน"),
    Text("severity.broken", en="Broken", th="ใช้ไม่ได้"),
)
SEVERITIES = {text.id.removeprefix("severity."): text for text in _SEVERITIES}

FINE_ONES = Text(
    "report.fine-ones", en="Checks that found no fault: {n}", th="รายการตรวจที่ไม่พบข้อบกพร่อง: {n}"
)

_USES = (  # what a check concerns
    Text("use.leads", en="Leads", th="ลีด"),
    Text("use.losses", en="Lost deals", th="ดีลที่แพ้"),
    Text("use.win day", en="Day of the win", th="วันที่ชนะ"),
    Text("use.channel", en="Channel", th="ช่องทาง"),
    Text("use.contact", en="Contacts", th="ผู้ติดต่อ"),
    Text("use.references", en="References", th="การอ้างอิง"),
)
USES = {text.id.removeprefix("use."): text for text in _USES}
USE_OF_STEP = "step "

# method
METHOD = Text("report.method", en="How it was computed", th="วิธีคำนวณ")
METHOD_TITLE = Text("report.method-title", en="How this was computed", th="ตัวเลขเหล่านี้คำนวณอย่างไร")
NOT_FOR_PAY = Text(
    "report.not-for-pay",
    en="This report is not made for pay, dismissal or ranking of people.",
    th="รายงานนี้ไม่ได้จัดทำเพื่อใช้พิจารณาค่าตอบแทน เลิกจ้าง หรือจัดอันดับบุคคล",
)
DEFINITIONS = (
    Text("define.range", en="Range", th="ช่วง"),
    Text("define.n", en="n", th="จำนวน (n)"),
    Text("define.final", en="Final and counted", th="ค่าสุดท้ายและค่าที่นับจริง"),
    Text("define.at-least", en="At least", th="อย่างน้อย"),
    Text("define.reached", en="Reached a stage", th="มาถึงขั้นตอน"),
    Text("define.strength", en="Strength of a finding", th="ความหนักแน่นของสิ่งที่พบ"),
    Text("define.parts", en="Parts of the audit", th="ส่วนต่าง ๆ ของการตรวจสอบ"),
)
MEANINGS = (  # of the definitions, in their order
    Text(
        "define.range.says",
        en="Holds the true figure in 95 of 100 such cases. It decides how many digits are shown.",
        th="ครอบคลุมค่าจริง 95 จาก 100 กรณี และกำหนดจำนวนหลักที่แสดง",
    ),
    Text(
        "define.n.says",
        en="The leads or deals that a figure rests on; for days, those that became customers.",
        th="จำนวนลีดหรือดีลที่ใช้คำนวณ สำหรับจำนวนวันคือรายที่เป็นลูกค้าแล้ว",
    ),
    Text(
        "define.final.says",
        en="A final figure allows for cases still under way; “all records” is the plain count.",
        th="ค่าสุดท้ายคำนึงถึงรายที่ยังไม่จบ ส่วน “ทุกระเบียน” คือการนับตรง ๆ",
    ),
    Text(
        "define.at-least.says",
        en="Some cases have not been followed to their end, so the final figure can be higher.",
        th="บางรายยังติดตามไม่ถึงที่สุด ค่าสุดท้ายจึงอาจสูงกว่านี้",
    ),
    Text(
        "define.reached.says",
        en="Has a date of this stage or of a later one.",
        th="มีวันที่ของขั้นนี้หรือขั้นหลังจากนี้",
    ),
    Text(
        "define.strength.says",
        en="Allowing for all that was looked at, of findings called clear at most 1 in 100 is "
        "expected to be chance, of likely ones 5 in 100. Weak sign: the data behind it has gaps. "
        "Counted: nothing was tested.",
        th="เมื่อคำนึงถึงทุกสิ่งที่ตรวจ เรื่องที่ชัดเจนคาดว่าเป็นความบังเอิญไม่เกิน 1 ใน 100 "
        "และที่น่าจะจริงไม่เกิน 5 ใน 100 สัญญาณอ่อน: ข้อมูลเบื้องหลังยังมีช่องว่าง "
        "นับจริง: ไม่ได้ทดสอบทางสถิติ",
    ),
    Text(
        "define.parts.says",
        en="A sales audit goes through five steps and looks at five parts of sales and marketing; "
        "with customer service, its last step, that makes six components. Win/loss, the reasons, "
        "stands beside them.",
        th="การตรวจสอบการขายมีห้าขั้นตอน และพิจารณาห้าส่วนของงานขายและการตลาด "
        "เมื่อรวมการบริการลูกค้าซึ่งเป็นขั้นสุดท้ายจึงมีหกองค์ประกอบ โดยเหตุผลที่ชนะและแพ้แสดงไว้เคียงกัน",
    ),
)
SETTINGS = Text("report.settings", en="Settings and versions", th="การตั้งค่าและรุ่น")
DIGESTS = Text("report.digests", en="Digests of the sources", th="รหัสตรวจสอบของแหล่งข้อมูล")
FONT = Text(
    "report.font",
    en="Thai letters: {font}, {licence}.",
    th="ตัวอักษรไทย: {font} ตามสัญญาอนุญาต {licence}",
)
