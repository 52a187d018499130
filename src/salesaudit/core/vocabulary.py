"""The words of salesaudit: one name for each thing, in the report, terminal, workbook and errors.

What a single unit says stands beside that unit. Here stands what several of them say.
"""

from __future__ import annotations

from salesaudit.core.errors import InternalError
from salesaudit.core.texts import Text

QUESTIONS_SHORT = (
    Text("Q1.short", en="Leads per month", th="ลีดต่อเดือน"),
    Text("Q2.short", en="Qualified by marketing", th="ผ่านการรับรองทางการตลาด"),
    Text("Q3.short", en="MQL to pitched", th="จาก MQL เป็นเสนอขายแล้ว"),
    Text("Q4.short", en="Pitched to SQL", th="จากเสนอขายแล้วเป็น SQL"),
    Text("Q5.short", en="SQL to customer", th="จาก SQL เป็นลูกค้า"),
    Text("Q6.short", en="Days to customer", th="จำนวนวันจนเป็นลูกค้า"),
    Text("Q7.short", en="Nurture streams", th="ชุดสื่อสารดูแลลีด"),
    Text("Q8.short", en="Content before the pitch", th="เนื้อหาก่อนเสนอขาย"),
    Text("Q9.short", en="Content before the close", th="เนื้อหาก่อนปิดการขาย"),
    Text("Q10.short", en="Leads for the team", th="ลีดสำหรับทีมขาย"),
    Text("Q11.short", en="People in sales", th="กำลังคนในทีมขาย"),
    Text("Q12.short", en="Deals won per rep", th="ดีลที่ชนะต่อคน"),
    Text("W1.short", en="Reasons for wins and losses", th="เหตุผลที่ชนะ/แพ้"),
)
COMPONENTS = (
    Text("component.C1", en="Sales process and pipeline", th="กระบวนการขายและไปป์ไลน์"),
    Text("component.C2", en="Sales tools and content", th="เครื่องมือการขายและเนื้อหา"),
    Text("component.C3", en="Quality of the existing leads", th="คุณภาพของลีดที่มีอยู่"),
    Text("component.C4", en="Reporting", th="การรายงาน"),
    Text("component.C5", en="Sales performance", th="ประสิทธิภาพการขาย"),
    Text("component.C6", en="Customer service", th="การบริการลูกค้า"),
    Text("component.W1", en="Win/loss", th="เหตุผลที่ชนะ/แพ้"),
)
OWNERS = (
    Text("owner.sales", en="Sales", th="ฝ่ายขาย"),
    Text("owner.marketing", en="Marketing", th="ฝ่ายการตลาด"),
    Text("owner.both", en="Both", th="ทั้งสองฝ่าย"),
)
REASONS = (  # why records and cells are refused
    Text("reason.fields", en="another number of fields", th="จำนวนช่องไม่ตรงกับหัวตาราง"),
    Text("reason.quote", en="a quote mark that is not closed", th="เครื่องหมายคำพูดไม่ครบคู่"),
    Text("reason.encoding", en="bytes of another encoding", th="รหัสอักขระไม่ตรงกับไฟล์"),
    Text("reason.too_long", en="a line that is too long", th="บรรทัดยาวเกินไป"),
    Text("reason.empty_record", en="no value at all", th="ไม่มีค่าใดเลย"),
    Text("reason.repeated_header", en="the header again", th="หัวตารางซ้ำ"),
    Text("reason.separator_line", en="a line of separators", th="บรรทัดคั่น"),
    Text("reason.footer", en="a line under the table", th="บรรทัดท้ายรายงาน"),
    Text("reason.totals_row", en="a row of totals", th="แถวผลรวม"),
    Text("reason.json", en="no JSON object", th="ไม่ใช่ออบเจกต์ JSON"),
    Text("reason.error_cell", en="a cell with an error", th="เซลล์แสดงข้อผิดพลาด"),
    Text("reason.no_value", en="a formula without a value", th="สูตรที่ยังไม่มีผลคำนวณ"),
    Text("reason.missing", en="a value that is needed is missing", th="ขาดค่าที่จำเป็น"),
    Text("reason.not_a_date", en="no date", th="ไม่ใช่วันที่"),
    Text("reason.not_a_number", en="no number", th="ไม่ใช่ตัวเลข"),
    Text("reason.not_a_boolean", en="neither yes nor no", th="ไม่ใช่คำว่าใช่หรือไม่ใช่"),
    Text("reason.no_such_day", en="no such day or hour", th="ไม่มีวันหรือเวลานี้"),
    Text("reason.no_year", en="a date without a year", th="วันที่ไม่มีปี"),
    Text("reason.overflow", en="a number that is too large", th="ตัวเลขใหญ่เกินไป"),
    Text("reason.two_languages", en="yes and no in two languages", th="คำว่าใช่หรือไม่ใช่สองภาษาปนกัน"),
    Text("reason.undecided", en="can be read in several ways", th="อ่านได้หลายแบบ"),
    Text("reason.not_allowed", en="a value that is not one of those known", th="ค่าที่ไม่รู้จัก"),
    Text("reason.contradicting_key", en="contradicts another record", th="ขัดแย้งกับรายการอื่น"),
    Text("reason.unreadable", en="cannot be read", th="อ่านไม่ได้"),
)
STATES = (  # of an answer
    Text("state.answered", en="Answered", th="ตอบได้"),
    Text("state.partial", en="In part", th="ตอบได้บางส่วน"),
    Text("state.unanswerable", en="No data", th="ไม่มีข้อมูล"),
    Text("state.withheld", en="Not shown", th="ไม่แสดง"),
    Text("state.failed", en="Failed", th="คำนวณไม่สำเร็จ"),
)
STATUSES = (  # of an estimate
    Text("status.matured", en="final", th="ค่าสุดท้าย"),
    Text("status.at_least", en="at least", th="อย่างน้อย"),
    Text("status.observed", en="counted", th="นับจริง"),
    Text("status.assumed", en="assumed", th="สมมติ"),
    Text("status.withheld", en="not shown", th="ไม่แสดง"),
)
STRENGTHS = (  # of a finding
    Text("strength.clear", en="clear", th="ชัดเจน"),
    Text("strength.likely", en="likely", th="น่าจะจริง"),
    Text("strength.weak", en="weak sign", th="สัญญาณอ่อน"),
    Text("strength.counted", en="counted", th="นับจริง"),
)
BANDS = (  # of a component's score
    Text("band.weak", en="Weak", th="ควรปรับปรุง"),
    Text("band.fair", en="Fair", th="พอใช้"),
    Text("band.good", en="Good", th="ดี"),
    Text("band.strong", en="Strong", th="ดีมาก"),
    Text("band.cannot_tell", en="Cannot tell yet", th="ยังบอกไม่ได้"),
    Text("band.not_enough_data", en="Not enough data", th="ข้อมูลไม่พอ"),
    Text("band.failed", en="Failed", th="คำนวณไม่สำเร็จ"),
)
ROLES = (  # of a stage
    Text("role.visitor", en="Visitor", th="ผู้เข้าชม"),
    Text("role.lead", en="Lead", th="ลีด"),
    Text("role.mql", en="MQL", th="MQL"),
    Text("role.pitched", en="Pitched", th="เสนอขายแล้ว"),
    Text("role.sql", en="SQL", th="SQL"),
    Text("role.customer", en="Customer", th="ลูกค้า"),
)
ROLES_IN_FULL = (  # at first mention
    Text("role.lead.full", en="lead", th="ลีด (ลูกค้าเป้าหมาย)"),
    Text("role.mql.full", en="marketing-qualified lead (MQL)", th="ลีดที่ผ่านการรับรองทางการตลาด (MQL)"),
    Text("role.sql.full", en="sales-qualified lead (SQL)", th="ลีดที่ผ่านการรับรองจากฝ่ายขาย (SQL)"),
)
OUTCOMES = (
    Text("outcome.won", en="Won", th="ชนะ"),
    Text("outcome.lost", en="Lost", th="แพ้"),
    Text("outcome.open", en="Still under way", th="ยังไม่จบ"),
)
CLASSIFIERS = (  # numbers with what they count
    Text("count.leads", en="{n} leads", th="ลีด {n} ราย"),
    Text("count.customers", en="{n} customers", th="ลูกค้า {n} ราย"),
    Text("count.deals", en="{n} deals", th="{n} ดีล"),
    Text("count.reps", en="{n} reps", th="พนักงานขาย {n} คน"),
    Text("count.channels", en="{n} channels", th="{n} ช่องทาง"),
    Text("count.rows", en="{n} rows", th="{n} แถว"),
    Text("count.cases", en="{n} cases", th="{n} ราย"),
)
TERMS_OF_TRADE = (
    Text("term.channel", en="channel", th="ช่องทาง"),
    Text("term.deal", en="deal", th="ดีล"),
    Text("term.nurture", en="nurture stream", th="ชุดสื่อสารดูแลลีด (nurture)"),
    Text("term.pitch", en="pitch", th="เสนอขาย"),
    Text("term.range", en="range", th="ช่วง"),
    Text("term.referral", en="referral", th="การบอกต่อ"),
    Text("term.rep", en="rep", th="พนักงานขาย"),
    Text("term.repeat", en="repeat purchase", th="การซื้อซ้ำ"),
)

TITLE = Text("title", en="Sales audit", th="การตรวจสอบการขาย")
STAKE = Text("stake", en="Money at stake per year", th="มูลค่าส่วนต่างต่อปี")
CHANNEL_NONE = Text("channel.none", en="No channel given", th="ไม่ได้ระบุช่องทาง")
CHANNEL_REST = Text("channel.rest", en="All others", th="ช่องทางอื่นทั้งหมด")
RANGE95 = Text(
    "range95",
    en="The true figure is very likely in this range (95\u202f%)",
    th="ค่าจริงน่าจะอยู่ในช่วงนี้ (ความเชื่อมั่น 95%)",
)
FROM_LEADS = Text("n", en="from {n} leads", th="จากลีด {n} ราย")
SMALL = Text(
    "small",
    en="Only {n} cases: too few to compare.",
    th="มีเพียง {n} ราย น้อยเกินกว่าจะเปรียบเทียบ",
)
STILL_OPEN = Text(
    "open",
    en="{n} leads are still under way; about {m} more will become customers.",
    th="ลีดอีก {n} รายยังไม่จบ คาดว่าจะเป็นลูกค้าเพิ่มอีกประมาณ {m} ราย",
)
EVIDENCE = Text("evidence", en="How this was counted", th="ตัวเลขนี้มาจากไหน")
AS_TABLE = Text("table", en="Show as table", th="ดูเป็นตาราง")
DO_NEXT = Text("do-next", en="Do next", th="ขั้นต่อไป")
CHECK_THIS = Text("check-this", en="Check this", th="ควรตรวจสอบก่อน")
ILLUSTRATIVE = Text("illustrative", en="made-up figure", th="ตัวเลขสมมติ")
NAMES_HIDDEN = Text("names.hidden", en="Names are hidden in this copy.", th="ฉบับนี้ไม่แสดงชื่อบุคคล")
ROWS_REFUSED = Text(
    "rows.refused", en="{n} rows were refused. See why.", th="มี {n} แถวที่รับเข้าไม่ได้ ดูเหตุผล"
)
CHANGE_BY_CHANCE = Text(
    "changed.chance",
    en="The change may be chance.",
    th="ความเปลี่ยนแปลงนี้อาจเป็นเพียงความบังเอิญ",
)

_TERMS = {
    text.id: text
    for group in (
        QUESTIONS_SHORT,
        COMPONENTS,
        OWNERS,
        REASONS,
        STATES,
        STATUSES,
        STRENGTHS,
        BANDS,
        ROLES,
        ROLES_IN_FULL,
        OUTCOMES,
        CLASSIFIERS,
        TERMS_OF_TRADE,
    )
    for text in group
}

# Words that tell of an association, wherever content, lead quality or rep steps are compared.
ASSOCIATION_VERBS: tuple[str, ...] = (
    "go with",
    "goes with",
    "went with",
    "is seen with",
    "are seen with",
    "moved on at",
    "พบร่วมกับ",
    "สัมพันธ์กับ",
    "ไปด้วยกันกับ",
    "เดินหน้าต่อ",
)

# Words that claim an effect, which no comparison of records can show. English phrases are looked
# for as whole words in any case, Thai ones anywhere. A cause may be named in the reason why a
# number is missing: plain "because" and its Thai counterparts are not in the list.
# Values of a channel, in lower case, that name none: their leads are counted, nothing is advised.
MEANS_UNKNOWN: frozenset[str] = frozenset(
    {"unknown", "(unknown)", "not set", "(not set)", "n/a", "ไม่ทราบ", "ไม่ระบุ"}
)
FORBIDDEN_CAUSAL: tuple[str, ...] = (
    "because of",
    "boosts",
    "boosted by",
    "caused by",
    "causes",
    "causing",
    "driven by",
    "drives",
    "due to",
    "lift due to",
    "lift from",
    "owing to",
    "resulted in",
    "results in",
    "thanks to",
    "ก่อให้เกิด",
    "ทำให้เกิด",
    "ทำให้ยอดขาย",
    "เป็นเพราะ",
    "เพราะว่า",
    "เป็นผลจาก",
    "เป็นผลมาจาก",
    "เป็นสาเหตุ",
    "มีสาเหตุ",
    "สาเหตุมาจาก",
    "เนื่องมาจาก",
    "ส่งผลให้",
)

# Latin words that may stand in a Thai text; names of files, options and columns may as well.
KEPT_TERMS: frozenset[str] = frozenset(
    {
        # funnel and trade
        *("MQL", "SQL", "CRM", "ID", "nurture", "webinar"),
        # questions and components
        *(f"Q{number}" for number in range(1, 13)),
        *(f"C{number}" for number in range(1, 7)),
        *("W1", "A", "B", "C", "D", "n", "p", "q"),
        # files and machines
        *(
            "API",
            "CSV",
            "DuckDB",
            "GB",
            "MB",
            "Excel",
            "HTML",
            "ISO",
            "JSON",
            "LINE",
            "PDF",
            "Parquet",
        ),
        *("Python", "SQLite", "Spark", "TSV", "URL", "UTF", "XLSX", "YAML", "ZIP"),
        # products and companies
        *("Facebook", "Google", "HubSpot", "Mailchimp", "Odoo", "Olist", "Pipedrive"),
        *("Salesforce", "Zoho"),
        # our own name and commands
        *("salesaudit", "audit", "check", "compare", "demo", "explain", "forecast", "forget"),
        *("ingest", "map", "plan", "serve", "template"),
    }
)


def term(text_id: str) -> Text:
    """The text of a family by its id, such as ``state.answered``, ``role.mql``, ``Q5.short``.

    Raises:
        InternalError: no family holds the id.
    """
    if text_id not in _TERMS:
        raise InternalError(f"the vocabulary has no term {text_id!r}")
    return _TERMS[text_id]


def reason(code: str) -> Text | None:
    """Why something was refused, or None for a code that a later version brought."""
    return _TERMS.get(f"reason.{code}")
