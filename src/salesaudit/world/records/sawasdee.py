"""What the demo company keeps beside its funnel: a Thai seller of business software."""

from __future__ import annotations

from salesaudit.world.records.parameters import (
    Campaigns,
    Claim,
    DealChanges,
    DealFactors,
    Emails,
    Factor,
    Goals,
    Interviews,
    LeadChanges,
    MailStream,
    Orders,
    Question,
    Ratings,
    Reason,
    Records,
    Referrals,
    Survey,
    Tickets,
    Tool,
    Visits,
)

_STREAMS = (
    MailStream("Welcome เว็บไซต์", "welcome", "lead", 0.14, 0.01, 4, 4, 0.42, 0.055, 0.004),
    MailStream("Welcome LINE", "welcome", "lead", 0.05, 0.01, 3, 4, 0.45, 0.060, 0.004),
    MailStream("Welcome งานแสดงสินค้า", "welcome", "lead", 0.05, 1.0, 3, 5, 0.40, 0.050, 0.005),
    MailStream("จดหมายข่าว SME", "newsletter", "lead", 0.03, 20, 8, 30, 0.28, 0.026, 0.003),
    MailStream("จดหมายข่าว ค้าปลีก", "newsletter", "lead", 0.025, 20, 8, 30, 0.30, 0.028, 0.003),
    MailStream("จดหมายข่าว ร้านอาหาร", "newsletter", "lead", 0.02, 20, 8, 30, 0.27, 0.024, 0.003),
    MailStream("Product CRM", "product", "mql", 0.22, 2, 4, 6, 0.36, 0.040, 0.005),
    MailStream("Product บัญชี", "product", "mql", 0.2, 2, 4, 6, 0.38, 0.043, 0.005),
    MailStream("Product POS", "product", "mql", 0.22, 2, 4, 6, 0.36, 0.041, 0.005),
    MailStream("ชวนสัมมนาออนไลน์", "event", "mql", 0.15, 12, 2, 5, 0.40, 0.070, 0.004, 0.010),
    MailStream("ชวนงานสัมมนากรุงเทพ", "event", "mql", 0.08, 25, 2, 6, 0.41, 0.075, 0.004, 0.012),
    MailStream("คิดถึงคุณ", "re-engage", "lead", 0.04, 180, 3, 10, 0.20, 0.015, 0.010),
)
_FACTORS = (
    Factor("ได้คุยกับผู้มีอำนาจตัดสินใจ", 0.78, 0.46),
    Factor("ลูกค้าตั้งงบไว้แล้ว", 0.66, 0.48),
    Factor("มีคู่แข่งร่วมเสนอ", 0.44, 0.56),
    Factor("ได้ทดลองใช้", 0.60, 0.42),
    Factor("ลูกค้ามีฝ่ายไอที", 0.35, 0.35),
)
_REASONS = (
    Reason("price", lost=20, won=15, lost_rep=46, won_rep=32),
    Reason("function", lost=20, won=17, lost_rep=6, won_rep=14),
    Reason("competitor", lost=12, won=0, lost_rep=18, won_rep=0),
    Reason("timing", lost=17, won=0, lost_rep=16, won_rep=0),
    Reason("no_decision", lost=8, won=0, lost_rep=4, won_rep=0),
    Reason("trust", lost=9, won=16, lost_rep=1, won_rep=8),
    Reason("contact_lost", lost=0, won=0, lost_rep=7, won_rep=0),
    Reason("fit", lost=7, won=24, lost_rep=2, won_rep=14),
    Reason("service", lost=5, won=18, lost_rep=0, won_rep=12),
    Reason("relationship", lost=2, won=10, lost_rep=0, won_rep=20),
)
_QUESTIONS = (
    Question("ฉันได้รับลีดภายในวันเดียวกัน", 3.1),
    Question("ลีดที่ได้รับพร้อมคุยเรื่องซื้อ", 2.8),
    Question("ฉันหาเอกสารขายล่าสุดได้ทันที", 2.3),
    Question("เอกสารขายตรงกับคำถามของลูกค้า", 3.2),
    Question("ฉันรู้ว่าเป้าของฉันคิดมาอย่างไร", 3.6),
    Question("CRM ช่วยให้งานขายเร็วขึ้น", 2.6),
    Question("ฉันใช้เวลากรอกข้อมูลไม่เกินวันละครึ่งชั่วโมง", 2.2),
    Question("การตลาดกับฝ่ายขายคุยกันทุกสัปดาห์", 3.0),
    Question("หัวหน้าช่วยดูเคสยากกับฉัน", 4.1),
    Question("ฉันได้รับการฝึกสินค้าใหม่ก่อนขาย", 3.4, does_not_apply=0.1),
)
_TOOLS = (
    Tool("CRM", "ติดตามลูกค้า", 14, 420_000, 240, False),
    Tool("ไฟล์ Excel ของทีม", "ติดตามลูกค้า", 9, 0, 150, True),
    Tool("ระบบส่งอีเมล", "ส่งอีเมลหาลีด", 3, 180_000, 120, False),
    Tool("ใบเสนอราคา Word", "ทำใบเสนอราคา", 11, 0, 180, True),
    Tool("LINE OA", "คุยกับลูกค้า", 11, 36_000, 300, False),
    Tool("Zoom", "ประชุมกับลูกค้า", 11, 48_000, 90, False),
    Tool("Google Meet", "ประชุมกับลูกค้า", 6, 0, 40, False),
    Tool("แดชบอร์ดผู้บริหาร", "รายงาน", 4, 150_000, 60, False),
)
_CLAIMS = (
    Claim("แดชบอร์ดผู้บริหาร", "win_rate", "won_amount_over_decided", "quarter", 4),
    Claim("แดชบอร์ดผู้บริหาร", "lead_to_customer", "won_over_leads", "quarter", 4),
    Claim("แดชบอร์ดผู้บริหาร", "won_amount", "won_and_open", "quarter", 4, digits=-4),
    Claim("รายงานฝ่ายขาย", "win_rate", "won_over_decided", "quarter", 4),
    Claim("รายงานการตลาด", "lead_to_customer", "won_over_leads", "year", 3, "LINE OA"),
    Claim("รายงานการตลาด", "median_days_to_customer", "mean_days_of_winners", "quarter", 4,
          digits=0),
)  # fmt: skip

SAWASDEE = Records(
    visits=Visits((0.041, 0.058, 0.023, 0.067, 0.0, 0.0, 0.085, 0.0)),
    campaigns=Campaigns(
        ("โฆษณา", "โฆษณา", "", "แชต", "งานแสดงสินค้า", "", "อีเมล", ""),
    ),
    emails=Emails(_STREAMS, bad="Product POS"),
    lead_changes=LeadChanges(),
    deal_changes=DealChanges(),
    deal_factors=DealFactors(_FACTORS),
    orders=Orders(),
    referrals=Referrals("แนะนำต่อ"),
    tickets=Tickets(
        kinds=(("วิธีใช้งาน", 0.48), ("ระบบขัดข้อง", 0.33), ("บัญชีและใบแจ้งหนี้", 0.19)),
        slow_orders=0.5,
    ),
    ratings=Ratings(touchpoints=("หลังติดตั้ง", "หลังแจ้งปัญหา", "ประจำปี")),
    interviews=Interviews(_REASONS),
    survey_answers=Survey(_QUESTIONS, (("ฝ่ายขาย", 9), ("หัวหน้าทีม", 2), ("การตลาด", 4))),
    tools=_TOOLS,
    reported=_CLAIMS,
    goals=Goals(),
)
