"""What a campaign plan says, in the terminal and in the report alike."""

from __future__ import annotations

from salesaudit.core.texts import Text

VERDICT_YES = Text(
    "plan.verdict.yes",
    en="{x} in 20 futures reach the floor. {customers}, {r} back per 1 spent.",
    th="{x} ใน 20 กรณีถึงเกณฑ์ขั้นต่ำ {customers} จ่าย 1 ได้คืน {r}",
)
VERDICT_NO = Text(
    "plan.verdict.no",
    en="Only {x} in 20 futures reach the floor. {customers}, {r} back per 1 spent.",
    th="เพียง {x} ใน 20 กรณีที่ถึงเกณฑ์ขั้นต่ำ {customers} จ่าย 1 ได้คืน {r}",
)
FLOOR = Text(
    "plan.floor",
    en="The floor is {floor}, which takes {customers}.",
    th="เกณฑ์ขั้นต่ำคือ {floor} ต้องได้{customers}",
)
NO_FLOOR = Text(
    "plan.no_floor",
    en="The floor is {floor}; without a margin no number of customers reaches it.",
    th="เกณฑ์ขั้นต่ำคือ {floor} หากไม่มีกำไรต่อราย ลูกค้ากี่รายก็ไม่ถึงเกณฑ์",
)
CUSTOMERS = Text("plan.customers", en="{n} customers", th="ลูกค้า {n} ราย")
ONE_CUSTOMER = Text("plan.one_customer", en="{n} customer", th="ลูกค้า {n} ราย")
EXPECTED = Text(
    "plan.expected",
    en="{customers} ({expected} expected)",
    th="{customers} (ค่าคาดหมาย {expected})",
)
EXPECTED_ONLY = Text("plan.expected_only", en="{expected} expected", th="ค่าคาดหมาย {expected}")
OF_FUTURES = Text("plan.of_futures", en="{x} in 20 futures", th="{x} ใน 20 กรณี")

INPUTS = {
    "leads": Text("plan.input.leads", en="Leads expected", th="จำนวนลีดที่คาดว่าจะได้"),
    "reach": Text("plan.input.reach", en="Reached by phone", th="ติดต่อทางโทรศัพท์ได้"),
    "close": Text("plan.input.close", en="Closed, of those reached", th="ปิดการขายได้จากที่ติดต่อได้"),
    "cost": Text("plan.input.cost", en="Full price", th="ราคารวมทั้งหมด"),
    "margin": Text("plan.input.margin", en="Margin per customer", th="กำไรต่อลูกค้าหนึ่งราย"),
    "floor": Text("plan.input.floor", en="Floor", th="เกณฑ์ขั้นต่ำ"),
    "capacity": Text("plan.input.capacity", en="Leads the team can take on", th="จำนวนลีดที่ทีมรับได้"),
}
STEPS = {
    "leads": Text("plan.step.leads", en="Leads", th="ลีด"),
    "reached": Text("plan.step.reached", en="Reached", th="ติดต่อได้"),
    "customers": Text("plan.step.customers", en="Customers", th="ลูกค้า"),
}
RETURN = Text("plan.return", en="Return", th="ผลตอบแทน")
CHANCE = Text("plan.chance", en="Reaches the floor", th="โอกาสถึงเกณฑ์")
PAYS_AT = Text("plan.pays_at", en="Pays for itself at", th="คุ้มทุนเมื่อได้")
FLOOR_AT = Text("plan.floor_at", en="Reaches the floor at", th="ถึงเกณฑ์เมื่อได้")
PAY_AT_MOST = Text("plan.pay_at_most", en="Pay at most", th="ควรจ่ายไม่เกิน")
MOST_SURE = Text(
    "plan.most_sure",
    en="for {floor} in at least 8 of 10 futures",
    th="เพื่อให้ถึง {floor} อย่างน้อย 8 จาก 10 กรณี",
)
MOST_EXPECTED = Text(
    "plan.most_expected",
    en="At {money} the average return is {floor}, but only {x} of 20 futures reach it",
    th="หากจ่าย {money} ผลตอบแทนเฉลี่ยเท่ากับ {floor} แต่มีเพียง {x} ใน 20 กรณีที่ถึง",
)
MIDDLE = Text("plan.middle", en="range {range}", th="ช่วง {range}")
IN_8_OF_10 = Text("plan.in_8_of_10", en="{range} in 8 of 10 futures", th="{range} ใน 8 จาก 10 กรณี")
TAKEN_ON = Text("plan.taken_on", en="the team can take on {n}", th="ทีมรับได้ {n} ราย")
OF_THEM = Text("plan.of_them", en="{rate} of them", th="{rate} ของลีด")
OF_THOSE = Text("plan.of_those", en="{rate} of those", th="{rate} ของรายที่ติดต่อได้")
NEVER = Text("plan.never", en="no number of customers", th="ไม่ว่ากี่รายก็ไม่ถึง")
HANGS_ON = Text("plan.hangs_on", en="The answer hangs most on", th="คำตอบขึ้นอยู่กับสิ่งเหล่านี้มากที่สุด")
HANGS_ON_NOTHING = Text(
    "plan.hangs_on_nothing",
    en="Typed numbers are taken as exact and have no range; the company's own past would bring "
    "one.",
    th="ตัวเลขที่ระบุเองถือเป็นค่าแน่นอนและไม่มีช่วง ข้อมูลในอดีตของบริษัทจะให้ช่วงได้",
)
RETURN_FROM_TO = Text("plan.return_from_to", en="return {range}", th="ผลตอบแทน {range}")
RESTS_ON = Text("plan.rests_on", en="Rests on", th="ที่มาของตัวเลข")

TAKEN_AS_EXACT = Text(
    "plan.taken_as_exact",
    en="Taken as exact, as typed: {names}.",
    th="ถือเป็นค่าแน่นอนตามที่ระบุ: {names}",
)
REACHED_BY_ACTIVITY = Text(
    "plan.reached_by_activity",
    en="Reached means that a person's call, mail or visit to the lead has the outcome “reached”.",
    th="ติดต่อได้ หมายถึงมีการโทร อีเมล หรือเข้าพบโดยพนักงาน ซึ่งบันทึกผลว่าติดต่อได้",
)
REACHED_BY_STAGE = Text(
    "plan.reached_by_stage",
    en="Reached means that the lead came to the stage at which it is pitched: whether it answered "
    "the phone is not on record.",
    th="ติดต่อได้ หมายถึงลีดเข้าสู่ขั้นเสนอขาย เพราะไม่มีบันทึกว่ารับสายหรือไม่",
)
REACHED_OF = Text(
    "plan.reached_of",
    en="{x} of {n} leads were reached: {rate}, likely between {low} and {high}.",
    th="ติดต่อได้ {x} จากลีด {n} ราย: {rate} ช่วง {low} ถึง {high}",
)
CLOSED_OF = Text(
    "plan.closed_of",
    en="{x} of {n} leads reached became customers: {rate}, likely between {low} and {high}.",
    th="เป็นลูกค้า {x} จากลีดที่ติดต่อได้ {n} ราย: {rate} ช่วง {low} ถึง {high}",
)
OLD_ENOUGH = Text(
    "plan.old_enough",
    en="Counted: leads that came from {first} to {last}. Nearly all who buy have bought within "
    "{days}; "
    "later leads are too young.",
    th="นับเฉพาะลีดที่เข้ามาตั้งแต่ {first} ถึง {last} ผู้ซื้อเกือบทั้งหมดซื้อภายใน {days} ลีดหลังจากนั้นยังใหม่เกินไป",
)
STILL_RISING = Text(
    "plan.still_rising",
    en="Some of those leads may still buy, so the rate is at least this.",
    th="ลีดบางส่วนอาจยังซื้อในภายหลัง อัตรานี้จึงเป็นค่าอย่างน้อย",
)
NEVER_REACHED = Text(
    "plan.never_reached",
    en="{n} customers were never recorded as reached; they are in no rate, so the plan is low by "
    "them.",
    th="ลูกค้า {n} รายไม่เคยมีบันทึกว่าติดต่อได้ จึงไม่อยู่ในอัตราใด แผนนี้จึงต่ำไปเท่าจำนวนนั้น",
)
CHANNEL_OWN = Text(
    "plan.channel_own",
    en="Rates are those of {channel}.",
    th="ใช้อัตราของช่องทาง {channel}",
)
CHANNEL_FEW = Text(
    "plan.channel_few",
    en="{channel} has {n} such customers on record, fewer than {least}: rates are those of all "
    "channels.",
    th="{channel} มีลูกค้าดังกล่าวในบันทึก {n} ราย น้อยกว่า {least} ราย จึงใช้อัตราของทุกช่องทาง",
)
CHANNEL_NEW = Text(
    "plan.channel_new",
    en="No leads of {channel} are on record: rates are those of all channels. Channels on record: "
    "{known}.",
    th="ไม่มีลีดจาก {channel} ในบันทึก จึงใช้อัตราของทุกช่องทาง ช่องทางในบันทึก: {known}",
)
MARGIN_RECORDED = Text(
    "plan.margin_recorded",
    en="Margin per customer: the mean of {n} customers with a recorded margin, {money}, likely "
    "between "
    "{low} and {high}.",
    th="กำไรต่อราย: ค่าเฉลี่ยจากลูกค้า {n} รายที่บันทึกกำไรไว้ {money} ช่วง {low} ถึง {high}",
)
MARGIN_OF_AMOUNT = Text(
    "plan.margin_of_amount",
    en="Margin per customer: the mean of {n} customers' amounts times the gross margin of the "
    "settings, "
    "{money}, likely between {low} and {high}.",
    th="กำไรต่อราย: ค่าเฉลี่ยมูลค่าของลูกค้า {n} ราย คูณอัตรากำไรขั้นต้นในการตั้งค่า {money} ช่วง {low} ถึง {high}",
)
ROOM = Text(
    "plan.room",
    en="The team has room for about {n} more leads in {weeks} weeks: {free} of {hours} hours a "
    "week are "
    "free, at {minutes} minutes a lead. Assumed: {share} of the week is for leads.",
    th="ทีมรับลีดเพิ่มได้ประมาณ {n} รายใน {weeks} สัปดาห์: ว่าง {free} จาก {hours} "
    "ชั่วโมงต่อสัปดาห์ "
    "ลีดละ {minutes} นาที สมมติให้ {share} ของสัปดาห์เป็นเวลาสำหรับลีด",
)
ROOM_UNKNOWN = Text(
    "plan.room_unknown",
    en="Capacity is not known, taken as enough. {bring}",
    th="ไม่ทราบกำลังของทีม จึงถือว่าเพียงพอ {bring}",
)
OVER = Text(
    "plan.over",
    en="{n} leads are more than the team can take on; they count zero here.",
    th="มีลีดเกินกำลังของทีม {n} ราย ส่วนที่เกินไม่นับในแผนนี้",
)
BRING = {
    None: Text(
        "plan.bring.capacity",
        en="Say with --capacity how many leads the team can take on.",
        th="ระบุจำนวนลีดที่ทีมรับได้ด้วย --capacity",
    ),
    "reps": Text(
        "plan.bring.reps",
        en="Bring the sales team (reps, with weekly_hours), or --capacity.",
        th="เพิ่มข้อมูลทีมขาย (reps พร้อม weekly_hours) หรือระบุ --capacity",
    ),
    "activities": Text(
        "plan.bring.activities",
        en="Bring the activities of the last 13 weeks (done_at, lead_id, minutes), or --capacity.",
        th="เพิ่มกิจกรรมของ 13 สัปดาห์ล่าสุด (done_at, lead_id, minutes) หรือระบุ --capacity",
    ),
    "minutes": Text(
        "plan.bring.minutes",
        en="Bring the minutes of each activity, or --capacity.",
        th="เพิ่มจำนวนนาทีของแต่ละกิจกรรม (minutes) หรือระบุ --capacity",
    ),
    "leads": Text(
        "plan.bring.leads",
        en="No lead came in the last 13 weeks; say with --capacity how many the team can take on.",
        th="ไม่มีลีดเข้ามาใน 13 สัปดาห์ล่าสุด ระบุจำนวนที่ทีมรับได้ด้วย --capacity",
    ),
}

MISSING = Text(
    "plan.missing",
    en="Not given: {names}.",
    th="ยังไม่ได้ระบุ: {names}",
)
TYPE_OR_BRING = Text(
    "plan.type_or_bring",
    en="Type each, or name a folder of exports whose past says it: salesaudit plan campaign PATH.",
    th="ระบุให้ครบ หรือระบุโฟลเดอร์ไฟล์ส่งออกที่มีข้อมูลในอดีต: salesaudit plan campaign PATH",
)
NO_RATES = Text(
    "plan.no_rates",
    en="The past does not say who was reached, so {names} cannot be had of it; {x} of {n} leads "
    "became "
    "customers.",
    th="ข้อมูลในอดีตไม่บอกว่าติดต่อใครได้ จึงหาค่า {names} ไม่ได้ ทราบเพียงว่าลีด {n} รายเป็นลูกค้า {x} ราย",
)
BRING_REACHED = Text(
    "plan.bring_reached",
    en="Bring activities with their outcome, or the day on which each lead was pitched; or type "
    "--reach "
    "and --close (as one step: --reach 1 --close {rate}).",
    th="เพิ่มกิจกรรมพร้อมผลลัพธ์ (outcome) หรือวันที่เสนอขายลีดแต่ละราย หรือระบุ --reach และ "
    "--close "
    "(เป็นขั้นเดียว: --reach 1 --close {rate})",
)
NO_CUSTOMERS = Text(
    "plan.no_customers",
    en="No lead of the past is old enough and known to have bought or not, so {names} cannot be "
    "had of it.",
    th="ข้อมูลในอดีตยังไม่มีลีดที่เก่าพอและทราบว่าซื้อหรือไม่ จึงหาค่า {names} ไม่ได้",
)
BRING_CUSTOMERS = Text(
    "plan.bring_customers",
    en="Bring leads with created_at and deals with closed_at, or type --reach and --close.",
    th="เพิ่มลีดพร้อม created_at และดีลพร้อม closed_at หรือระบุ --reach และ --close",
)
NO_MARGIN = Text(
    "plan.no_margin",
    en="The past does not say what a customer leaves.",
    th="ข้อมูลในอดีตไม่บอกว่าลูกค้าหนึ่งรายให้กำไรเท่าใด",
)
BRING_MARGIN = Text(
    "plan.bring_margin",
    en="Type --margin, or bring the margin of each deal, or its amount and gross_margin in "
    "salesaudit.yaml.",
    th="ระบุ --margin หรือเพิ่ม margin ของแต่ละดีล หรือมูลค่า (amount) พร้อม gross_margin ใน salesaudit.yaml",
)
