"""Traps: what an export cannot say, or says in a way that misleads; a preset names its own."""

from __future__ import annotations

from salesaudit.core.texts import Text

OF_MANY_SYSTEMS = (
    Text(
        "traps.ads-by-day",
        en="Months can only be told from a report by day; one over a longer period counts as one "
        "sum. Rows of one day and campaign in a file, as of devices or ads, are added up.",
        th="แยกเป็นรายเดือนได้เฉพาะรายงานรายวัน รายงานที่เป็นช่วงเวลาจะนับเป็นยอดรวมยอดเดียว "
        "หากไฟล์มีหลายแถวต่อหนึ่งวันหนึ่งแคมเปญ เช่น แยกตามอุปกรณ์หรือโฆษณา ระบบจะรวมยอดให้",
    ),
    Text(
        "traps.ads-channel-name",
        en="These rows stand under the system's own name as channel. Leads that name the channel"
        " otherwise do not meet them: give both one name with a map.",
        th="แถวเหล่านี้ใช้ชื่อระบบเป็นชื่อช่องทาง หากลีดเรียกช่องทางเป็นชื่ออื่น "
        "ตัวเลขจะไม่มาบรรจบกัน โปรดใช้ map ให้เป็นชื่อเดียวกัน",
    ),
    Text(
        "traps.ads-conversions-are-no-leads",
        en="The conversions of an advertising system are its own count and are not read as leads.",
        th="ยอดคอนเวอร์ชันในระบบโฆษณาเป็นตัวเลขที่ระบบนั้นนับเอง จึงไม่ถือเป็นลีด",
    ),
    Text(
        "traps.campaign-cost-has-no-day",
        en="The cost of a campaign has no day: it counts from the campaign's first day to its "
        "last.",
        th="ต้นทุนแคมเปญไม่ระบุวัน จึงนับตั้งแต่วันแรกถึงวันสุดท้ายของแคมเปญ",
    ),
    Text(
        "traps.campaign-type-as-channel",
        en="A campaign's type stands for its channel. Where leads name their sources otherwise, "
        "give both one name with a map.",
        th="ใช้ประเภทของแคมเปญเป็นช่องทาง หากลีดเรียกแหล่งที่มาเป็นชื่ออื่น โปรดใช้ map ให้เป็นชื่อเดียวกัน",
    ),
    Text(
        "traps.close-date-won-is-plan",
        en="While an opportunity is active, date_won is the day on which it is expected, not a "
        "win.",
        th="ขณะที่โอกาสการขายยังเปิดอยู่ date_won คือวันที่คาดว่าจะปิดได้ ไม่ใช่วันที่ชนะ",
    ),
    Text(
        "traps.close-value-in-cents",
        en="Values are in cents, as Close's API gives them. If your file has whole units, map "
        "the amount yourself.",
        th="มูลค่าเป็นหน่วยย่อย (เซนต์) ตาม API ของ Close หากไฟล์ของท่านเป็นหน่วยเต็ม "
        "โปรดกำหนดคอลัมน์จำนวนเงินเอง",
    ),
    Text(
        "traps.closing-date-may-be-plan",
        en="The closing date is typed in by people. It is read as the plan while a deal is open "
        "and as the close afterwards, and may still be the old plan.",
        th="วันที่ปิดเป็นวันที่คนกรอกเอง ระหว่างที่ดีลยังเปิดถือเป็นวันที่คาด "
        "เมื่อปิดแล้วถือเป็นวันปิดจริง ซึ่งอาจยังเป็นวันที่คาดไว้เดิม",
    ),
    Text(
        "traps.converted-leads-leave",
        en="The usual list of leads leaves out those that were converted. Export with them, or "
        "the best leads are missing and conversion is too low.",
        th="รายการลีดตามปกติไม่รวมลีดที่แปลงไปแล้ว โปรดส่งออกให้รวมด้วย "
        "มิฉะนั้นลีดที่ดีที่สุดจะหายไปและอัตราการแปลงจะต่ำเกินจริง",
    ),
    Text(
        "traps.currency-per-row",
        en="Each deal has a currency of its own. Several currencies are added up only by the "
        "exchange rates of the settings.",
        th="แต่ละดีลมีสกุลเงินของตนเอง หากมีหลายสกุล จะรวมยอดได้ต่อเมื่อระบุอัตราแลกเปลี่ยนในการตั้งค่า",
    ),
    Text(
        "traps.current-stage-only",
        en="The export holds the present stage only. How long a case stood at a stage, and from "
        "which stage it was lost, is not in it: bring the history of stages as well.",
        th="ไฟล์ส่งออกมีเฉพาะขั้นปัจจุบัน จึงไม่ทราบว่าแต่ละรายอยู่ในขั้นใดนานเท่าใด "
        "หรือแพ้จากขั้นใด โปรดนำประวัติการเปลี่ยนขั้นมาด้วย",
    ),
    Text(
        "traps.deleted-deals-absent",
        en="Deleted deals are not in the export. If lost deals are deleted, every win rate is "
        "too high.",
        th="ดีลที่ลบแล้วไม่อยู่ในไฟล์ส่งออก หากมีการลบดีลที่แพ้ อัตราชนะจะสูงเกินจริง",
    ),
    Text(
        "traps.due-day-when-not-marked",
        en="Where the time of completion is missing, a done activity counts on the day it was due.",
        th="กิจกรรมที่ทำแล้วแต่ไม่มีเวลาที่ทำเสร็จ จะนับในวันที่ครบกำหนด",
    ),
    Text(
        "traps.dynamics-actual-and-estimated",
        en="A won opportunity counts with its actual revenue, else with the estimate. The amount"
        " in the company's currency (Base) goes first; without it, several currencies would "
        "be added up as one.",
        th="โอกาสที่ชนะใช้รายได้จริง หากไม่มีจึงใช้ค่าประมาณ โดยใช้จำนวนในสกุลเงินของบริษัท "
        "(Base) ก่อน หากไม่มีคอลัมน์นี้ จำนวนเงินหลายสกุลจะถูกรวมเสมือนเป็นสกุลเดียว",
    ),
    Text(
        "traps.dynamics-hidden-columns",
        en="The keys are in the hidden columns “(Do Not Modify)” of the workbook: keep them.",
        th="รหัสของแต่ละรายการอยู่ในคอลัมน์ซ่อน “(Do Not Modify)” ของไฟล์ อย่าลบออก",
    ),
    Text(
        "traps.ga4-sessions-are-no-visitors",
        en="Visitors are added up by day and channel: who comes on two days counts twice. "
        "Without a column of users, sessions are counted.",
        th="นับผู้เข้าชมแยกรายวันและรายช่องทาง ผู้ที่มาสองวันจึงนับสองครั้ง หากไม่มีคอลัมน์ผู้ใช้ จะนับจำนวนเซสชันแทน",
    ),
    Text(
        "traps.ga4-thresholds",
        en="Reports may be sampled, cut by thresholds, or hide small rows under (other).",
        th="รายงานอาจเป็นข้อมูลสุ่มตัวอย่าง ถูกตัดด้วยเกณฑ์ขั้นต่ำ หรือรวมแถวเล็กไว้ใน (other)",
    ),
    Text(
        "traps.history-since-tracked",
        en="The history begins when it was switched on, and not with the first deal.",
        th="ประวัติเริ่มนับตั้งแต่วันที่เปิดใช้การบันทึก ไม่ใช่ตั้งแต่ดีลแรก",
    ),
    Text(
        "traps.lifecycle-is-current",
        en="The lifecycle stage is the present one; when it was reached is not in the export.",
        th="lifecycle stage คือขั้นปัจจุบัน ไฟล์ส่งออกไม่มีวันที่เข้าสู่แต่ละขั้น",
    ),
    Text(
        "traps.mailchimp-member-ids",
        en="Recipients are Mailchimp's own members. They meet leads only where the leads carry "
        "the same ids.",
        th="ผู้รับคือสมาชิกตามรหัสของ Mailchimp จะจับคู่กับลีดได้เฉพาะเมื่อลีดใช้รหัสเดียวกัน",
    ),
    Text(
        "traps.marketo-activities-expire",
        en="Marketo keeps activities for a limited time only: early leads have lost theirs.",
        th="Marketo เก็บกิจกรรมไว้เพียงระยะเวลาหนึ่ง กิจกรรมของลีดรุ่นแรกจึงหายไปแล้ว",
    ),
    Text(
        "traps.mautic-read-without-date",
        en="A message may be marked as read without a date; only opens with a date count.",
        th="บางข้อความระบุว่าอ่านแล้วแต่ไม่มีวันที่ จึงนับเฉพาะการเปิดที่มีวันที่",
    ),
    Text(
        "traps.odoo-done-activities",
        en="Odoo deletes a planned activity when it is done. What was done is in Reporting > "
        "Activities (crm.activity.report), not in the list of activities.",
        th="Odoo ลบกิจกรรมที่วางแผนไว้เมื่อทำเสร็จ งานที่ทำแล้วอยู่ในเมนูการรายงาน > "
        "กิจกรรม (crm.activity.report) ไม่ใช่ในรายการกิจกรรม",
    ),
    Text(
        "traps.odoo-lost-is-archived",
        en="Lost opportunities are archived, and the usual list hides them. Export with the "
        "filter “Archived” as well and with the column Active, or every loss is missing.",
        th="โอกาสที่ไม่สำเร็จจะถูกเก็บถาวรและไม่แสดงในรายการปกติ โปรดส่งออกพร้อมตัวกรอง "
        "“เก็บถาวรแล้ว” และคอลัมน์เปิดใช้งาน (Active) มิฉะนั้นดีลที่แพ้จะหายไปทั้งหมด",
    ),
    Text(
        "traps.owners-by-name",
        en="Owners are named, not numbered: two people of one name count as one, and a person "
        "who was renamed as two.",
        th="ไฟล์ระบุผู้รับผิดชอบด้วยชื่อ ไม่ใช่รหัส คนชื่อเดียวกันจึงนับเป็นคนเดียว และคนที่เปลี่ยนชื่อจะนับเป็นสองคน",
    ),
    Text(
        "traps.planned-meetings",
        en="Meetings after the newest change of the file are plans and are left out; a meeting "
        "that was cancelled may still be in it.",
        th="การประชุมที่อยู่หลังการแก้ไขล่าสุดในไฟล์ถือเป็นแผนและไม่นับ ส่วนการประชุมที่ยกเลิกไปแล้วอาจยังปรากฏอยู่",
    ),
    Text(
        "traps.ratings-range",
        en="Only whole scores from 0 to 10 are a recommendation score; others are refused. A "
        "question with another scale, such as 1 to 7, does not belong here.",
        th="คะแนนการแนะนำต้องเป็นจำนวนเต็ม 0 ถึง 10 เท่านั้น ค่าอื่นจะไม่รับ "
        "คำถามที่ใช้มาตรวัดอื่น เช่น 1 ถึง 7 ไม่ควรอยู่ในไฟล์นี้",
    ),
    Text(
        "traps.ratings-several-per-person",
        en="A customer may answer several times; every answer is kept.",
        th="ลูกค้าหนึ่งรายอาจตอบหลายครั้ง ระบบเก็บทุกคำตอบ",
    ),
    Text(
        "traps.reopened-deals",
        en="A deal that was reopened keeps only its last day of winning or losing.",
        th="ดีลที่เปิดใหม่จะเหลือเพียงวันที่ชนะหรือแพ้ครั้งล่าสุด",
    ),
    Text(
        "traps.rows-limited",
        en="Large exports come in parts; bring all of them.",
        th="ไฟล์ส่งออกขนาดใหญ่จะแบ่งเป็นหลายส่วน โปรดนำมาให้ครบ",
    ),
    Text(
        "traps.shopify-guests",
        en="An order without an e-mail address names no customer and is refused.",
        th="คำสั่งซื้อที่ไม่มีอีเมลจะไม่ทราบว่าเป็นลูกค้ารายใด จึงไม่รับ",
    ),
    Text(
        "traps.shopify-line-items",
        en="The file has a row for each item; an order counts once, with its total.",
        th="ไฟล์มีหนึ่งแถวต่อหนึ่งรายการสินค้า แต่คำสั่งซื้อหนึ่งใบนับครั้งเดียวตามยอดรวม",
    ),
    Text(
        "traps.shopify-tax-and-shipping",
        en="The total is what was paid less what was refunded, with tax and shipping in it. "
        "Orders that are unpaid, cancelled or wholly refunded do not count.",
        th="ยอดรวมคือยอดที่ชำระหักยอดคืนเงิน รวมภาษีและค่าจัดส่ง คำสั่งซื้อที่ยังไม่ชำระ "
        "ยกเลิก หรือคืนเงินเต็มจำนวนจะไม่นับ",
    ),
    Text(
        "traps.stripe-cents",
        en="Amounts are in the smallest unit of their currency (cents; yen have none) and are "
        "converted.",
        th="จำนวนเงินเป็นหน่วยย่อยที่สุดของสกุลเงิน (เซนต์ ส่วนเยนไม่มีหน่วยย่อย) ระบบแปลงให้แล้ว",
    ),
    Text(
        "traps.stripe-guests",
        en="A payment without a customer counts for the e-mail address of the receipt.",
        th="การชำระเงินที่ไม่มีรหัสลูกค้าจะนับตามอีเมลในใบเสร็จ",
    ),
    Text(
        "traps.stripe-net-of-refunds",
        en="Payments count less their refunds; failed, wholly refunded and test payments do not "
        "count.",
        th="ยอดชำระนับหลังหักเงินคืน ไม่นับรายการที่ไม่สำเร็จ คืนเงินเต็มจำนวน หรือเป็นการทดสอบ",
    ),
    Text(
        "traps.won-lost-by-stage-name",
        en="Won and lost are read from the name of the stage (Closed Won, Lost). A stage that "
        "ends a case under another name counts as open: map the status yourself.",
        th="อ่านผลชนะหรือแพ้จากชื่อขั้น (Closed Won, Lost) "
        "ขั้นที่จบดีลแต่ใช้ชื่ออื่นจะนับเป็นยังเปิดอยู่ โปรดกำหนด status เอง",
    ),
    Text(
        "traps.zendesk-calendar-minutes",
        en="First answers are counted in calendar time. The business hours that stand beside "
        "them are not used.",
        th="เวลาตอบกลับครั้งแรกนับตามเวลาปฏิทิน ไม่ใช้เวลาทำการที่อยู่ในคอลัมน์ข้างกัน",
    ),
    Text(
        "traps.zendesk-deleted",
        en="Deleted tickets do not count; a ticket that was merged into another still does.",
        th="ไม่นับเรื่องที่ลบแล้ว ส่วนเรื่องที่รวมเข้ากับเรื่องอื่นยังนับอยู่",
    ),
    Text(
        "traps.zendesk-good-or-bad",
        en="Satisfaction is good (1) or bad (0); offered and unoffered count as no answer.",
        th="ความพอใจมีเพียง good (1) หรือ bad (0) ส่วน offered และ unoffered ถือว่าไม่มีคำตอบ",
    ),
    Text(
        "traps.zoho-language",
        en="Headers and stages are in the language of the portal. If columns are missing below, "
        "export with English labels.",
        th="หัวคอลัมน์และชื่อขั้นเป็นภาษาของระบบ Zoho ที่ใช้ หากคอลัมน์ขาดหายไป โปรดส่งออกโดยใช้ป้ายชื่อภาษาอังกฤษ",
    ),
)
TRAPS = (
    *OF_MANY_SYSTEMS,
    Text(
        "traps.odoo-database-lost",
        en="Odoo archives what is lost: archived at probability 0 counts as lost, archived at any "
        "other probability is a lead but no deal.",
        th="Odoo ซ่อนรายการที่แพ้ไว้ (archived) รายการที่ซ่อนและมี probability เป็น 0 นับเป็นแพ้ "
        "หาก probability เป็นค่าอื่น นับเป็นลีดแต่ไม่นับเป็นดีล",
    ),
    Text(
        "traps.odoo-database-history",
        en="Stages come from the tracked changes (mail_tracking_value); the first stage is the old "
        "value of the first change, entered when the record was created. So it is up to Odoo 19.2; "
        "a database without that table, as later versions are, tells only the stage of today.",
        th="ขั้นต่าง ๆ มาจากประวัติการเปลี่ยนแปลง (mail_tracking_value) ขั้นแรกคือค่าเดิมของการเปลี่ยนแปลงครั้งแรก "
        "และนับจากเวลาที่สร้างรายการ ใช้ได้ถึง Odoo 19.2 หากฐานข้อมูลไม่มีตารางนี้ เช่น รุ่นที่ใหม่กว่า "
        "จะรู้เพียงขั้นปัจจุบัน",
    ),
    Text(
        "traps.odoo-database-companies",
        en="All companies of the database are read together; for one of them, write "
        '  where: "company_id = 1"  at the source.',
        th="อ่านข้อมูลของทุกบริษัทในฐานข้อมูลรวมกัน หากต้องการเพียงบริษัทเดียว ให้ระบุ  "
        'where: "company_id = 1"  ที่แหล่งข้อมูล',
    ),
    Text(
        "traps.lifecycle-back",
        en="HubSpot clears the date of a lifecycle stage when a contact is moved back before it,"
        " so such contacts look as if they had never been there.",
        th="HubSpot จะล้างวันที่ของ lifecycle stage เมื่อย้ายผู้ติดต่อถอยกลับ ผู้ติดต่อเหล่านั้นจึงดูเหมือนไม่เคยผ่านขั้นนั้น",
    ),
    Text(
        "traps.hubspot-translated",
        en="HubSpot writes headers and values in the language of the person who exports; an "
        "export with internal names leaves no doubt.",
        th="HubSpot ส่งออกหัวคอลัมน์และค่าตามภาษาของผู้ส่งออก หากส่งออกด้วยชื่อภายในจะชัดเจนที่สุด",
    ),
    Text(
        "traps.import-minute",
        en="An import gives thousands of contacts the same minute of creation; that is no day on"
        " which they came.",
        th="การนำเข้าข้อมูลทำให้ผู้ติดต่อหลายพันรายมีเวลาสร้างในนาทีเดียวกัน ซึ่งไม่ใช่วันที่ลีดเข้ามาจริง",
    ),
    Text(
        "traps.offline-source",
        en="The source “Offline” holds imports, integrations and contacts made by hand: it is no"
        " channel.",
        th="แหล่งที่มา “Offline” รวมการนำเข้า การเชื่อมต่อระบบ และการเพิ่มด้วยมือ จึงไม่ใช่ช่องทางการตลาด",
    ),
    Text(
        "traps.custom-stages",
        en="Lifecycle stages that the company added itself carry numbers in place of names; name"
        " them under funnel.",
        th="ขั้นที่บริษัทเพิ่มเองใน HubSpot แสดงเป็นตัวเลขแทนชื่อ ให้ระบุชื่อใต้ funnel",
    ),
    Text(
        "traps.no-pitched",
        en="HubSpot has no lifecycle stage for “pitched”; name what stands for it under funnel, "
        "such as opportunity with the role pitched.",
        th="HubSpot ไม่มีขั้น “เสนอขายแล้ว” ให้ระบุใต้ funnel ว่าขั้นใดใช้แทน เช่น opportunity ในบทบาท pitched",
    ),
    Text(
        "traps.close-date-default",
        en="A deal's close date is the end of a month by default and is set when it is closed, "
        "won or lost; before that it is a plan.",
        th="วันปิดดีลมีค่าเริ่มต้นเป็นวันสิ้นเดือน และจะถูกกำหนดเมื่อปิดดีลไม่ว่าชนะหรือแพ้ ก่อนหน้านั้นเป็นเพียงแผน",
    ),
    Text(
        "traps.deal-currency",
        en="Amounts are in each deal's own currency unless the export has the amount in the "
        "company's currency.",
        th="จำนวนเงินเป็นสกุลเงินของแต่ละดีล เว้นแต่ไฟล์จะมีจำนวนเงินในสกุลเงินของบริษัท",
    ),
    Text(
        "traps.same-stage-labels",
        en="Several pipelines may call different stages by one name.",
        th="ไปป์ไลน์หลายชุดอาจใช้ชื่อขั้นเดียวกันในความหมายต่างกัน",
    ),
    Text(
        "traps.associations",
        en="A deal with several contacts names them in one cell; the first is taken as its lead.",
        th="ดีลที่มีผู้ติดต่อหลายรายจะระบุไว้ในช่องเดียว ระบบใช้รายแรกเป็นลีดของดีล",
    ),
    Text(
        "traps.archived-deals",
        en="Archived and deleted deals are not in the export; where losers were deleted, every "
        "win rate is too high.",
        th="ดีลที่เก็บถาวรหรือลบแล้วไม่อยู่ในไฟล์ หากลบดีลที่แพ้ อัตราการชนะทุกค่าจะสูงเกินจริง",
    ),
    Text(
        "traps.deal-without-contact",
        en="A deal without a contact has no lead; it counts from the day on which it was made.",
        th="ดีลที่ไม่มีผู้ติดต่อจะไม่มีลีด จึงนับตั้งแต่วันที่สร้างดีล",
    ),
    Text(
        "traps.hubspot-deal-history",
        en="Without the columns Date entered … the export shows only the stage in which a deal "
        "is today.",
        th="หากไม่มีคอลัมน์ Date entered … ไฟล์จะแสดงเพียงขั้นปัจจุบันของดีล",
    ),
    Text(
        "traps.hubspot-stage-ids",
        en="Stages are ids here; the table deal_pipeline_stage gives their names and says which "
        "are won and lost.",
        th="ขั้นในตารางนี้เป็นรหัส ตาราง deal_pipeline_stage ให้ชื่อขั้นและบอกว่าขั้นใดคือชนะหรือแพ้",
    ),
    Text(
        "traps.history-limit",
        en="HubSpot keeps only the newest changes of a property (from memory of the vendor's "
        "pages: 20 to 45), so early steps of old records may be missing.",
        th="HubSpot เก็บเฉพาะการเปลี่ยนแปลงล่าสุดของแต่ละค่า (จากข้อมูลผู้ผลิตที่ยังไม่ยืนยัน: "
        "20 ถึง 45 ครั้ง) ขั้นแรก ๆ ของรายการเก่าจึงอาจขาดหาย",
    ),
    Text(
        "traps.call-outcome-code",
        en="The outcome of a call is a code in the data; the six codes that come with HubSpot "
        "are known, the company's own stay as they are.",
        th="ผลการโทรในข้อมูลเป็นรหัส ระบบรู้จักหกรหัสที่มากับ HubSpot ส่วนรหัสของบริษัทเองคงไว้ตามเดิม",
    ),
    Text(
        "traps.logged-email",
        en="Sent e-mails that a program logs count as work of the person who owns them.",
        th="อีเมลขาออกที่ระบบบันทึกให้อัตโนมัติจะนับเป็นงานของเจ้าของรายการ",
    ),
    Text(
        "traps.one-activity-many-records",
        en="An activity that concerns several records is one activity; it stands with the first "
        "of them.",
        th="กิจกรรมที่เกี่ยวข้องกับหลายรายการนับเป็นหนึ่งกิจกรรม และอยู่กับรายการแรก",
    ),
    Text(
        "traps.tasks-not-done",
        en="Tasks that are not completed are plans and are left out.",
        th="งานที่ยังไม่เสร็จเป็นเพียงแผน จึงไม่นำมานับ",
    ),
    Text(
        "traps.epoch-start",
        en="A start in 1970 is a time in seconds that was read as milliseconds; such a meeting "
        "has no true day.",
        th="เวลาเริ่มในปี 1970 เกิดจากการอ่านวินาทีเป็นมิลลิวินาที การประชุมนั้นจึงไม่มีวันที่จริง",
    ),
    Text(
        "traps.events-folded",
        en="Each event of a message is a row of its own; they become one row for each message, "
        "with the first time of each event.",
        th="แต่ละเหตุการณ์ของอีเมลเป็นหนึ่งแถว ระบบรวมเป็นหนึ่งแถวต่อหนึ่งข้อความ โดยใช้เวลาแรกของแต่ละเหตุการณ์",
    ),
    Text(
        "traps.filtered-events",
        en="Events that HubSpot marks as filtered are no evidence of a person and are left out.",
        th="เหตุการณ์ที่ HubSpot ทำเครื่องหมาย filtered ไม่ใช่หลักฐานว่ามีคนเปิด จึงไม่นำมานับ",
    ),
    Text(
        "traps.machine-opens",
        en="Opens include those by mail programs and security filters: an open is not a reader.",
        th="จำนวนการเปิดรวมการเปิดโดยโปรแกรมอีเมลและระบบรักษาความปลอดภัย การเปิดจึงไม่เท่ากับการอ่าน",
    ),
    Text(
        "traps.ticket-closed-before",
        en="Tickets can bear a close before their creation; such times are shown as they are and"
        " counted.",
        th="ตั๋วบางใบอาจมีเวลาปิดก่อนเวลาสร้าง เวลาเหล่านั้นแสดงตามเดิมและนับจำนวนไว้",
    ),
    Text(
        "traps.report-footer",
        en="A report stops at its limit, hides deleted records, shows labels in the user's "
        "language and time zone, and ends with lines that are no records.",
        th="รายงานมีจำนวนแถวจำกัด ไม่แสดงรายการที่ลบ ใช้ภาษาและเขตเวลาของผู้ใช้ และท้ายรายงานมีบรรทัดที่ไม่ใช่ข้อมูล",
    ),
    Text(
        "traps.short-ids",
        en="Reports give ids of 15 characters and other exports 18; they are compared by the "
        "first 15, where capitals count.",
        th="รายงานใช้รหัส 15 ตัวอักษร ส่วนไฟล์อื่นใช้ 18 ระบบเทียบจาก 15 ตัวแรก โดยตัวพิมพ์ใหญ่เล็กมีผล",
    ),
    Text(
        "traps.converted-hidden",
        en="Converted leads vanish from the default list views; without them the funnel looks "
        "far worse than it is.",
        th="ลีดที่แปลงแล้วจะหายไปจากมุมมองเริ่มต้น หากไม่มีลีดเหล่านี้ กรวยการขายจะดูแย่กว่าความจริงมาก",
    ),
    Text(
        "traps.merged-leads",
        en="Leads that were merged into another are deleted and bear its id; they are followed "
        "to the one that stayed.",
        th="ลีดที่ถูกรวมจะถูกลบและมีรหัสของรายการที่เหลืออยู่ ระบบจะตามไปยังรายการนั้น",
    ),
    Text(
        "traps.is-won-decides",
        en="Won and lost are read from IsWon and IsClosed where the export has them, else from "
        "the stages Closed Won and Closed Lost.",
        th="ชนะหรือแพ้อ่านจาก IsWon และ IsClosed หากมี มิฉะนั้นอ่านจากขั้น Closed Won และ Closed Lost",
    ),
    Text(
        "traps.close-date-plan",
        en="CloseDate is a plan while an opportunity is open, and often stays the planned day "
        "after it is closed.",
        th="CloseDate เป็นเพียงแผนขณะที่โอกาสการขายยังเปิดอยู่ และมักยังเป็นวันที่ตามแผนแม้ปิดแล้ว",
    ),
    Text(
        "traps.amount-empty",
        en="The amount is empty where products are missing: an empty amount is unknown, not "
        "nought.",
        th="จำนวนเงินว่างเมื่อยังไม่ได้ใส่สินค้า จำนวนเงินที่ว่างหมายถึงไม่ทราบ ไม่ใช่ศูนย์",
    ),
    Text(
        "traps.record-types",
        en="Each record type may have a process of its own; look at them apart before comparing.",
        th="แต่ละ record type อาจมีกระบวนการขายของตนเอง ควรดูแยกกันก่อนเปรียบเทียบ",
    ),
    Text(
        "traps.deleted-left-out",
        en="Deleted records are left out and counted as blank.",
        th="รายการที่ถูกลบจะไม่นำมาใช้ และนับไว้เป็นรายการว่าง",
    ),
    Text(
        "traps.history-tracked",
        en="Field history holds only tracked fields from the day on which tracking began, and is"
        " kept 18 months by default.",
        th="ประวัติการแก้ไขมีเฉพาะฟิลด์ที่ตั้งให้ติดตามตั้งแต่วันที่เริ่มติดตาม และโดยปกติเก็บไว้ 18 เดือน",
    ),
    Text(
        "traps.history-repeats",
        en="The history has a row for each change of stage, amount or close date; rows whose "
        "stage did not change are no entry into a stage.",
        th="ประวัติมีหนึ่งแถวต่อการเปลี่ยนขั้น จำนวนเงิน หรือวันปิด แถวที่ขั้นไม่เปลี่ยนไม่นับเป็นการเข้าสู่ขั้น",
    ),
    Text(
        "traps.snapshots-not-creation",
        en="The table holds versions of the row since the first synchronisation; its first start"
        " is no creation, and what changed before is lost.",
        th="ตารางนี้เก็บเวอร์ชันของรายการตั้งแต่การซิงก์ครั้งแรก เวลาแรกไม่ใช่เวลาสร้าง "
        "และการเปลี่ยนแปลงก่อนหน้านั้นหายไป",
    ),
    Text(
        "traps.member-response-day",
        en="FirstRespondedDate is a day without a time.",
        th="FirstRespondedDate เป็นวันที่โดยไม่มีเวลา",
    ),
    Text(
        "traps.conversion-is-sql",
        en="The conversion of a lead, which makes its opportunity, counts as its entry into the "
        "stage sql; Salesforce keeps no date for mql and pitched.",
        th="การแปลงลีดเป็นโอกาสการขายนับเป็นการเข้าสู่ขั้น sql ส่วน Salesforce ไม่เก็บวันที่ของ mql และ pitched",
    ),
    Text(
        "traps.campaign-cost-no-day",
        en="The cost of a campaign has no day: it is spread from its first to its last day.",
        th="ค่าใช้จ่ายของแคมเปญไม่มีวันที่ จึงถือว่าใช้ตั้งแต่วันแรกถึงวันสุดท้ายของแคมเปญ",
    ),
)
