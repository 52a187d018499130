"""What the command line says by itself, in both languages."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from salesaudit.core.language import Language, system_language
from salesaudit.core.texts import Text

APP = Text(
    "cli.app",
    en="Sales audits from the exports a company already has. Nothing leaves this machine.",
    th="ตรวจสอบการขายจากไฟล์ส่งออกที่บริษัทมีอยู่แล้ว ข้อมูลไม่ออกจากเครื่องนี้",
)
DEMO = Text(
    "cli.demo",
    en="Make a demo company, audit it, and open the report.",
    th="สร้างบริษัทตัวอย่าง ตรวจสอบ และเปิดรายงาน",
)
AUDIT = Text(
    "cli.audit",
    en="Audit a folder of exports, a salesaudit.yaml, one export, or a warehouse.",
    th="ตรวจสอบโฟลเดอร์ไฟล์ส่งออก ไฟล์ salesaudit.yaml ไฟล์ส่งออกหนึ่งไฟล์ หรือคลังข้อมูล",
)
INGEST = Text(
    "cli.ingest",
    en="Load exports into a warehouse, which audit then takes as its path.",
    th="นำไฟล์ส่งออกเข้าคลังข้อมูล เพื่อใช้คลังนั้นกับคำสั่ง audit",
)
FORGET = Text(
    "cli.forget",
    en="Take people out of a warehouse and the loads it keeps; the counts stay.",
    th="ลบข้อมูลบุคคลออกจากคลังข้อมูลและข้อมูลที่เคยนำเข้า โดยจำนวนนับยังคงเดิม",
)
FORGET_IDS = Text(
    "cli.forget_ids",
    en="Ids of leads, deals or customers, or mail addresses.",
    th="รหัสลีด ดีล หรือลูกค้า หรืออีเมล",
)
WAREHOUSE = Text(
    "cli.warehouse",
    en="Folder of the warehouse; by default the current one.",
    th="โฟลเดอร์คลังข้อมูล หากไม่ระบุใช้โฟลเดอร์ปัจจุบัน",
)
NO_WAREHOUSE = Text("cli.no_warehouse", en="{path} is no warehouse.", th="{path} ไม่ใช่คลังข้อมูล")
NAME_WAREHOUSE = Text(
    "cli.name_warehouse",
    en="Name the folder that  salesaudit ingest  wrote:  --warehouse FOLDER.",
    th="ระบุโฟลเดอร์ที่สร้างด้วย  salesaudit ingest:  --warehouse โฟลเดอร์",
)
FORGOTTEN = Text(
    "cli.forgotten",
    en="Forgotten in {path}: leads {leads}, and what was said about deals {deals}. Exports and "
    "backups outside of it are untouched.",
    th="ลบออกจาก {path} แล้ว: ลีด {leads} ราย และข้อความที่เกี่ยวกับดีล {deals} รายการ "
    "ไฟล์ส่งออกและข้อมูลสำรองภายนอกไม่มีการเปลี่ยนแปลง",
)
CHECK = Text(
    "cli.check",
    en="Look at the data only: what was read, refused and missing.",
    th="ตรวจเฉพาะข้อมูล: อ่านอะไรได้ อะไรถูกปฏิเสธ และอะไรขาดไป",
)
MAP = Text(
    "cli.map",
    en="Propose a salesaudit.yaml for a folder of exports of any kind.",
    th="เสนอไฟล์ salesaudit.yaml สำหรับโฟลเดอร์ไฟล์ส่งออกไม่ว่าชนิดใด",
)
MAP_PATH = Text("cli.map_path", en="A folder of exports.", th="โฟลเดอร์ไฟล์ส่งออก")
MAP_OUT = Text(
    "cli.map_out",
    en="The file to write, or - to print; by default salesaudit.yaml in the folder.",
    th="ไฟล์ที่จะเขียน หรือ - เพื่อแสดงบนหน้าจอ ค่าเริ่มต้นคือ salesaudit.yaml ในโฟลเดอร์",
)
EXPLAIN = Text(
    "cli.explain",
    en="Say what an audit asks, needs and counts, and how.",
    th="อธิบายว่าการตรวจสอบแต่ละข้อถามอะไร ต้องใช้อะไร นับอะไร และอย่างไร",
)
PATH = Text(
    "cli.path",
    en="A folder of exports, a salesaudit.yaml, one export, or a warehouse.",
    th="โฟลเดอร์ไฟล์ส่งออก ไฟล์ salesaudit.yaml ไฟล์ส่งออกหนึ่งไฟล์ หรือคลังข้อมูล",
)
OUT = Text("cli.out", en="Where to write.", th="โฟลเดอร์ปลายทาง")
INTO = Text("cli.into", en="Folder of the warehouse to load into.", th="โฟลเดอร์คลังข้อมูลที่จะนำเข้า")
LANG = Text("cli.lang", en="Language: en or th.", th="ภาษา: en หรือ th")
VERBOSE = Text(
    "cli.verbose",
    en="Say more, also what went wrong inside.",
    th="แสดงรายละเอียดเพิ่ม รวมถึงข้อผิดพลาดภายใน",
)
QUIET = Text("cli.quiet", en="Say only what failed.", th="แสดงเฉพาะสิ่งที่ไม่สำเร็จ")
VERSION = Text("cli.version", en="Show the version.", th="แสดงรุ่นของโปรแกรม")
AS_OF = Text(
    "cli.as_of",
    en="The end of what is known, as 2018-11-14; later events do not exist.",
    th="วันสุดท้ายของข้อมูลที่ใช้ เช่น 2018-11-14 เหตุการณ์หลังจากนั้นถือว่ายังไม่เกิด",
)
FORMATS = Text(
    "cli.formats", en="What to write: html, json, or both.", th="รูปแบบที่จะเขียน: html, json หรือทั้งสอง"
)
NAMES = Text("cli.names", en="Names of people: show or hide.", th="ชื่อบุคคล: show หรือ hide")
MEMORY = Text(
    "cli.memory",
    en="Limit of the engine's memory, such as 4GB.",
    th="จำกัดหน่วยความจำของเครื่องมือ เช่น 4GB",
)
PEOPLE = Text(
    "cli.people",
    en="Write a sheet for each member of the team into people/, for that person and the manager.",
    th="เขียนเอกสารรายบุคคลของทีมไว้ในโฟลเดอร์ย่อย สำหรับเจ้าตัวและผู้จัดการ",
)
PEOPLE_HIDDEN = Text(
    "cli.people_hidden",
    en="Names are hidden, and a sheet for each person cannot hide whose it is.",
    th="ตั้งค่าไม่แสดงชื่อไว้ แต่เอกสารรายบุคคลซ่อนชื่อเจ้าของไม่ได้",
)
PEOPLE_OR_NAMES = Text(
    "cli.people_or_names",
    en="Leave out --people, or show names: --names show.",
    th="ตัด --people ออก หรือแสดงชื่อด้วย --names show",
)
FAIL_ON = Text(
    "cli.fail_on",
    en="Exit with 1 if there is any finding, or a high one (beyond chance, or weak or broken "
    "data).",
    th="จบด้วยรหัส 1 หากมีข้อค้นพบใด ๆ (any) หรือข้อค้นพบสำคัญ (high)",
)
COMPANY = Text(
    "cli.company",
    en="Which demo company, or a YAML file that describes one.",
    th="ชื่อบริษัทตัวอย่าง หรือไฟล์ YAML ที่อธิบายบริษัท",
)
LEADS = Text(
    "cli.leads",
    en="How many leads it has; its own number by default.",
    th="จำนวนลีด หากไม่ระบุใช้จำนวนของบริษัทนั้น",
)
SEED = Text("cli.seed", en="The same seed makes the same company.", th="ค่าเริ่มสุ่ม ค่าเดิมได้บริษัทเดิม")
AUDIT_ID = Text("cli.audit_id", en="Id of an audit, or Q1 to Q6.", th="รหัสการตรวจสอบ หรือ Q1 ถึง Q6")
PLAN = Text(
    "cli.plan",
    en="Plan before the money is spent.",
    th="วางแผนก่อนใช้เงิน",
)
PLAN_CAMPAIGN = Text(
    "cli.plan_campaign",
    en="Plan a campaign: customers, return, and the most that it may cost.",
    th="วางแผนแคมเปญ: จำนวนลูกค้า ผลตอบแทน และราคาที่ไม่ควรเกิน",
)
PLAN_PATH = Text(
    "cli.plan_path",
    en="The company's exports or warehouse: what is not typed comes from its past.",
    th="ไฟล์ส่งออกหรือคลังข้อมูลของบริษัท ค่าที่ไม่ได้ระบุจะมาจากข้อมูลในอดีต",
)
PLAN_LEADS = Text("cli.plan_leads", en="Leads expected.", th="จำนวนลีดที่คาดว่าจะได้")
PLAN_COST = Text(
    "cli.plan_cost",
    en="Price, all in: media, production, people.",
    th="ราคารวมทุกค่าใช้จ่าย: สื่อ การผลิต และคน",
)
PLAN_REACH = Text(
    "cli.plan_reach",
    en="Share of leads that is reached, as 0.5 for half.",
    th="สัดส่วนลีดที่ติดต่อได้ เช่น 0.5 คือครึ่งหนึ่ง",
)
PLAN_CLOSE = Text(
    "cli.plan_close",
    en="Of those reached, the share that becomes customers, as 0.25.",
    th="สัดส่วนที่เป็นลูกค้าจากลีดที่ติดต่อได้ เช่น 0.25",
)
PLAN_MARGIN = Text(
    "cli.plan_margin",
    en="Margin per customer, not revenue.",
    th="กำไรต่อลูกค้าหนึ่งราย ไม่ใช่รายได้",
)
PLAN_CHANNEL = Text(
    "cli.plan_channel",
    en="Take the rates of this channel, if it has customers enough.",
    th="ใช้อัตราของช่องทางนี้ หากมีลูกค้ามากพอ",
)
PLAN_FLOOR = Text(
    "cli.plan_floor",
    en="Return under which it is not worth doing; default: return_floor of the settings, 2.",
    th="ผลตอบแทนขั้นต่ำที่คุ้มทำ ค่าเริ่มต้นคือ return_floor ในการตั้งค่า หรือ 2",
)
PLAN_CAPACITY = Text(
    "cli.plan_capacity",
    en="Leads that the team can take on; those above count nothing.",
    th="จำนวนลีดที่ทีมรับได้ ส่วนที่เกินไม่นับ",
)
PLAN_WEEKS = Text(
    "cli.plan_weeks",
    en="Weeks over which the leads come.",
    th="จำนวนสัปดาห์ที่ลีดทยอยเข้ามา",
)
PLAN_FORMAT = Text("cli.plan_format", en="text or json.", th="text หรือ json")
NO_NUMBER = Text(
    "cli.no_number",
    en="{name} is a number, and “{got}” was given.",
    th="{name} เป็นตัวเลข แต่ได้รับ “{got}”",
)
WRITE_NUMBER = Text(
    "cli.write_number",
    en="Write it in digits alone, such as 3000 or 0.5.",
    th="เขียนเป็นตัวเลขล้วน เช่น 3000 หรือ 0.5",
)

NO_MEMORY = Text(
    "cli.no_memory",
    en="The memory that the engine may use is too small for this data.",
    th="หน่วยความจำที่กำหนดให้ใช้ไม่พอสำหรับข้อมูลนี้",
)
MORE_MEMORY = Text(
    "cli.more_memory",
    en="Give it more with --memory, such as 4GB, or close other programs.",
    th="เพิ่มด้วย --memory เช่น 4GB หรือปิดโปรแกรมอื่น",
)
BAD_DATE = Text(
    "cli.bad_date",
    en="--as-of takes a day such as 2018-11-14, and “{got}” was given.",
    th="--as-of ต้องเป็นวันที่เช่น 2018-11-14 แต่ได้รับ “{got}”",
)
WRITE_DATE = Text(
    "cli.write_date",
    en="Write year, month and day with hyphens.",
    th="เขียนเป็น ปี-เดือน-วัน",
)
BAD_CHOICE = Text(
    "cli.bad_choice",
    en="{option} takes {known}, and “{got}” was given.",
    th="{option} ใช้ได้กับ {known} แต่ได้รับ “{got}”",
)
CHOOSE = Text("cli.choose", en="Choose one of them.", th="เลือกค่าใดค่าหนึ่ง")
CANNOT_WRITE = Text(
    "cli.cannot_write",
    en="{path} could not be written: {got}.",
    th="เขียน {path} ไม่สำเร็จ: {got}",
)
OTHER_FOLDER = Text(
    "cli.other_folder",
    en="Make room, or name another folder with -o.",
    th="เพิ่มพื้นที่ว่าง หรือระบุโฟลเดอร์อื่นด้วย -o",
)
OUR_FAULT = Text(
    "cli.our_fault",
    en="This is a fault of ours: {cause}. The log is at {log}; nothing was changed.",
    th="เกิดข้อผิดพลาดจากโปรแกรม: {cause} บันทึกอยู่ที่ {log} ข้อมูลไม่มีการเปลี่ยนแปลง",
)
STOPPED = Text(
    "cli.stopped",
    en="Stopped. What was there before is unchanged.",
    th="หยุดแล้ว ข้อมูลเดิมไม่มีการเปลี่ยนแปลง",
)
READING = Text("cli.reading", en="Reading {what}", th="กำลังอ่าน {what}")
COUNTING = Text("cli.counting", en="Counting {what}", th="กำลังนับ {what}")
MAKING = Text("cli.making", en="Making {what}", th="กำลังสร้าง {what}")
REBUILD = Text(
    "cli.rebuild",
    en="Build the tables anew from all kept loads, even where nothing is new.",
    th="สร้างตารางใหม่จากข้อมูลที่เคยนำเข้าทั้งหมด แม้ไม่มีข้อมูลใหม่",
)
NOTHING_NEW = Text(
    "cli.nothing_new",
    en="Nothing to do: the warehouse {path} has every one of these exports already.",
    th="ไม่มีสิ่งที่ต้องทำ คลังข้อมูล {path} มีไฟล์ส่งออกเหล่านี้ครบแล้ว",
)
KEPT = Text(
    "cli.kept",
    en="Kept for later loads: {files} exports, in {loads} loads.",
    th="เก็บไว้สำหรับการนำเข้าครั้งต่อไป: ไฟล์ส่งออก {files} ไฟล์ จากการนำเข้า {loads} ครั้ง",
)
BUILT_ANEW = Text(
    "cli.built_anew",
    en="No new records. The tables were built anew from the kept loads. The warehouse is {path}.",
    th="ไม่มีรายการใหม่ สร้างตารางใหม่จากข้อมูลที่เคยนำเข้าแล้ว คลังข้อมูลอยู่ที่ {path}",
)
LOADED = Text(
    "cli.loaded",
    en="{records} records read, {loaded} loaded, {refused} refused. The warehouse is {path}.",
    th="อ่าน {records} รายการ นำเข้า {loaded} ปฏิเสธ {refused} คลังข้อมูลอยู่ที่ {path}",
)
REPORT_AT = Text("cli.report_at", en="The report is {path}", th="รายงานอยู่ที่ {path}")
EXPORTS_AT = Text(
    "cli.exports_at", en="The company's exports are {path}", th="ไฟล์ส่งออกของบริษัทอยู่ที่ {path}"
)
KNOWN_UNTIL = Text(
    "cli.known_until",
    en="Known until {day}. Stages: {stages}.",
    th="มีข้อมูลถึง {day} ขั้น: {stages}",
)
NOT_RECORDED = Text("cli.not_recorded", en="not recorded", th="ไม่มีบันทึก")
REFUSED_ROWS = Text("cli.refused_rows", en="Refused", th="รายการที่ปฏิเสธ")
MORE_REFUSED = Text("cli.more_refused", en="and {n} more", th="และอีก {n} รายการ")
TO_KNOW = Text("cli.to_know", en="To know", th="ข้อควรทราบ")
COLUMNS = tuple(
    Text(f"cli.column.{name}", en=en, th=th)
    for name, en, th in (
        ("file", "file", "ไฟล์"),
        ("into", "into", "เข้าตาราง"),
        ("read", "read", "อ่าน"),
        ("loaded", "loaded", "นำเข้า"),
        ("refused", "refused", "ปฏิเสธ"),
        ("rows", "rows", "แถว"),
        ("merged", "merged", "รวมซ้ำ"),
        ("blank", "blank", "ว่าง"),
    )
)
RECOGNISED = tuple(
    Text(f"cli.recognised.{name}", en=en, th=th)
    for name, en, th in (
        ("as", "taken for", "เข้าใจว่าเป็น"),
        ("score", "score", "คะแนน"),
        ("history", "history", "ประวัติ"),
        ("by", "decided by", "พิจารณาจาก"),
    )
)
HISTORY = {
    name: Text(f"cli.history.{name}", en=en, th=th)
    for name, en, th in (
        ("full", "every change", "ทุกการเปลี่ยนแปลง"),
        ("entered-dates", "a day for each stage", "วันที่ของแต่ละขั้น"),
        ("last-change", "the last change", "การเปลี่ยนแปลงล่าสุด"),
        ("current-only", "today only", "เฉพาะปัจจุบัน"),
        ("none", "–", "–"),
    )
}
OF_THE_EXPORTS = Text(
    "cli.of_the_exports", en="About these exports", th="ข้อควรทราบเกี่ยวกับไฟล์ส่งออกเหล่านี้"
)
PREVIEW = Text(
    "cli.preview",
    en="{export}: known from secondary sources only, not yet tried on a real export. Compare its "
    "numbers with the system's own.",
    th="{export}: รู้จักจากแหล่งข้อมูลรองเท่านั้น ยังไม่เคยทดลองกับไฟล์จริง โปรดเทียบตัวเลขกับในระบบ",
)
TIMES_UTC = Text(
    "cli.times_utc",
    en="{exports}: times without a zone are taken as UTC.",
    th="{exports}: เวลาที่ไม่ระบุเขตถือเป็นเวลามาตรฐานสากล",
)
TIMES_OWN = Text(
    "cli.times_own",
    en="{exports}: times without a zone are taken as the company's, {zone}.",
    th="{exports}: เวลาที่ไม่ระบุเขตถือเป็นเวลาของบริษัท {zone}",
)
UNUSED = Text(
    "cli.unused",
    en="{file}: columns not used: {columns}.",
    th="{file}: คอลัมน์ที่ไม่ได้ใช้: {columns}",
)
TAKEN_FOR = Text("cli.taken_for", en="Recognised: {exports}.", th="ไฟล์ที่รู้จัก: {exports}")
WHY_REFUSED = tuple(
    Text(f"cli.why_refused.{name}", en=en, th=th)
    for name, en, th in (
        ("line", "line", "บรรทัด"),
        ("column", "column", "คอลัมน์"),
        ("value", "value", "ค่า"),
        ("reason", "reason", "เหตุผล"),
    )
)
NO_AUDIT = Text(
    "cli.no_audit",
    en="There is no audit “{got}”.",
    th="ไม่มีการตรวจสอบชื่อ “{got}”",
)
KNOWN_AUDITS = Text(
    "cli.known_audits",
    en="The nearest is “{nearest}”; salesaudit explain lists them all.",
    th="ชื่อที่ใกล้เคียงที่สุดคือ “{nearest}” ดูทั้งหมดด้วย salesaudit explain",
)
WHY = Text("cli.explain.why", en="Why", th="เหตุผล")
COUNTS = Text("cli.explain.counts", en="What counts", th="นับอย่างไร")
MEASURES = Text("cli.explain.measures", en="Counted from", th="นับจาก")
METHOD = Text("cli.explain.method", en="Method", th="วิธีการ")


def language_asked(arguments: Sequence[str] | None = None) -> Language:
    """The language of ``--lang``, else of the terminal: help is written before options are read."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for place, word in enumerate(given):
        name, _, value = word.partition("=")
        if name == "--lang":
            asked = value or (given[place + 1] if place + 1 < len(given) else "")
            if asked in tuple(Language):
                return Language(asked)
    return system_language()


def quiet_asked(arguments: Sequence[str] | None = None) -> bool:
    """Whether ``-q`` stands before the verb."""
    for word in sys.argv[1:] if arguments is None else arguments:
        if word in ("-q", "--quiet"):
            return True
        if not word.startswith("-") and word not in tuple(Language):
            return False
    return False


def say(text: Text) -> str:
    """A text without parameters in the language that was asked for."""
    return text.th if language_asked() is Language.TH else text.en
