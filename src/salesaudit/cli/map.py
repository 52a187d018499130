"""``salesaudit map``: propose the settings of a folder that nothing recognises."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from salesaudit.cli import words
from salesaudit.cli.console import Voice, progress, voice, write_file
from salesaudit.core.errors import SalesAuditError
from salesaudit.core.texts import Message, Text, message

if TYPE_CHECKING:
    from salesaudit.sources.exports import Exports
    from salesaudit.sources.propose.proposal import Proposal

MOST = 5  # questions that are asked
PRINT = "-"
PROPOSED = "salesaudit.proposed.yaml"

EXISTS = Text(
    "map.exists", en="{path} exists and is left as it is.", th="มี {path} อยู่แล้ว จึงไม่เขียนทับ"
)
OTHER_NAME = Text(
    "map.other_name",
    en="Give another name:  -o FILE  (or  -o -  to print it).",
    th="ระบุชื่ออื่นหลัง  -o  (หรือ  -o -  เพื่อแสดงบนหน้าจอ)",
)
BESIDE = Text(
    "map.beside",
    en="{there} is left as it is; compare it with the new file.",
    th="ไม่แก้ไข {there} เดิม โปรดเทียบกับไฟล์ใหม่",
)
WRITTEN = Text(
    "map.written",
    en="Written: {path}. Files used: {used}, not used: {unused}, open questions: {open}.",
    th="เขียนแล้ว: {path} ใช้ {used} ไฟล์ ไม่ใช้ {unused} ไฟล์ คำถามที่ยังเปิดอยู่ {open} ข้อ",
)
NEXT = Text(
    "map.next",
    en="Go through it, then:  salesaudit check {folder}",
    th="ตรวจทานไฟล์ แล้วใช้คำสั่ง:  salesaudit check {folder}",
)
NOW_RENAME = Text(
    "map.now_rename",
    en="Go through it, then:  salesaudit check {path}",
    th="ตรวจทานไฟล์ แล้วใช้คำสั่ง:  salesaudit check {path}",
)
QUESTION = Text("map.question", en="{n} of {all}. {said}", th="ข้อ {n} จาก {all} {said}")
PROMPT = Text("map.prompt", en="Answer [{default}]: ", th="คำตอบ [{default}]: ")
NO_DEFAULT = Text("map.no_default", en="leave open", th="เว้นไว้ก่อน")


def run(path: Path, out: str | None, *, language: str | None, quiet: bool) -> None:
    """Propose, ask where somebody can answer, and write the file."""
    from salesaudit.sources.exports import without_settings
    from salesaudit.sources.propose.folder import propose
    from salesaudit.sources.propose.writing import written

    speaker = voice(language, quiet=quiet)
    exports = without_settings(path)
    target = None if out == PRINT else _target(exports.folder, out)
    with tempfile.TemporaryDirectory(prefix="salesaudit-") as folder, progress(speaker) as telling:
        proposal = propose(exports, scratch=Path(folder), progress=telling(words.READING))
    if target is not None and not quiet and at_terminal():
        proposal = _asked(speaker, proposal)
    text = written(proposal, speaker.locale())
    if target is None:
        sys.stdout.write(text)
        return
    write_file(target, text)
    _tell(speaker, target, exports, proposal)


def at_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _target(folder: Path, out: str | None) -> Path:
    if out is not None:
        given = Path(out)
        if given.exists():
            raise SalesAuditError(EXISTS, OTHER_NAME, path=str(given))
        return given
    from salesaudit.core.settings_file import FILE_NAME

    own = folder / FILE_NAME
    if not own.exists():
        return own
    beside = folder / PROPOSED
    if beside.exists():
        raise SalesAuditError(EXISTS, OTHER_NAME, path=str(beside))
    return beside


def _asked(speaker: Voice, proposal: Proposal) -> Proposal:
    from salesaudit.sources.propose.answers import answered

    questions = proposal.questions[:MOST]
    for place, question in enumerate(questions, start=1):
        said = speaker.write(question.said)
        speaker.tell(message(QUESTION, n=place, all=len(questions), said=said))
        default: str | Text = question.default or NO_DEFAULT
        while True:
            given = input(speaker.write(message(PROMPT, default=default)))
            try:
                proposal = answered(proposal, question, given)
            except SalesAuditError as error:
                speaker.tell(f"{speaker.write(error.problem)} {speaker.write(error.fix)}")
            else:
                break
    return proposal


def _tell(speaker: Voice, target: Path, exports: Exports, proposal: Proposal) -> None:
    folder, used = exports.folder, len(proposal.used)
    unused, questions = len(exports.files) - used, len(proposal.questions)
    counts = {"used": used, "unused": unused, "open": questions}
    speaker.tell(message(WRITTEN, path=str(target), **counts))
    if target.name == PROPOSED:
        speaker.tell(message(BESIDE, there=str(folder / "salesaudit.yaml")))
    own = target.name == "salesaudit.yaml" and target.parent == folder
    then = message(NEXT, folder=str(folder)) if own else message(NOW_RENAME, path=str(target))
    speaker.tell(then)
    for question in proposal.questions[:MOST]:
        speaker.tell(_open(speaker, question.said))


def _open(speaker: Voice, said: Message) -> str:
    return f"? {speaker.write(said)}"
