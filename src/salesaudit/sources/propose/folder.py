"""From a folder of exports to the settings that are proposed for it."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

from salesaudit.core.errors import SalesAuditError
from salesaudit.core.settings import Settings, SourceSpec
from salesaudit.core.texts import Text, message
from salesaudit.sources.columns import decide_times
from salesaudit.sources.exports import Exports, table_name
from salesaudit.sources.files.account import create_refused
from salesaudit.sources.files.header import NO_HEADER
from salesaudit.sources.mapping.currency import SIGNS
from salesaudit.sources.propose.drafting import Draft, Times, columns_of
from salesaudit.sources.propose.headless import headless_source
from salesaudit.sources.propose.logs import (
    Cases,
    Ids,
    deals_of,
    leads_of,
    tickets_of,
    work_of,
)
from salesaudit.sources.propose.matching import Fit, fits, matches_of
from salesaudit.sources.propose.profile import Profile, cell, one_number, profiles_of
from salesaudit.sources.propose.proposal import (
    DOUBTFUL,
    Line,
    Proposal,
    Question,
    Source,
    Unused,
)
from salesaudit.sources.propose.shapes import (
    Log,
    Wide,
    event_log,
    last_activity,
    lives,
    wide_sheet,
)
from salesaudit.sources.propose.stages import Funnel, funnel_of
from salesaudit.sources.propose.words import INSIDE, nearness, vocabulary
from salesaudit.sources.raw import RawTable
from salesaudit.sources.reading import Progress, read_all
from salesaudit.sources.recognise.headers import plain
from salesaudit.sources.recognise.recognition import Recognised, Recognition, recognise
from salesaudit.sources.recognise.score import share_in
from salesaudit.warehouse.schema import TABLES
from salesaudit.warehouse.sql import literal, quoted

ORDER = ("roles", "outcomes", "dates", "decimal", "currency", "timezone")  # the most valuable first
ROLES = "lead, mql, pitched, sql, customer"
CLOCK = r"\d{1,2}:\d{2}"
MIDNIGHT = r"(?i)(?:^|\D)0?0:00(?::00(?:\.0*)?)?(?:[^\d:]|$)|12:00(?::00)? ?am"  # a day, at length
OFFSET = r"\d ?(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)$"
FOUND = 0.8  # share of ids that must be among another file's keys

NO_OWNERS = Text(
    "propose.no_owners",
    en="nobody in it works a lead or a deal of the other files, so it may be a list of contacts",
    th="ไม่มีผู้ใดในไฟล์นี้ดูแลลีดหรือดีลของไฟล์อื่น จึงอาจเป็นรายชื่อผู้ติดต่อ",
)
SAME_NAMES = Text(
    "propose.same_names",
    en="the other files name its people, and two of them share a name: {names}",
    th="ไฟล์อื่นอ้างถึงคนในไฟล์นี้ด้วยชื่อ แต่มีคนชื่อซ้ำกัน: {names}",
)
UNKNOWN = Text(
    "propose.unknown",
    en="no table of the audit fits its columns: {columns}",
    th="คอลัมน์ไม่ตรงกับตารางใดของการตรวจสอบ: {columns}",
)
WITHOUT_IDS = Text(
    "propose.without_ids",
    en="it has no ids, and {other} fills the {table}: the same people would count twice",
    th="ไม่มีรหัส และ {other} เป็นข้อมูล {table} อยู่แล้ว คนเดียวกันจะถูกนับสองครั้ง",
)
NO_TARGET = Text(
    "propose.no_target",
    en="the cases of its events are in no other file",
    th="ไม่พบรหัสของเหตุการณ์เหล่านี้ในไฟล์อื่น",
)
ASK_ROLES = Text(
    "propose.ask_roles",
    en="Which stages have the roles {roles}? Seen, with cases: {seen}.",
    th="ขั้นใดมีบทบาท {roles} ขั้นที่พบและจำนวนราย: {seen}",
)
ASK_CURRENCY = Text(
    "propose.ask_currency",
    en="Which currency do you count in? Seen in the files: {seen}.",
    th="บริษัทใช้สกุลเงินใด ที่พบในไฟล์: {seen}",
)
ASK_ZONE = Text(
    "propose.ask_zone",
    en="In which time zone is the company? Times without an offset are read in it. Offsets seen: "
    "{seen}.",
    th="บริษัทอยู่ในเขตเวลาใด เวลาที่ไม่ระบุเขตจะอ่านตามเขตนี้ เขตที่พบในไฟล์: {seen}",
)
NOTHING_SEEN = Text("propose.nothing_seen", en="none", th="ไม่พบ")
ANSWERS = Text(
    "propose.answers",
    en="The other columns are what was said of each deal.",
    th="คอลัมน์อื่นคือคำตอบเกี่ยวกับแต่ละดีล",
)
WON_ONLY = Text(
    "propose.won_only",
    en="A row with a day in '{column}' is a won deal.",
    th="แถวที่มีวันที่ใน '{column}' คือดีลที่ปิดได้",
)
NUMBERED = Text(
    "propose.numbered",
    en="No id: records are numbered in the order of all their cells, so equal ones stay several.",
    th="ไม่มีรหัส จึงนับลำดับตามค่าทุกช่อง รายการที่เหมือนกันยังคงเป็นหลายรายการ",
)


class _File(NamedTuple):
    raw: RawTable
    profiles: Mapping[str, Profile]
    log: Log | None
    wide: Wide | None


class Folder:
    """One folder on its way to a proposal, over an engine that is thrown away."""

    def __init__(self, con: duckdb.DuckDBPyConnection, exports: Exports) -> None:
        self.con = con
        self.exports = exports
        self.sources: list[Source] = []
        self.unused: list[Unused] = []
        self.questions: list[Question] = []
        self.currencies: list[str] = []
        self.times = Times([], [])
        self.funnel: tuple[tuple[str, str | None], ...] = ()
        self.lost: dict[str, str] = {}
        self.raws: dict[str, RawTable] = {}  # by name

    def propose(self, *, scratch: Path, progress: Progress) -> Proposal:
        """Read the files, and say what each is taken for."""
        raws = self._read(scratch, progress)
        self.raws = {raw.name: raw for raw in raws}
        known = self._recognised(raws)
        files = [self._file(raw) for raw in raws if raw.name not in known]
        chosen = self._choose(files)
        self._draft(files, chosen)
        self._logs(files, chosen)
        return self._proposal()

    def _read(self, scratch: Path, progress: Progress) -> list[RawTable]:
        create_refused(self.con)
        raws: list[RawTable] = []
        plain_settings = Settings()
        for path in self.exports.files:
            one = self.exports._replace(files=(path,), settings=plain_settings, yaml=None)
            try:
                raws += read_all(self.con, one, scratch=scratch, progress=progress)
            except SalesAuditError as error:
                name = self.exports.name_of(path)
                if error.problem.text is NO_HEADER:
                    source = self._headless(one, name, scratch, progress)
                    if source is not None:
                        self.sources.append(source)
                        continue
                self.unused.append(Unused(name, error.problem, error.fix))
        return raws

    def _headless(
        self, one: Exports, name: str, scratch: Path, progress: Progress
    ) -> Source | None:
        """The source of a file without a header, read as whole lines."""
        spec = SourceSpec(read=name, into="orders", header=("line",))
        lines = one._replace(settings=Settings(sources=(spec,)))
        try:
            [raw] = read_all(self.con, lines, scratch=scratch, progress=progress)
        except SalesAuditError:
            return None
        return headless_source(self.con, raw)

    def _recognised(self, raws: Sequence[RawTable]) -> set[str]:
        """Files that a preset knows, or that speak the canonical words already."""
        if not raws:
            return set()
        try:
            found: Recognition = recognise(raws, share_in(self.con))
        except SalesAuditError as error:
            self.unused.append(Unused("*", error.problem, error.fix))
            return set()
        by_name = {raw.name: raw for raw in raws}
        for one in found.recognised:
            self.sources.append(Source(read=one.file, preset=one.preset.preset))
            self._local_times(by_name[one.file], one, found)
        known = {one.file for one in found.recognised}
        for spec, parts in found.sources:
            if isinstance(spec.read, str) and parts and parts[0].name not in known:
                lines = tuple(Line(field, str(c.column)) for field, c in spec.columns.items())
                self.sources.append(Source(read=parts[0].name, into=spec.into, lines=lines))
                known.add(parts[0].name)
        if found.funnel:
            self.funnel = tuple((s.name, s.role.value if s.role else None) for s in found.funnel)
        self.lost |= dict(found.lost_stages or {})
        return known

    def _local_times(self, raw: RawTable, one: Recognised, found: Recognition) -> None:
        """Note the times of a known export that are read in the company's zone."""
        mine = [spec for spec, parts in found.sources if raw in parts]
        if mine and all(spec.timezone for spec in mine):
            return
        used = [column for column in raw.columns if column not in one.unused]
        self.times.columns.extend((raw.table, column) for column in used)

    def _file(self, raw: RawTable) -> _File:
        profiles = profiles_of(self.con, raw)
        log = event_log(self.con, raw.table, profiles)
        return _File(raw, profiles, log, None if log else wide_sheet(profiles))

    def _choose(self, files: Sequence[_File]) -> dict[str, Fit]:
        """The table of every file of a row per record, ids of other files considered."""
        chosen: dict[str, Fit] = {}
        for file in files:
            found = [] if file.log or file.wide else fits(file.raw.name, file.profiles, {})
            if found:
                chosen[file.raw.name] = found[0]
        for file in files:
            if file.raw.name not in chosen:
                continue
            known = self.known(file, files, chosen)
            again = fits(file.raw.name, file.profiles, known)
            if again and not (chosen[file.raw.name].table == "leads" and again[0].table != "leads"):
                chosen[file.raw.name] = again[0]
        teams = [f for f in files if f.raw.name in chosen and chosen[f.raw.name].table == "reps"]
        for file in teams:
            team = self._team(file, chosen.pop(file.raw.name), files, chosen)
            if team is not None:
                chosen[file.raw.name] = team
        return chosen

    def _team(
        self, file: _File, fit: Fit, files: Sequence[_File], chosen: Mapping[str, Fit]
    ) -> Fit | None:
        """A team whose people work the leads and deals, by id or else by a name of their own."""
        named = [
            (f.raw, match.column)
            for f in files
            if f.raw.name in chosen
            for field, match in chosen[f.raw.name].matches.items()
            if field in ("owner_id", "rep_id")
        ]
        shares = {
            field: max(
                (self.contained(raw, c, file.raw, fit.matches[field].column) for raw, c in named),
                default=0.0,
            )
            for field in ("rep_id", "name")
            if field in fit.matches
        }
        best = max(shares, key=lambda field: shares[field], default="")
        if not best or shares[best] < FOUND:
            self.unused.append(Unused(file.raw.name, message(NO_OWNERS)))
            return None
        if best == "rep_id":
            return fit
        name = fit.matches["name"]
        if not file.profiles[name.column].unique:
            twice = [v for v, n in file.profiles[name.column].values if n > 1]
            why = message(SAME_NAMES, names=", ".join(twice[:3]))
            self.unused.append(Unused(file.raw.name, why))
            return None
        matches = {**fit.matches, "rep_id": name, "name": name}
        return fit._replace(matches=matches)

    def known(
        self, file: _File, files: Sequence[_File], chosen: Mapping[str, Fit]
    ) -> dict[tuple[str, str], float]:
        """How much of each column is among the keys of the other files' leads and deals."""
        found: dict[tuple[str, str], float] = {}
        for other in files:
            fit = chosen.get(other.raw.name)
            if other.raw.name == file.raw.name or fit is None:
                continue
            key = {"leads": "lead_id", "deals": "deal_id"}.get(fit.table)
            match = fit.matches.get(key) if key else None
            if match is None or not other.profiles[match.column].unique:
                continue
            for profile in file.profiles.values():
                if profile.is_date or profile.decimals or profile.distinct < 3:
                    continue
                share = self.contained(file.raw, profile.column, other.raw, match.column)
                if share >= FOUND:
                    place = (profile.column, fit.table)
                    found[place] = max(share, found.get(place, 0.0))
        return found

    def contained(self, raw: RawTable, column: str, other: RawTable, key: str) -> float:
        """Share of a column's different values that are among the values of another."""
        return one_number(
            self.con,
            f"SELECT avg((t IN (SELECT {cell(key)} FROM {quoted(other.table)}))::INT) FROM "
            f"(SELECT DISTINCT {cell(column)} AS t FROM {quoted(raw.table)}) WHERE t IS NOT NULL",
        )

    def _draft(self, files: Sequence[_File], chosen: Mapping[str, Fit]) -> None:
        # Dates that prove their order go first, so that the others can be proposed after them.
        drafts = [(f, Draft(self.con, f.raw, f.profiles, self.times)) for f in files]
        keyless = [
            (chosen[f.raw.name].table, f.raw.name)
            for f in files
            if f.raw.name in chosen and not {"lead_id", "deal_id"} & set(chosen[f.raw.name].matches)
        ]
        for file, draft in drafts:
            fit = chosen.get(file.raw.name)
            if fit is None:
                if file.wide:
                    self._wide(file, draft)
                elif not file.log and file.raw.name not in {u.file for u in self.unused}:
                    listed = ", ".join(file.raw.columns[:8])
                    self.unused.append(Unused(file.raw.name, message(UNKNOWN, columns=listed)))
                continue
            same = [name for table, name in keyless if table == fit.table]
            best = self._best_of(same, files, chosen)
            if fit.table == "leads" and file.raw.name in same and best != file.raw.name:
                why = message(WITHOUT_IDS, other=best, table=fit.table)
                self.unused.append(Unused(file.raw.name, why))
                continue
            known = self.known(file, files, chosen)
            orphans = {column: share for (column, _), share in known.items()}
            drafted = draft.source(fit, orphans, alone=fit.table == "leads" or len(same) < 2)
            self.currencies += drafted.currencies
            if fit.table == "deals" and self._with_answers(file, drafted.source):
                self._ask(drafted.questions, len(self.sources) - 2)
                continue
            self.sources.append(drafted.source)
            self._ask(drafted.questions, len(self.sources) - 1)

    def _best_of(
        self, names: Sequence[str], files: Sequence[_File], chosen: Mapping[str, Fit]
    ) -> str:
        """Of files that fill the same table, the one with the most records."""
        sizes = {f.raw.name: f.raw.read for f in files}
        return max(names, key=lambda name: (sizes[name], chosen[name].score), default="")

    def _ask(self, questions: Sequence[Question], place: int) -> None:
        self.questions += [q._replace(place=(place, q.place[1])) for q in questions]

    def _with_answers(self, file: _File, source: Source) -> bool:
        """Deals without an id, with answers to many questions: two queries over one numbering."""
        said = [
            c
            for c in source.unused
            if file.profiles[c].is_category and 2 <= file.profiles[c].distinct <= 12
        ]
        if len(said) < 6:
            return False
        table = quoted(table_name(file.raw.name))
        deal = next(line for line in source.lines if line.field == "deal_id")
        own = isinstance(deal.spec, dict)
        number = "row_number() OVER (ORDER BY f) AS number, " if own else ""
        key = "number" if own else columns_of([deal])[0]
        listed = ", ".join(quoted(c) for c in said)
        lines = tuple(
            line._replace(spec=key) if line.field == "deal_id" else line for line in source.lines
        )
        select = f"SELECT {number}f.* FROM {table} f"
        note = (message(NUMBERED),) if own else ()
        kept = () if own else source.notes
        self.sources.append(
            source._replace(
                read="" if own else source.read,
                select=select if own else "",
                name="deals" if own else "",
                over=(file.raw.name,) if own else (),
                lines=lines,
                notes=(*note, *kept),
                unused=(),
            )
        )
        answers = (
            f"SELECT {quoted(key)}, question, answer FROM ({select})\n"
            f"UNPIVOT (answer FOR question IN ({listed}))\nWHERE answer <> ''"
        )
        self.sources.append(
            Source(
                select=answers,
                name="answers",
                over=(file.raw.name,),
                into="deal_factors",
                notes=(message(ANSWERS),),
                lines=(
                    Line("deal_id", key),
                    Line("factor", "question"),
                    Line("value", "answer"),
                ),
            )
        )
        return True

    def _wide(self, file: _File, draft: Draft) -> None:
        wide = file.wide
        if wide is None:
            return
        key: Line = Line("lead_id", wide.key) if wide.key else Line("lead_id", {"row": True})
        lines = [key]
        stages = {column for column, _ in wide.stages}
        for field, match in matches_of("leads", file.profiles, {}).items():
            if field not in ("lead_id", "created_at") and match.column not in (*stages, wide.key):
                lines.append(Line(field, match.column, match.confidence, match.others))
        lines.insert(1, draft.time("created_at", wide.stages[0][0]))
        self.sources.append(Source(read=file.raw.name, into="leads", lines=tuple(lines)))
        dated = [(stage, column, draft.time(stage, column)) for column, stage in wide.stages]
        named = tuple(
            (stage, line.spec if draft.asks_for(column) else column)
            for stage, column, line in dated
        )
        self.sources.append(
            Source(read=file.raw.name, into="stage_events", lines=(key,), stages=named)
        )
        self.funnel = tuple((stage, wide.roles.get(stage)) for stage, _ in named)
        self._deals_of_sheet(file, draft, wide, key)
        self._ask(draft.questions, len(self.sources) - 1)
        if len(wide.roles) < len(named):
            self._ask_roles([(stage, file.profiles[c].filled) for stage, c, _ in dated])

    def _deals_of_sheet(self, file: _File, draft: Draft, wide: Wide, key: Line) -> None:
        """Won deals of a sheet that has their amounts beside the day of the win."""
        won = next((c for c, stage in wide.stages if wide.roles.get(stage) == "customer"), None)
        match = matches_of("deals", file.profiles, {}).get("amount")
        if won is None or match is None or match.confidence < DOUBTFUL:
            return
        money = draft.money("amount", match.column)
        self.currencies += draft.currencies
        lines = (
            key._replace(field="deal_id"),
            key._replace(field="lead_id"),
            money._replace(confidence=min(money.confidence, match.confidence)),
            draft.time("closed_at", won),
            Line("status", {"value": "won"}),
        )
        self.sources.append(
            Source(
                read=file.raw.name,
                into="deals",
                where=f"{quoted(won)} <> ''",
                lines=lines,
                notes=(message(WON_ONLY, column=won),),
            )
        )

    def _logs(self, files: Sequence[_File], chosen: Mapping[str, Fit]) -> None:
        for file in files:
            if file.log is None:
                continue
            known = self.known(file, files, chosen)
            to_leads = known.get((file.log.case, "leads"), 0.0)
            to_deals = known.get((file.log.case, "deals"), 0.0)
            support = nearness(table_name(file.raw.name), vocabulary().files["tickets"]) > 0
            cycle = lives(self.con, file.raw.table, file.log.life) if file.log.life else None
            name, ids = file.raw.name, Ids(to_leads, to_deals)
            draft = Draft(self.con, file.raw, file.profiles, self.times)
            time = draft.time("entered_at", file.log.time)
            form = time.spec.get("format", "") if isinstance(time.spec, dict) else ""
            log = file.log._replace(form=str(form))
            self.questions += draft.questions
            if cycle:
                kinds = [value for value, _ in file.profiles[log.activity].values]
                self.sources.append(work_of(name, log, cycle, kinds=kinds, ids=ids))
            elif support and not ids.known:
                at = self._time_of(file, log)
                last = last_activity(self.con, file.raw.table, log, at) or ""
                self.sources.append(tickets_of(name, log, last))
            else:
                found = self._events(file, log, ids, time)
                self._deals(file._replace(log=log), found, ids, files, chosen)

    def _time_of(self, file: _File, log: Log) -> str:
        try:
            return decide_times(
                self.con, file.raw.table, log.time, source=file.raw.name, field="entered_at",
                timezone="UTC", format=log.form or None,
            ).sql  # fmt: skip
        except SalesAuditError:
            return cell(log.time)

    def _events(self, file: _File, log: Log, ids: Ids, time: Line) -> Funnel:
        if not ids.known:
            self.sources.append(leads_of(file.raw.name, log))
        lines = [
            Line(ids.field, log.case, max(ids.of_leads, ids.of_deals) or 0.8),
            Line("stage", log.activity),
            time,
        ]
        if log.actor:
            lines.append(Line("actor_id", log.actor))
        self.sources.append(Source(read=file.raw.name, into="stage_events", lines=tuple(lines)))
        found = funnel_of(self.con, file.raw.table, log, self._time_of(file, log))
        self.funnel, self.lost = found.stages, dict(found.lost)
        if not found.certain:
            self._ask_roles([(stage.name, stage.cases) for stage in found.seen])
        return found

    def _deals(
        self,
        file: _File,
        found: Funnel,
        ids: Ids,
        files: Sequence[_File],
        chosen: Mapping[str, Fit],
    ) -> None:
        """Deals where a file of leads has amounts, and the log says how each ended."""
        words = vocabulary().columns["amount"]
        leads = [f for f in files if f.raw.name in chosen and chosen[f.raw.name].table == "leads"]
        if file.log is None or not ids.of_leads or not found.won or not found.lost:
            return
        for other in leads:
            matches = chosen[other.raw.name].matches
            amounts = [
                p.column
                for p in other.profiles.values()
                if p.is_number and not p.is_date and nearness(p.column, words) >= INSIDE
            ]
            if "lead_id" in matches and amounts:
                source = next(s for s in self.sources if s.read == other.raw.name)
                created = source.line("created_at")
                key = matches["lead_id"].column
                of = Cases(other.raw.name, key, created.spec if created else None, amounts[0])
                self.sources.append(deals_of(of, file.raw.name, file.log, found))
                return

    def _ask_roles(self, seen: Sequence[tuple[str, int]]) -> None:
        listed = ", ".join(f"{name} {cases}" for name, cases in seen[:20])
        default = ", ".join(f"{role}={name}" for name, role in self.funnel if role)
        choices = tuple(name for name, _ in seen)
        asked = message(ASK_ROLES, roles=ROLES, seen=listed)
        self.questions.append(Question("roles", asked, default, choices=choices))

    def _proposal(self) -> Proposal:
        self._simple_funnel()
        currency = self._currency()
        self._zone()
        self._periods()
        self._in_order()
        asked = sorted(self.questions, key=lambda q: ORDER.index(q.kind))
        return Proposal(
            company=self.exports.folder.resolve().name,
            sources=tuple(self.sources),
            unused=tuple(self.unused),
            funnel=self.funnel,
            lost_stages=self.lost,
            currency=currency,
            dated=self._dated(),
            as_of=self._last_day(),
            questions=tuple(asked),
            used=self._used(),
        )

    def _used(self) -> tuple[str, ...]:
        """Files that something is read from: a workbook of which one sheet is used is one."""
        left_out = {one.file for one in self.unused}
        read = [raw.file or raw.name for raw in self.raws.values() if raw.name not in left_out]
        headless = [source.read for source in self.sources if source.header]
        return tuple(dict.fromkeys((*read, *headless))) if self.sources else ()

    def _in_order(self) -> None:
        """Sources in the order of the tables, as people read them: leads first."""
        tables = list(TABLES)
        order = sorted(
            range(len(self.sources)),
            key=lambda i: tables.index(s) if (s := self.sources[i].into) in tables else -1,
        )
        self.sources = [self.sources[i] for i in order]
        self.questions = [
            q._replace(place=(order.index(q.place[0]) if q.place[0] >= 0 else -1, q.place[1]))
            for q in self.questions
        ]

    def _simple_funnel(self) -> None:
        """Leads and deals alone tell two stages: the first, and the win."""
        into = {source.into for source in self.sources}
        if self.funnel or "leads" not in into or any(s.preset for s in self.sources):
            return
        leads = next(source for source in self.sources if source.into == "leads")
        key = leads.line("lead_id")
        said = f"{plain(table_name(leads.read))} {key.spec if key else ''}"
        first = "mql" if nearness(said, vocabulary().roles["mql"]) else "lead"
        self.funnel = ((first, first), ("customer", "customer"))

    def _currency(self) -> str | None:
        codes = list(dict.fromkeys(SIGNS.get(c, c) for c in self.currencies if c))
        own = [code for code in codes if len(code) == 3 and code.isalpha() and code.isupper()]
        if len(codes) == 1 and own:
            return own[0]
        money = any(
            line.field in ("amount", "list_amount", "margin")
            for source in self.sources
            for line in source.lines
        )
        if not money and not any(source.preset for source in self.sources):
            return None
        seen = ", ".join(codes) or NOTHING_SEEN
        default = own[0] if own else ""
        self.questions.append(Question("currency", message(ASK_CURRENCY, seen=seen), default))
        return default or None

    def _zone(self) -> None:
        """Ask for the time zone where a time of day without an offset stands somewhere."""
        columns = list(dict.fromkeys(self.times.columns))
        if not any(self._is_local(table, column) for table, column in columns):
            return
        found = {offset for table, column in columns for offset in self._offsets(table, column)}
        seen = ", ".join(sorted(found)) or NOTHING_SEEN
        self.questions.append(Question("timezone", message(ASK_ZONE, seen=seen), "UTC"))

    def _periods(self) -> None:
        """Spend without a day is proposed for the days of the leads."""
        days = next((self._span(s) for s in self.sources if s.into == "leads" and s.read), None)
        if days is None:
            return
        for place, source in enumerate(self.sources):
            if source.into != "spend":
                continue
            filled = dict(zip(("spent_on", "until_on"), days, strict=True))
            lines = tuple(
                line._replace(spec={"value": filled[line.field]}, confidence=0.5)
                if line.field in filled and line.spec == {"value": "?"}
                else line
                for line in source.lines
            )
            self.sources[place] = source._replace(lines=lines)

    def _dated(self) -> bool:
        """Whether anything that happens has a day; presets know their own."""
        return any(
            source.preset
            or any(
                (column := TABLES[source.into].column(line.field)) and column.event
                for line in source.lines
            )
            for source in self.sources
        )

    def _last_day(self) -> str | None:
        """The last day of spend, where nothing else tells the end of what is known."""
        if self._dated():
            return None
        for source in self.sources:
            line = source.line("spent_on")
            columns = columns_of([line]) if line else []
            raw = next((r for r in self.raws.values() if set(columns) <= set(r.columns)), None)
            if columns and raw is not None:
                span = self._span(source._replace(read=raw.name), "spent_on")
                return span[1] if span else None
        return None

    def _span(self, source: Source, field: str = "created_at") -> tuple[str, str] | None:
        created = source.line(field)
        columns = columns_of([created]) if created else []
        if not columns or source.read not in self.raws:
            return None
        table = self.raws[source.read].table
        form = created.spec.get("format") if created and isinstance(created.spec, dict) else None
        try:
            reading = decide_times(
                self.con, table, columns[0], source=source.read, field=field,
                timezone="UTC", format=str(form) if form else None, day=True,
            )  # fmt: skip
        except SalesAuditError:
            return None
        row = self.con.execute(
            f"SELECT min(d)::TEXT, max(d)::TEXT FROM (SELECT {reading.sql} AS d "
            f"FROM {quoted(table)})"
        ).fetchone()
        return (str(row[0]), str(row[1])) if row and row[0] else None

    def _is_local(self, table: str, column: str) -> bool:
        """Whether a column has a time of day, other than midnight, without an offset."""
        clock, others = literal(CLOCK), literal(f"(?:{OFFSET})|{MIDNIGHT}")
        return bool(
            one_number(
                self.con,
                f"SELECT count(*) FROM (SELECT {cell(column)} AS t FROM {quoted(table)}) "
                f"WHERE regexp_matches(t, {clock}) AND NOT regexp_matches(t, {others})",
            )
        )

    def _offsets(self, table: str, column: str) -> list[str]:
        rows = self.con.execute(
            f"SELECT DISTINCT regexp_extract({cell(column)}, '\\d(Z|[+-]\\d\\d:?\\d\\d)$', 1) AS o "
            f"FROM {quoted(table)} LIMIT 20"
        ).fetchall()
        return [str(row[0]) for row in rows if row[0]]


def propose(exports: Exports, *, scratch: Path, progress: Progress = lambda *_: None) -> Proposal:
    """Propose the settings of a folder of exports.

    Args:
        exports: the folder; settings that it has are left aside.
        scratch: a folder for what the engine needs.
        progress: told which file is being read.
    """
    with duckdb.connect(str(scratch / "propose.duckdb")) as con:
        con.execute("SET TimeZone = 'UTC'")
        sandboxed = Folder(con, exports)
        return sandboxed.propose(scratch=scratch, progress=progress)
