"""Names in texts: what the exports call people and firms is masked wherever it is written.

Words are looked up, never compared one by one: a text is cut into words and, in scripts that write
without blanks, into letters; each place where a name may begin is joined to the names.
"""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
import itertools
from collections.abc import Iterable, Sequence

import duckdb

from salesaudit.sources.columns import text_expression
from salesaudit.sources.privacy.common_words import (
    COMMON,
    FIRM_COLUMNS,
    FIRM_WORDS,
    NO_NAMES,
    THAI_COMMON,
    THAI_TITLES,
)
from salesaudit.sources.privacy.masking import masked_expression
from salesaudit.warehouse.sql import literal, quoted

NAME = "[name]"
SHORTEST = 4  # letters of a word that is masked where it stands alone
_UNSPACED = r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Han}\p{Hiragana}\p{Katakana}"
_WORD = rf"(?:[^\P{{L}}{_UNSPACED}]|[0-9])+"
_RUN = rf"[{_UNSPACED}]{{{SHORTEST},}}"
_PIECE = rf"(?s){_WORD}|."
_KEY = "strip_accents(lower({}))"


def find_names(
    con: duckdb.DuckDBPyConnection, sources: Sequence[tuple[str, Sequence[str]]]
) -> None:
    """Take the names out of the sources, into tables that are thrown away with the load.

    Args:
        con: of the load.
        sources: the view of each source's records, and its columns that hold names; neighbours
            are also one name, in both orders.
    """
    con.execute("CREATE TABLE name_cells (cell TEXT, firm BOOLEAN)")
    con.execute("CREATE TABLE spaced_names (first TEXT, words BIGINT, name TEXT)")
    con.execute("CREATE TABLE unspaced_names (first TEXT, letters BIGINT, name TEXT)")
    for view, columns in sources:
        _add_cells(con, view, columns)
    if any(columns for _, columns in sources):
        _prepare(con)
    con.execute("DROP TABLE name_cells")


def _add_cells(con: duckdb.DuckDBPyConnection, view: str, columns: Sequence[str]) -> None:
    for column in columns:
        firm = "true" if _is_firm(column) else "false"
        con.execute(
            f"INSERT INTO name_cells SELECT DISTINCT {text_expression(column)}, {firm} "
            f"FROM {quoted(view)}"
        )
    people = [column for column in columns if not _is_firm(column)]
    for one, other in itertools.pairwise(people):
        both = f"SELECT DISTINCT {text_expression(one)} AS a, {text_expression(other)} AS b"
        con.execute(
            f"INSERT INTO name_cells SELECT unnest([a || ' ' || b, b || ' ' || a]), false "
            f"FROM ({both} FROM {quoted(view)})"
        )


def _prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Make the names that are looked up of all cells."""
    con.execute(
        f"""
        CREATE TEMP TABLE name_words AS
        SELECT DISTINCT {_KEY.format("cell")} AS cell, firm FROM name_cells WHERE cell IS NOT NULL
        """
    )
    con.execute(
        f"""
        INSERT INTO spaced_names
        WITH said AS (
            SELECT regexp_extract_all(cell, {literal(_WORD)}) AS said, firm FROM name_words
        ), own AS (
            SELECT list_filter(said, w -> w NOT IN ({_listed(FIRM_WORDS)})) AS own, said, firm
            FROM said
        ), cells AS (
            SELECT DISTINCT own AS words, firm OR len(own) < len(said) AS firm FROM own
        ), single AS (
            SELECT unnest(words) AS word FROM cells WHERE len(words) = 1 OR NOT firm
        ), named AS (
            SELECT word AS first, 1 AS words, word AS name FROM single
            WHERE length(word) >= {SHORTEST} AND word NOT IN ({_listed(COMMON)})
            UNION ALL
            SELECT words[1], len(words), array_to_string(words, ' ') FROM cells
            WHERE len(words) > 1
        )
        SELECT DISTINCT * FROM named WHERE name NOT IN ({_listed(NO_NAMES)})
            AND length(name) >= {SHORTEST} AND regexp_matches(name, '[^0-9 ]')
        """
    )
    con.execute("DROP TABLE name_words")
    untitled = f"regexp_replace(cell, {literal('(' + '|'.join(THAI_TITLES) + ')')}, ' ', 'g')"
    con.execute(
        f"""
        INSERT INTO unspaced_names
        SELECT DISTINCT substr(run, 1, {SHORTEST}), length(run), run
        FROM (SELECT unnest(regexp_extract_all({untitled}, {literal(_RUN)})) AS run
              FROM name_cells WHERE cell IS NOT NULL)
        WHERE run NOT IN ({_listed(THAI_COMMON)})
        """
    )


def mask_names(con: duckdb.DuckDBPyConnection, table: str, column: str) -> None:
    """Mask the names in a column of texts, where it stands."""
    if not _any_names(con):
        return
    cell = quoted(column)
    con.execute(
        f"CREATE TEMP TABLE name_texts AS SELECT DISTINCT {cell} AS text FROM {quoted(table)} "
        f"WHERE {cell} IS NOT NULL"
    )
    _mask(con)
    con.execute(
        f"UPDATE {quoted(table)} AS t SET {cell} = m.masked FROM name_masked m "
        f"WHERE t.{cell} = m.text"
    )
    con.execute("DROP TABLE name_masked")


def without_names(con: duckdb.DuckDBPyConnection, texts: Iterable[str]) -> dict[str, str]:
    """Texts that hold names, and the same with the names masked."""
    if not _any_names(con):
        return {}
    con.execute(
        "CREATE TEMP TABLE name_texts AS SELECT DISTINCT unnest(?::TEXT[]) AS text", [[*texts]]
    )
    _mask(con)
    found = con.execute("SELECT text, masked FROM name_masked").fetchall()
    con.execute("DROP TABLE name_masked")
    return dict(found)


def _any_names(con: duckdb.DuckDBPyConnection) -> bool:
    tables = con.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    if ("spaced_names",) not in tables:
        return False
    found = con.execute("SELECT 1 FROM spaced_names UNION ALL SELECT 1 FROM unspaced_names LIMIT 1")
    return found.fetchone() is not None


def _mask(con: duckdb.DuckDBPyConnection) -> None:
    """``name_masked``: the texts of ``name_texts`` that hold a name; that table is dropped.

    Addresses go first: a name that is masked inside of one would leave the rest of it.
    """
    con.execute(
        "CREATE TEMP TABLE name_ids AS SELECT row_number() OVER () AS id, text AS written, "
        f"{masked_expression('text', phones=False)} AS text FROM name_texts"
    )
    con.execute("CREATE TEMP TABLE name_places (id BIGINT, first BIGINT, last BIGINT)")
    _find_spaced(con)
    _find_unspaced(con)
    con.execute(
        f"""
        CREATE TEMP TABLE name_masked AS
        WITH covered AS (
            SELECT id, list(DISTINCT place) AS places
            FROM (SELECT id, unnest(generate_series(first, last)) AS place FROM name_places)
            GROUP BY id
        ), letters AS (
            SELECT written, places, regexp_extract_all(text, '(?s).') AS letters
            FROM name_ids JOIN covered USING (id)
        )
        SELECT written AS text, regexp_replace(array_to_string(list_transform(
            generate_series(1, len(letters)), i -> CASE
                WHEN NOT list_contains(places, i) THEN letters[i]
                WHEN list_contains(places, i - 1) THEN '' ELSE '{NAME}' END), ''),
            '\\[name\\](?:[ ,&.]*\\[name\\])+', '{NAME}', 'g') AS masked
        FROM letters
        """
    )
    con.execute("DROP TABLE name_texts; DROP TABLE name_ids; DROP TABLE name_places")


def _find_spaced(con: duckdb.DuckDBPyConnection) -> None:
    """Names of words: each word that begins one is joined to the names that begin with it."""
    con.execute(
        f"""
        CREATE TEMP TABLE name_words AS
        SELECT id, list_transform(regexp_extract_all(text, {literal(_WORD)}),
            w -> {_KEY.format("w")}) AS keys
        FROM name_ids WHERE regexp_matches(text, {literal(_WORD)})
        """
    )
    con.execute(
        """
        CREATE TEMP TABLE name_hits AS
        WITH starts AS (SELECT DISTINCT first, words AS length FROM spaced_names),
        begun AS (
            SELECT id, k, length FROM (
                SELECT id, unnest(keys) AS key, generate_subscripts(keys, 1) AS k FROM name_words
            ) JOIN starts ON key = first
        )
        SELECT id, k, k + length - 1 AS last FROM begun JOIN name_words USING (id)
        SEMI JOIN spaced_names ON name = array_to_string(keys[k : k + length - 1], ' ')
        """
    )
    con.execute(  # one step at a time: a list that is named twice would be made twice
        f"""
        CREATE TEMP TABLE name_pieces AS
        SELECT id, regexp_extract_all(text, {literal(_PIECE)}) AS pieces
        FROM name_ids SEMI JOIN name_hits USING (id)
        """
    )
    con.execute(
        f"""
        INSERT INTO name_places
        WITH words AS (
            SELECT id, pieces, list_filter(generate_series(1, len(pieces)),
                i -> regexp_full_match(pieces[i], {literal(_WORD)})) AS places
            FROM name_pieces
        ), spans AS (
            SELECT id, pieces, places[k] AS first, places[last] AS last
            FROM name_hits JOIN words USING (id)
        )
        SELECT id, length(array_to_string(pieces[: first - 1], '')) + 1,
            length(array_to_string(pieces[: last], ''))
        FROM spans
        """
    )
    con.execute("DROP TABLE name_words; DROP TABLE name_hits; DROP TABLE name_pieces")


def _find_unspaced(con: duckdb.DuckDBPyConnection) -> None:
    """Names in scripts without blanks: at each letter, by the name's first letters."""
    con.execute(
        f"""
        INSERT INTO name_places
        WITH openings AS (SELECT DISTINCT first, letters AS length FROM unspaced_names),
        places AS (
            SELECT id, text, unnest(generate_series(1, length(text) - {SHORTEST} + 1)) AS k
            FROM name_ids WHERE regexp_matches(text, {literal(_RUN)})
        ), opened AS (
            SELECT id, k, length FROM (SELECT id, k, substr(text, k, {SHORTEST}) AS g FROM places)
            JOIN openings ON g = first
        )
        SELECT id, k, k + length - 1 FROM opened JOIN name_ids USING (id)
        SEMI JOIN unspaced_names ON name = substr(text, k, length)
        """
    )


def _is_firm(column: str) -> bool:
    return any(word in column.casefold() for word in FIRM_COLUMNS)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(literal(word) for word in sorted(words))
