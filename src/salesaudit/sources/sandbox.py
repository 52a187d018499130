"""Expressions from settings run here: over the loaded files, and nothing else.

After ``close`` the engine reads no file, writes none, loads no extension and changes no setting.
"""

from __future__ import annotations

import duckdb

from salesaudit.core.errors import MappingError
from salesaudit.core.texts import Text
from salesaudit.warehouse.sql import of_the_machine

NOT_AN_EXPRESSION = Text(
    "sandbox.not_an_expression",
    en="{place}: the expression cannot be used ({got}).",
    th="{place}: ใช้นิพจน์นี้ไม่ได้ ({got})",
)
ONE_QUERY = Text(
    "sandbox.one_query",
    en="{place}: one SELECT is expected, and {got} was seen.",
    th="{place}: ต้องเป็นคำสั่ง SELECT เดียว แต่พบ {got}",
)
MEND = Text(
    "sandbox.mend",
    en="Correct it in salesaudit.yaml; it sees the exports' columns as text, and no files. A name "
    'that is a word of SQL stands in quotes, as "at".',
    th="แก้ไขใน salesaudit.yaml นิพจน์มองเห็นเพียงคอลัมน์ของไฟล์ส่งออกในรูปข้อความ และเปิดไฟล์อื่นไม่ได้ "
    "ชื่อคอลัมน์ที่เป็นคำของภาษา SQL ต้องอยู่ในเครื่องหมายคำพูด",
)


UNKNOWN_TABLE = Text(
    "sandbox.unknown_table",
    en="{place}: there is no file that is the table {got} of this select.",
    th="{place}: ไม่มีไฟล์ที่เป็นตาราง {got} ของ select นี้",
)
NAME_TABLE = Text(
    "sandbox.name_table",
    en="A file's table is its name without its ending; there are: {known}.",
    th="ตารางของไฟล์คือชื่อไฟล์ที่ไม่มีนามสกุล ตารางที่มี: {known}",
)

SCHEMA = "exports"  # of the tables that a select sees


def close(con: duckdb.DuckDBPyConnection, timezone: str) -> duckdb.DuckDBPyConnection:
    """Shut the engine in and give it the helpers of expressions.

    Args:
        con: the connection; it cannot be opened again.
        timezone: IANA name; times without an offset are in it.

    Returns:
        A connection for selects, where the names of files go before our own.
    """
    selects = con.cursor()
    zone = timezone.replace("'", "''")
    con.execute("SET TimeZone = 'UTC'")
    con.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    con.execute(
        """
        CREATE OR REPLACE MACRO as_number(text) AS
            TRY_CAST(regexp_replace(text, '[^0-9eE.+-]', '', 'g') AS DECIMAL(38, 6))
        """
    )
    # Reports of Salesforce give 15 characters of an id, everything else 18; the last three only
    # say which of the others are capitals.
    con.execute(
        """
        CREATE OR REPLACE MACRO salesforce_id(text) AS CASE
            WHEN regexp_full_match(text, '[a-zA-Z0-9]{15}[A-Z0-5]{3}') THEN left(text, 15)
            ELSE text
        END
        """
    )
    con.execute(
        f"""
        CREATE OR REPLACE MACRO as_time(text, format := '') AS CASE
            WHEN text IS NULL OR trim(text) = '' THEN NULL
            WHEN format <> ''
                THEN timezone('{zone}', try_strptime(text, coalesce(nullif(format, ''), '%Y')))
            WHEN regexp_matches(text, '(Z|[+-]\\d\\d(:?\\d\\d)?)$')
                AND regexp_matches(text, '\\d:\\d\\d')
                THEN TRY_CAST(text AS TIMESTAMPTZ)
            ELSE timezone('{zone}', TRY_CAST(text AS TIMESTAMP))
        END
        """
    )
    con.execute(
        """
        CREATE OR REPLACE MACRO as_name(text, language := 'en_US') AS CASE
            WHEN starts_with(text, '{') AND json_valid(text) THEN coalesce(
                text->>coalesce(language, 'en_US'), text->>'en_US',
                json_extract_string(text, '$.*')[1])
            ELSE text END
        """
    )
    selects.execute(f"SET search_path = '{SCHEMA}'")
    con.execute("SET autoinstall_known_extensions = false")
    con.execute("SET autoload_known_extensions = false")
    con.execute("SET enable_external_access = false")
    con.execute("SET lock_configuration = true")
    return selects


def check_query(con: duckdb.DuckDBPyConnection, query: str, place: str) -> None:
    """Refuse what is not one SELECT.

    Raises:
        MappingError: naming ``place`` and what was seen.
    """
    try:
        statements = con.extract_statements(query)
    except duckdb.Error as error:
        raise refused(error, place) from None
    kinds = [str(statement.type).rsplit(".", 1)[-1] for statement in statements]
    if kinds != ["SELECT"]:
        raise MappingError(ONE_QUERY, MEND, place=place, got=", ".join(kinds) or "–")


def refused(error: duckdb.Error, place: str) -> MappingError:
    """The engine's refusal in one line.

    Raises:
        duckdb.Error: it is none; the machine gave up.
    """
    if of_the_machine(error):
        raise error
    first = str(error).strip().splitlines()[0]
    return MappingError(NOT_AN_EXPRESSION, MEND, place=place, got=first[:200])
