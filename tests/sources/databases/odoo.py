"""The part of Odoo's schema that the preset reads, as two of its versions make it, with rows."""

from __future__ import annotations

from typing import NamedTuple

STAGES = {1: ("New", "ใหม่"), 2: ("Qualified", "ผ่านเกณฑ์"), 3: ("Proposition", "เสนอราคา"),
          4: ("Won", "ชนะ")}  # fmt: skip
PRIVATE = ("ann.smith@example.com", "Ann Smith", "call me at 081 234 5678", "portal@example.com")

LEADS = (
    # id, type, active, probability, stage, user, company, partner, email, revenue, created,
    # closed, reason, source, moved
    (101, "opportunity", True, 100, 4, 2, 1, 50, PRIVATE[0], 1000, "2024-01-01 08:00:00",
     "2024-01-20 09:30:00", None, 1, "2024-01-20 09:30:00"),
    (102, "opportunity", False, 0, 2, 6, 1, None, None, 700, "2024-01-02 08:00:00",
     "2024-02-10 10:00:00", 1, 2, "2024-02-02 08:00:00"),
    (103, "lead", True, 10, 1, None, 1, None, None, 0, "2024-01-03 08:00:00",
     None, None, None, "2024-01-03 08:00:00"),
    (104, "opportunity", False, 35.5, 1, 2, 1, None, None, 20, "2024-01-04 08:00:00",
     "2024-01-05 08:00:00", None, 1, "2024-01-04 08:00:00"),
    (105, "opportunity", True, 20, 2, 6, 1, None, None, 300, "2024-01-05 08:00:00",
     None, None, 1, "2024-03-05 11:00:00"),
    (106, "opportunity", True, 20, 1, 6, 2, None, None, 90, "2024-01-06 08:00:00",
     None, None, 1, "2024-01-06 08:00:00"),
    (107, "lead", False, 0, 1, 6, 1, None, None, 0, "2024-01-07 08:00:00",
     "2024-02-01 08:00:00", 1, 1, "2024-01-07 08:00:00"),
)  # fmt: skip
MOVES = (
    # message, lead, at, author, old stage, new stage
    (901, 101, "2024-01-03 08:00:00", 3, 1, 2),
    (902, 101, "2024-01-10 08:00:00", 3, 2, 3),
    (903, 101, "2024-01-20 09:30:00", 3, 3, 4),
    (904, 102, "2024-02-02 08:00:00", 7, 1, 2),
    (905, 105, "2024-03-05 11:00:00", 7, 1, 9),  # a stage that was deleted since
    (906, 105, "2024-03-05 11:00:00", 7, 9, 2),  # in the same second
)


class Version(NamedTuple):
    """What a version of Odoo calls things."""

    names: str  # type of a translated name
    field: str  # column that names the tracked field
    revenue: str
    reason: str
    tracking: bool = True


OLD = Version("varchar", "field", "planned_revenue", "lost_reason")
NEW = Version("jsonb", "field_id", "expected_revenue", "lost_reason_id")
NEWEST = NEW._replace(tracking=False)


def statements(version: Version) -> list[str]:
    """The database as SQL."""
    v = version

    def name(english: str, thai: str) -> str:
        if v.names == "jsonb":
            return f"""'{{"en_US": "{english}", "th_TH": "{thai}"}}'"""
        return f"'{english}'"

    def tracked(
        number: int,
        message: int,
        field: int,
        *,
        ids: tuple[int, int] = (0, 0),
        texts: tuple[str, str] = ("", ""),
        floats: tuple[float, float] = (0, 0),
    ) -> str:
        money = (
            "old_value_monetary, new_value_monetary"
            if v is OLD
            else ("old_value_float, new_value_float")
        )
        return (
            f"INSERT INTO mail_tracking_value (id, mail_message_id, {v.field}, old_value_integer, "
            f"new_value_integer, old_value_char, new_value_char, {money}) VALUES ({number}, "
            f"{message}, {field}, {ids[0]}, {ids[1]}, '{texts[0]}', '{texts[1]}', {floats[0]}, "
            f"{floats[1]})"
        )  # fmt: skip

    made = [
        f"CREATE TABLE crm_stage (id int, name {v.names}, is_won bool, sequence int)",
        f"CREATE TABLE crm_team (id int, name {v.names})",
        f"CREATE TABLE crm_lost_reason (id int, name {v.names})",
        f"CREATE TABLE mail_activity_type (id int, name {v.names}, category varchar)",
        "CREATE TABLE utm_source (id int, name varchar)",
        f"CREATE TABLE utm_medium (id int, name {'jsonb' if v.names == 'jsonb' else 'varchar'})",
        "CREATE TABLE utm_campaign (id int, name varchar)",
        "CREATE TABLE res_country (id int, code varchar)",
        "CREATE TABLE res_currency (id int, name varchar)",
        "CREATE TABLE res_company (id int, name varchar, partner_id int, currency_id int)",
        "CREATE TABLE res_partner (id int, name varchar, lang varchar, email varchar)",
        (
            "CREATE TABLE res_users (id int, login varchar, password varchar, partner_id int, "
            "share bool, sale_team_id int)"
        ),
        "CREATE TABLE ir_model_fields (id int, name varchar, model varchar)",
        (
            f"CREATE TABLE crm_lead (id int, name varchar, type varchar, active bool, probability "
            f"double precision, stage_id int, user_id int, team_id int, company_id int, "
            f"partner_id int, contact_name varchar, email_from varchar, description text, "
            f"country_id int, {v.revenue} numeric, date_deadline date, create_date timestamp, "
            f"create_uid int, date_conversion timestamp, date_last_stage_update timestamp, "
            f"date_closed timestamp, {v.reason} int, "
            f"source_id int, medium_id int, campaign_id int)"
        ),
        (
            "CREATE TABLE mail_message (id int, model varchar, res_id int, date timestamp, "
            "author_id int, body text, mail_activity_type_id int)"
        ),
        (
            "INSERT INTO res_partner VALUES (1, 'Us', 'th_TH', NULL), (3, 'Mitchell', NULL, NULL), "
            "(7, 'Marc', NULL, NULL), (50, 'Ann Smith', NULL, 'ann.smith@example.com'), "
            "(51, 'Portal Person', NULL, 'portal@example.com'), (2, 'Us Too', 'fr_FR', NULL)"
        ),
        (
            "INSERT INTO res_users VALUES (2, 'mitchell', 'x', 3, false, 1), "
            "(6, 'marc', 'x', 7, false, 1), (9, 'portal@example.com', 'x', 51, true, NULL)"
        ),
        "INSERT INTO res_company VALUES (1, 'Us', 1, 20), (2, 'Us Too', 2, 20)",
        "INSERT INTO res_currency VALUES (20, 'THB')",
        "INSERT INTO res_country VALUES (216, 'TH')",
        "INSERT INTO utm_source VALUES (1, 'Search engine'), (2, 'Newsletter')",
        f"INSERT INTO utm_medium VALUES (1, {name('Website', 'เว็บไซต์')})",
        "INSERT INTO utm_campaign VALUES (1, 'Spring')",
        f"INSERT INTO crm_team VALUES (1, {name('Europe', 'ยุโรป')})",
        f"INSERT INTO crm_lost_reason VALUES (1, {name('Too expensive', 'แพงเกินไป')})",
        (
            f"INSERT INTO mail_activity_type VALUES (2, {name('Call', 'โทร')}, 'phonecall'), "
            f"(1, {name('Email', 'อีเมล')}, 'default')"
        ),
        (
            "INSERT INTO ir_model_fields VALUES (11, 'stage_id', 'crm.lead'), "
            f"(12, 'user_id', 'crm.lead'), (13, '{v.revenue}', 'crm.lead'), (14, 'stage_id', 'x.y')"
        ),
        (
            "INSERT INTO mail_message VALUES "
            "(911, 'crm.lead', 101, '2024-01-04 02:00', 3, 'x', 2), "
            "(912, 'crm.lead', 101, '2024-01-04 03:00', 50, 'call me at 081 234 5678', NULL), "
            "(913, 'res.partner', 50, '2024-01-04 03:00', 3, 'x', 2)"
        ),
    ]
    made += [
        f"INSERT INTO crm_stage VALUES ({key}, {name(*both)}, {key == 4}, {key})"
        for key, both in STAGES.items()
    ]
    for row in LEADS:
        (key, kind, active, chance, stage, user, company, partner, email, revenue, created, closed,
         reason, source, moved) = row  # fmt: skip
        cells = [
            key, "A deal with Ann Smith", kind, active, chance, stage, user, 1, company, partner,
            "Ann Smith", email, "call me at 081 234 5678", 216, revenue, "2024-06-30", created, 2,
            None, moved, closed, reason, source, 1, 1,
        ]  # fmt: skip
        made.append(f"INSERT INTO crm_lead VALUES ({', '.join(map(_value, cells))})")
    if not v.tracking:
        return made
    made.append(
        f"CREATE TABLE mail_tracking_value (id int, mail_message_id int, {v.field} int, "
        "old_value_integer int, new_value_integer int, old_value_char varchar, new_value_char "
        "varchar, old_value_float double precision, new_value_float double precision, "
        "old_value_monetary double precision, new_value_monetary double precision)"
    )
    labels = {key: both[0] for key, both in STAGES.items()} | {9: "Demo"}
    for number, (message, lead, at, author, old, new) in enumerate(MOVES, start=1):
        made += [
            (
                f"INSERT INTO mail_message VALUES ({message}, 'crm.lead', {lead}, '{at}', "
                f"{author}, 'x', NULL)"
            ),
            tracked(number, message, 11, ids=(old, new), texts=(labels[old], labels[new])),
        ]
    made += [
        "INSERT INTO mail_message VALUES (920, 'crm.lead', 101, '2024-01-05 08:00', 3, 'x', NULL)",
        tracked(20, 920, 13, floats=(500, 1000)),
        "INSERT INTO mail_message VALUES (921, 'crm.lead', 105, '2024-03-01 08:00', 3, 'x', NULL)",
        tracked(21, 921, 12, ids=(2, 6), texts=("Mitchell", "Marc")),
        tracked(22, 913, 14, ids=(1, 2)),  # of another model
    ]
    return made


def _value(cell: object) -> str:
    return "NULL" if cell is None else f"'{cell}'"
