"""Traps: what an export cannot say, or says in a way that misleads; a preset names its own."""

from __future__ import annotations

from salesaudit.core.texts import Text

OF_MANY_SYSTEMS = (
    Text(
        "traps.ads-by-day",
        en="Months can only be told from a report by day. A report over a longer period counts "
        "as one sum, and a day and campaign must stand in one row only: no breakdown by "
        "device, ad or age.",
        th="แยกเป็นรายเดือนได้เฉพาะรายงานรายวัน "
        "รายงานที่เป็นช่วงเวลาจะนับเป็นยอดรวมยอดเดียว "
        "และหนึ่งวันหนึ่งแคมเปญต้องมีเพียงแถวเดียว คือไม่แยกตามอุปกรณ์ โฆษณา หรืออายุ",
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
        "traps.machine-opens",
        en="Mail programs open messages by themselves: opens are not people. Clicks and replies "
        "tell more.",
        th="โปรแกรมอีเมลเปิดข้อความเองได้ ยอดเปิดจึงไม่ใช่จำนวนคน ยอดคลิกและยอดตอบกลับเชื่อถือได้มากกว่า",
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
        "traps.lifecycle-back",
        en="HubSpot clears the date of a lifecycle stage when a contact is moved back before it, "
        "so such contacts look as if they had never been there.",
        th="HubSpot จะล้างวันที่ของ lifecycle stage เมื่อย้ายผู้ติดต่อถอยกลับ ผู้ติดต่อเหล่านั้นจึงดูเหมือนไม่เคยผ่านขั้นนั้น",
    ),
)
