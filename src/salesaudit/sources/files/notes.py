"""What is said about a file beside its records: changes made, doubts, what stands above."""

from __future__ import annotations

from collections.abc import Sequence

from salesaudit.core.errors import SourceError
from salesaudit.core.texts import Message, Text, message
from salesaudit.sources.files.reader import RefusedLine
from salesaudit.sources.files.streams import NAME_ENCODING
from salesaudit.sources.files.survey import Survey

BAD_LINES = 0.1  # share of lines that are no UTF-8; above it the encoding is asked for

IS_KIND = Text(
    "files.is-kind",
    "{file} is {kind} in spite of its name and was read as such.",
    "{file} เป็น{kind} แม้ชื่อไม่ได้บอกไว้ และอ่านตามชนิดจริง",
)
RECODED = Text(
    "files.recoded",
    "{file} was read as {encoding}.",
    "อ่าน {file} ด้วยรหัสอักขระ {encoding}",
)
GUESSED = Text(
    "files.guessed-encoding",
    "{file} is not UTF-8; its letters show that it is {encoding}, and it was read as such.",
    "{file} ไม่ใช่ UTF-8 ตัวอักษรในไฟล์บ่งชี้ว่าเป็นรหัสอักขระ {encoding} จึงอ่านตามนั้น",
)
NULS = Text(
    "files.nuls",
    "{file}: {count} NUL bytes were taken out.",
    "{file}: ตัดไบต์ NUL ออก {count} ตัว",
)
MIXED_ENDS = Text(
    "files.mixed-ends",
    "{file}: line ends were mixed; {count} CR LF were read as LF.",
    "{file}: การขึ้นบรรทัดใหม่ปนกัน จึงอ่าน CR LF {count} แห่งเป็น LF",
)
LONE_CR = Text(
    "files.lone-cr",
    "{file}: {count} CR inside lines were read as blanks.",
    "{file}: อ่าน CR ที่อยู่กลางบรรทัด {count} แห่งเป็นช่องว่าง",
)
EMPTY_LINES = Text(
    "files.empty-lines",
    "{file}: {count} empty lines are no records.",
    "{file}: บรรทัดว่าง {count} บรรทัดไม่นับเป็นรายการ",
)
EMPTY_ROWS = Text(
    "files.empty-rows",
    "{file}: {count} empty rows are no records.",
    "{file}: แถวว่าง {count} แถวไม่นับเป็นรายการ",
)
PREAMBLE = Text(
    "files.preamble",
    "{file} says above its header: {lines}. If that is a filter, rows are missing.",
    "{file} มีข้อความเหนือหัวตาราง: {lines} หากเป็นตัวกรอง ข้อมูลบางแถวจะขาดไป",
)
UNNAMED_DROPPED = Text(
    "files.unnamed-dropped",
    "{file}: {count} columns without name and content were left out.",
    "{file}: ตัดคอลัมน์ที่ไม่มีทั้งชื่อและข้อมูลออก {count} คอลัมน์",
)
RENAMED = Text(
    "files.renamed",
    "{file}: columns without a name of their own are called {columns}.",
    "{file}: คอลัมน์ที่ไม่มีชื่อเฉพาะตัวเรียกว่า {columns}",
)
NO_RECORDS = Text(
    "files.no-records",
    "{file} has a header and no records.",
    "{file} มีหัวตารางแต่ไม่มีรายการ",
)
MAYBE_ENCODING = Text(
    "files.maybe-encoding",
    "{file}: {count} lines are not UTF-8 as the others are, and were refused.",
    "{file}: {count} บรรทัดไม่ใช่ UTF-8 เหมือนบรรทัดอื่น จึงไม่รับบรรทัดเหล่านั้น",
)
ASK_ENCODING = Text(
    "files.ask-encoding",
    "{file}: {count} lines are not UTF-8, e.g. as Thai {thai}, as Western {western}.",
    "{file}: {count} บรรทัดไม่ใช่ UTF-8 เช่น อ่านเป็นไทยได้ {thai} อ่านเป็นยุโรปตะวันตกได้ {western}",
)
WRONG_ENCODING = Text(
    "files.wrong-encoding",
    "{file}: {count} lines hold bytes that {encoding} does not know.",
    "{file}: {count} บรรทัดมีไบต์ที่ไม่อยู่ในรหัสอักขระ {encoding}",
)
COVERS_LINES = Text(
    "files.covers-lines",
    "{file}: a quote mark opened on line {line} is never closed properly; the record refused there "
    "covers {count} lines.",
    "{file}: เครื่องหมายคำพูดที่เปิดในบรรทัด {line} ไม่ได้ปิดให้ถูกต้อง รายการที่อ่านไม่ได้ตรงนั้นกินความ {count} บรรทัด",
)


def check_encoding(seen: Survey, codec: str | None, file: str) -> None:
    """Stop where so many lines are no UTF-8 that the file must be in another encoding.

    Raises:
        SourceError: more than a tenth of the lines; shows one of them in two encodings.
    """
    damage = seen.damage
    if damage.bad_lines <= BAD_LINES * max(1, damage.lines):
        return
    if codec is not None:
        raise SourceError(
            WRONG_ENCODING, NAME_ENCODING, file=file, count=damage.bad_lines, encoding=codec
        )
    thai, western = both_ways(damage.bad_example)
    raise SourceError(
        ASK_ENCODING, NAME_ENCODING, file=file, count=damage.bad_lines, thai=thai, western=western
    )


def byte_notes(codec: str | None, seen: Survey, file: str, *, guessed: bool) -> list[Message]:
    """What was found in the bytes of a file, and changed."""
    notes, damage = [], seen.damage
    if codec is not None:
        notes.append(message(GUESSED if guessed else RECODED, file=file, encoding=codec))
    if damage.nul:
        notes.append(message(NULS, file=file, count=damage.nul))
    if damage.mixed_ends:
        notes.append(message(MIXED_ENDS, file=file, count=damage.crlf))
    if damage.lone_cr and not damage.cr_only:
        notes.append(message(LONE_CR, file=file, count=damage.lone_cr))
    if damage.bad_lines and codec is None:
        notes.append(message(MAYBE_ENCODING, file=file, count=damage.bad_lines))
    return notes


def line_notes(
    refused: Sequence[RefusedLine], empty_lines: int, file: str, *, above: int
) -> list[Message]:
    """Empty lines, and records that swallowed the lines after them."""
    notes = [
        message(COVERS_LINES, file=file, line=line.line + above, count=line.breaks + 1)
        for line in refused
        if line.reason == "quote" and line.breaks
    ][:3]
    if empty_lines:
        notes.append(message(EMPTY_LINES, file=file, count=empty_lines))
    return notes


def shape_notes(
    names: Sequence[str],
    header: Sequence[str],
    columns: Sequence[str],
    file: str,
    *,
    preamble: Sequence[str],
    read: int,
) -> list[Message]:
    """What the header says, and what stands above it.

    Args:
        names: of the columns that the file has.
        header: their cells in the header.
        columns: the names that were kept.
        file: name for messages.
        preamble: lines above the header.
        read: number of records.
    """
    notes = []
    if preamble:
        notes.append(message(PREAMBLE, file=file, lines=" / ".join(preamble)[:500]))
    if dropped := len(names) - len(columns):
        notes.append(message(UNNAMED_DROPPED, file=file, count=dropped))
    kept = set(columns)
    named = ((name, cell) for name, cell in zip(names, header, strict=True) if name in kept)
    renamed = [name for name, cell in named if name != " ".join(cell.split())]
    if renamed:
        notes.append(message(RENAMED, file=file, columns=", ".join(renamed)))
    if read == 0:
        notes.append(message(NO_RECORDS, file=file))
    return notes


def both_ways(line: bytes) -> tuple[str, str]:
    """The beginning of a line as Thai and as Western letters."""
    thai, western = (line[:60].decode(name, "replace").strip() for name in ("cp874", "cp1252"))
    return thai, western
