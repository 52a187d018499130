"""The companies that can be made, by name."""

from __future__ import annotations

from datetime import date

from salesaudit.world.presets import PRESETS
from salesaudit.world.records.sawasdee import SAWASDEE
from salesaudit.world.truth import Channel, Company, Losses, Product, Rep, Size, Step

_HOLIDAYS = tuple(
    date(year, month, day)
    for year in (2023, 2024, 2025, 2026)
    for month, day in (
        (1, 1), (4, 6), (4, 13), (4, 14), (4, 15), (5, 1), (5, 4), (6, 3), (7, 28), (8, 12),
        (10, 13), (10, 23), (12, 5), (12, 10), (12, 31),
    )
)  # fmt: skip

_FAIR_MONTHS = (0.2, 0.2, 2.6, 0.2, 0.3, 2.2, 0.3, 0.3, 2.6, 0.3, 2.4, 0.2)

_CHANNELS = (
    Channel(
        "Facebook Ads", "FB", 0.22, -0.002, (0.37, 0.55, 0.45, 0.26), (3.0, 6.0, 8.0, 25.0),
        cost_per_lead=340, spend_name="Facebook", cost_per_click=6.5,
    ),
    Channel(
        "Google Ads", "GG", 0.18, 0.008, (0.46, 0.60, 0.48, 0.29), (2.0, 4.0, 7.0, 21.0),
        cost_per_lead=620, spend_name="Google", cost_per_click=19.0,
    ),
    Channel(
        "เว็บไซต์", "", 0.16, 0.010, (0.49, 0.62, 0.52, 0.31), (2.5, 4.0, 7.0, 21.0),
        cost_per_lead=150, spend_name="Website & SEO",
    ),
    Channel(
        "LINE OA", "LINE", 0.14, 0.022, (0.47, 0.64, 0.50, 0.30), (1.5, 3.0, 6.0, 18.0),
        cost_per_lead=260, spend_name="LINE",
    ),
    Channel(
        "งานแสดงสินค้า", "EXPO", 0.10, 0.004, (0.42, 0.56, 0.48, 0.28), (6.0, 9.0, 12.0, 36.0),
        cost_per_lead=1450, spend_name="Trade fairs", season=_FAIR_MONTHS,
    ),
    Channel("แนะนำต่อ", "", 0.07, 0.010, (0.60, 0.70, 0.58, 0.34), (1.5, 2.5, 5.0, 14.0)),
    Channel(
        "อีเมล", "EDM", 0.07, 0.000, (0.44, 0.57, 0.48, 0.28), (3.0, 5.0, 8.0, 24.0),
        cost_per_lead=60, spend_name="E-mail",
    ),
    Channel(
        "พันธมิตร", "", 0.06, 0.012, (0.56, 0.66, 0.55, 0.33), (4.0, 6.0, 10.0, 30.0),
        cost_per_lead=880, spend_name="Partners",
    ),
)  # fmt: skip

_STEPS = (
    Step("MQL", "mql", spread=0.9),
    Step("Pitched", "pitched", spread=0.8),
    Step("SQL", "sql", spread=0.7, skill=1.0),
    Step("Customer", "customer", spread=0.85, skill=1.0, size=1.0),
)

_SIZES = (
    Size("1-10 คน", 0.40, "SME", amount=0.6, log_odds=0.10),
    Size("11-50 คน", 0.33, "SME", amount=1.0, log_odds=0.05),
    Size("51-200 คน", 0.17, "SME", amount=1.9, log_odds=-0.05),
    Size("201-1,000 คน", 0.08, "Enterprise", amount=3.8, log_odds=-0.25),
    Size("มากกว่า 1,000 คน", 0.02, "Enterprise", amount=8.0, log_odds=-0.40),
)

_PRODUCTS = (
    Product("Sawasdee CRM", 0.34, 96_000, 0.55),
    Product("Sawasdee บัญชี", 0.27, 68_000, 0.50),
    Product("Sawasdee POS", 0.20, 42_000, 0.60),
    Product("Sawasdee HR", 0.13, 84_000, 0.55),
    Product("Sawasdee ERP", 0.06, 310_000, 0.70),
)

_SALES = "เจ้าหน้าที่ขาย"
_LEAD = "หัวหน้าทีม"
_REPS = (
    Rep("E1001", "กนกวรรณ ศรีสุวรรณ", "SME", _LEAD, date(2019, 3, 1), 0.20, 0.7,
        manager_id="", yearly_cost=840_000),
    Rep("E1004", "ธนพล วงศ์ใหญ่", "SME", _SALES, date(2020, 6, 15), 0.35, 1.5,
        manager_id="E1001", yearly_cost=560_000),
    Rep("E1007", "ปิยะดา แสงทอง", "SME", _SALES, date(2021, 1, 4), 0.05, 1.2,
        manager_id="E1001", yearly_cost=520_000),
    Rep("E1009", "ณัฐวุฒิ บุญมี", "SME", _SALES, date(2021, 8, 2), -0.25, 1.0,
        manager_id="E1001", yearly_cost=500_000),
    Rep("E1012", "สุภาพร จันทร์แก้ว", "SME", _SALES, date(2022, 5, 3), 0.00, 1.0,
        left_on=date(2024, 6, 28), successor="E1018", manager_id="E1001", yearly_cost=500_000),
    Rep("E1015", "วีรภัทร ทองคำ", "SME", _SALES, date(2022, 11, 1), -0.10, 0.9,
        manager_id="E1001", yearly_cost=480_000),
    Rep("E1018", "พิมพ์ชนก เรืองศรี", "SME", _SALES, date(2024, 5, 13), 0.15, 1.1,
        manager_id="E1001", yearly_cost=480_000),
    Rep("E1021", "ชยพล อินทร์แก้ว", "SME", _SALES, date(2025, 10, 1), -0.30, 0.6,
        manager_id="E1001", yearly_cost=450_000),
    Rep("E1002", "อรทัย ลิ้มเจริญ", "Enterprise", _LEAD, date(2018, 9, 3), 0.30, 0.9,
        manager_id="", yearly_cost=1_080_000),
    Rep("E1006", "ศุภกิตติ์ พงษ์พานิช", "Enterprise", _SALES, date(2020, 11, 2), -0.05, 1.2,
        manager_id="E1002", yearly_cost=780_000),
    Rep("E1011", "มานพ แก้วมณี", "Enterprise", _SALES, date(2022, 2, 1), -0.20, 1.0,
        left_on=date(2025, 3, 31), successor="E1006", manager_id="E1002", yearly_cost=720_000),
    Rep("E1019", "จิราภา ตั้งตรงจิต", "Enterprise", _SALES, date(2024, 8, 1), 0.10, 1.0,
        manager_id="E1002", weekly_hours=32, yearly_cost=600_000),
)  # fmt: skip

DEMO = Company(
    id="sawasdee-software",
    name="บริษัท สวัสดี ซอฟต์แวร์ จำกัด",
    currency="THB",
    timezone="Asia/Bangkok",
    first_day=date(2023, 1, 1),
    last_day=date(2025, 12, 31),
    gross_margin=0.72,
    season=(0.95, 1.05, 1.15, 0.78, 1.0, 1.1, 1.0, 1.05, 1.12, 1.05, 1.1, 0.75),
    weekend=0.4,
    demand_shape=20.0,
    holidays=_HOLIDAYS,
    first_stage="New lead",
    steps=_STEPS,
    channels=_CHANNELS,
    sizes=_SIZES,
    products=_PRODUCTS,
    reps=_REPS,
    countries={"ไทย": 0.91, "ลาว": 0.03, "กัมพูชา": 0.02, "เวียดนาม": 0.02, "สิงคโปร์": 0.02},
    industries={
        "ค้าปลีก": 0.22, "ร้านอาหาร": 0.17, "การผลิต": 0.16, "ก่อสร้าง": 0.11, "โลจิสติกส์": 0.09,
        "โรงแรม": 0.09, "คลินิก": 0.08, "การศึกษา": 0.08,
    },
    losses=Losses(
        days=24.0,
        spread=0.9,
        dated=0.75,
        closed=0.93,
        lead_reasons=("ติดต่อไม่ได้", "ไม่ใช่กลุ่มเป้าหมาย", "ไม่มีงบประมาณ", "ยังไม่พร้อม"),
        deal_reasons=("ราคาสูง", "เลือกคู่แข่ง", "ไม่มีงบประมาณ", "เลื่อนโครงการ", "ฟังก์ชันไม่ครบ"),
    ),
    automated="SYSTEM",
    automated_share=0.7,
    deal_if_won=0.97,
    deal_if_not=0.85,
    recorded_late=("pitched", date(2023, 6, 1)),
    exports="own",
    defects={
        "recording_begins_late": 1.0, "skipped_stamps": 0.02, "negative_lags": 0.003,
        "unknown_stage": 0.0075, "future_stamps": 1.0, "missing_channels": 0.015,
        "same_contact": 0.003, "repeated_rows": 0.002, "test_rows": 0.0006, "broken_rows": 1.0,
    },
    records=SAWASDEE,
)  # fmt: skip

COMPANIES = {company.id: company for company in (DEMO, *PRESETS)}
