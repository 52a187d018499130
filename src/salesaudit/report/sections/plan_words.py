"""What the plan of the report says beside what every plan says."""

from __future__ import annotations

from salesaudit.core.texts import Text

LABEL = Text("plan.label", en="Plan a campaign", th="วางแผนแคมเปญ")
EYEBROW = Text("plan.eyebrow", en="Before a campaign is bought", th="ก่อนตัดสินใจซื้อแคมเปญ")
HEAD_YES = Text(
    "plan.head.yes",
    en="{customers}. {x} in 20 futures reach {floor}.",
    th="คาดว่าได้{customers} และ {x} ใน 20 กรณีมีผลตอบแทนถึง {floor}",
)
HEAD_NO = Text(
    "plan.head.no",
    en="{customers}. Only {x} in 20 futures reach {floor}.",
    th="คาดว่าได้{customers} แต่มีเพียง {x} ใน 20 กรณีที่ผลตอบแทนถึง {floor}",
)
SAYS = Text(
    "plan.says",
    en="Of {leads} leads {reach} are reached, {close} of those buy: {expected} expected, so "
    "{customers}. Each leaves {margin}; the campaign costs {cost}.",
    th="จากลีด {leads} ราย ติดต่อได้ {reach} และซื้อ {close} ของรายที่ติดต่อได้ ค่าคาดหมาย {expected} "
    "จึงเป็น{customers} แต่ละรายให้กำไร {margin} แคมเปญราคา {cost}",
)
EXPECT = Text("plan.expect", en="What you expect", th="สิ่งที่คาดไว้")
FOLLOWS = Text(
    "plan.follows",
    en="The answer follows. What you type is taken as exact.",
    th="คำตอบจะเปลี่ยนตาม ตัวเลขที่ระบุเองถือเป็นค่าแน่นอน",
)
YOUR_PAST = Text("plan.your_past", en="your past: {figure}", th="ข้อมูลในอดีต: {figure}")
USE_IT = Text("plan.use_it", en="Use it", th="ใช้ค่านี้")
USE_WHICH = Text("plan.use_which", en="Use it: {name}", th="ใช้ค่านี้: {name}")
MADE_UP = Text(
    "plan.made_up",
    en="◇ Made up, put in your own: {names}.",
    th="◇ ตัวเลขสมมติ โปรดใส่ค่าของบริษัท: {names}",
)
STEPS_TITLE = Text("plan.steps.title", en="From leads to customers", th="จากลีดถึงลูกค้า")
STEPS_SUB = Text(
    "plan.steps.sub",
    en="Solid: whole customers. Hatched: the part of one",
    th="ทึบ: ลูกค้าเต็มราย ลายเส้น: เศษของหนึ่งราย",
)
DOTS_TITLE = Text(
    "plan.dots.title", en="{x} of 20 futures reach {floor}", th="{x} จาก 20 กรณีถึง {floor}"
)
DOTS_SUB = Text(
    "plan.dots.sub",
    en="Each dot is one of 20 equally likely futures · back per 1 spent",
    th="แต่ละจุดคือหนึ่งใน 20 กรณีที่เป็นไปได้เท่ากัน · ผลตอบแทนต่อเงิน 1",
)
DOTS_KEY = Text(
    "plan.dots.key",
    en="Filled dots reach the floor, hollow ones do not.",
    th="จุดทึบถึงเกณฑ์ จุดโปร่งไม่ถึง",
)
HANGS_TITLE = Text(
    "plan.hangs.title",
    en="The answer hangs most on: {name}",
    th="คำตอบขึ้นอยู่กับสิ่งนี้มากที่สุด: {name}",
)
HANGS_SUB = Text(
    "plan.hangs.sub",
    en="Return if one number moves through its past range and the others stay. Orange: below the "
    "floor",
    th="ผลตอบแทนเมื่อตัวเลขหนึ่งเปลี่ยนตามช่วงในอดีตและตัวอื่นคงเดิม สีส้ม: ต่ำกว่าเกณฑ์",
)
FLOOR_MARK = Text("plan.mark.floor", en="floor {floor}", th="เกณฑ์ {floor}")
NOW_MARK = Text("plan.mark.now", en="now {r}", th="ขณะนี้ {r}")
FUTURE = Text("plan.future", en="Future", th="กรณีที่")
TABLE = Text("plan.table", en="The 20 futures", th="ทั้ง 20 กรณี")
HOW = Text(
    "plan.how",
    en="The number of customers varies by chance, and past rates have a range. "
    "Return is margin, not revenue, divided by the full cost. The team's capacity "
    "is taken as enough; salesaudit plan campaign counts it.",
    th="จำนวนลูกค้ามีความไม่แน่นอน และอัตราในอดีตมีช่วงตามจำนวนที่นับได้ ผลตอบแทนคือกำไร (ไม่ใช่รายได้) "
    "ต่อค่าใช้จ่ายทั้งหมด ถือว่ากำลังของทีมเพียงพอ คำสั่ง salesaudit plan campaign คิดกำลังของทีมด้วย",
)
