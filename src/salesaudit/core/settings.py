"""Settings: everything that a company says about itself and its exports.

One YAML file, ``salesaudit.yaml``, beside the exports. All of it is optional where the tool can
find out by itself. What is wrong in it is told with file and line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal, NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from salesaudit.core.errors import InternalError
from salesaudit.core.texts import Message, Param, Text

DEFAULT_FUNNEL = ("lead", "mql", "pitched", "sql", "customer")

ONE_ORIGIN = Text(
    "settings.one_origin",
    en="Give exactly one of column, value, row or sql; seen: {seen}.",
    th="ระบุอย่างใดอย่างหนึ่งเท่านั้น: column, value, row หรือ sql ที่พบ: {seen}",
)
ROW_IS_TRUE = Text(
    "settings.row_is_true",
    en="Write  row: true,  or the columns that order a select.",
    th="เขียน  row: true  หรือคอลัมน์ที่ใช้เรียงลำดับผลของ select",
)
QUOTE_KEY = Text(
    "settings.quote_key",
    en="Put {got} in quotes, as it stands in the file.",
    th="ใส่เครื่องหมายคำพูดคร่อม {got} ตามที่เขียนในไฟล์",
)
ZONE = Text(
    "settings.zone",
    en="There is no such time zone; write it like Asia/Bangkok.",
    th="ไม่มีเขตเวลานี้ เขียนเช่น Asia/Bangkok",
)
CURRENCY_CODE = Text(
    "settings.currency_code",
    en="Write the ISO code of the currency, such as THB or USD.",
    th="เขียนรหัสสกุลเงิน ISO เช่น THB หรือ USD",
)
LIST_STAGES = Text(
    "settings.list_stages",
    en="List the stages in their order, each on a line of its own; at least two.",
    th="ระบุขั้นตามลำดับ บรรทัดละหนึ่งขั้น อย่างน้อยสองขั้น",
)
ROLE_ORDER = Text(
    "settings.role_order",
    en="The roles must follow the order {order}.",
    th="บทบาทต้องเรียงตามลำดับ {order}",
)
KNOWN_ROLES = Text(
    "settings.known_roles",
    en="There is no role {role}; the roles are {order}.",
    th="ไม่มีบทบาท {role} บทบาทที่มี: {order}",
)
TWICE = Text(
    "settings.twice",
    en="{name} stands in the funnel twice; name it once.",
    th="{name} อยู่ในกรวยการขายสองครั้ง ระบุเพียงครั้งเดียว",
)
LOST_AND_FUNNEL = Text(
    "settings.lost_and_funnel",
    en="{name} is a stage of the funnel and a lost stage; it can be one of them only.",
    th="{name} เป็นทั้งขั้นในกรวยการขายและขั้นที่แพ้ เป็นได้เพียงอย่างเดียว",
)
INTO_OR_PRESET = Text(
    "settings.into_or_preset",
    en="Write  into:  with the table that it fills and its columns, or  preset:  with the kind of "
    "export that it is.",
    th="เขียน  into:  พร้อมตารางที่นำข้อมูลเข้าและคอลัมน์ หรือ  preset:  พร้อมชนิดของไฟล์ส่งออก",
)
STAGE_FORM = Text(
    "settings.stage_form",
    en="Write a stage as a name, as name: role, or as "
    "{{stage: ..., role: ..., label: {{th: ...}}}}.",
    th="เขียนขั้นเป็นชื่อ หรือ ชื่อ: บทบาท หรือ {{stage: ..., role: ..., label: {{th: ...}}}}",
)


class Unmeant(ValueError):  # noqa: N818  it is said in salesaudit.yaml, not by us
    """A value that a setting cannot have; the text says what to write."""

    def __init__(self, text: Text, **params: Param) -> None:
        super().__init__(text.en)
        self.said = Message(text, params)


class Role(StrEnum):
    """What a stage of the company's own funnel stands for; the questions follow the roles."""

    VISITOR = "visitor"
    LEAD = "lead"
    MQL = "mql"
    PITCHED = "pitched"
    SQL = "sql"
    CUSTOMER = "customer"


class Stage(NamedTuple):
    """A stage of the funnel, as the company names it."""

    name: str
    role: Role | None = None
    labels: Mapping[str, str] = {}

    def label(self, language: str) -> str:
        """The stage's name for readers of ``language``."""
        return self.labels.get(language, self.name)


class Strict(BaseModel):
    """A model that knows all its keys; an unknown one is a mistake, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class ColumnSpec(Strict):
    """Where a canonical column's values come from: a column, a constant, a row number."""

    column: str | None = None
    format: str | None = None  # of a time: as in strptime, "%d/%m/%Y"
    era: Literal["buddhist", "gregorian"] | None = None
    decimal: Literal[".", ","] | None = None  # of a number
    timezone: str | None = None  # of a naive time; default: the company's
    map: Mapping[str, str | None] | None = (
        None  # source value: canonical value; "" is an empty cell
    )
    value: str | int | float | bool | None = None  # a constant
    row: bool | tuple[str, ...] | None = None  # the record's number; over a select, in this order
    currency: ColumnSpec | str | None = None
    sql: str | None = None  # an expression over the record's columns
    split: Annotated[str, Field(min_length=1)] | None = None  # between several ids in one cell

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, given: object) -> object:
        return {"column": given} if isinstance(given, str) else given

    @field_validator("map", mode="before")
    @classmethod
    def _words(cls, given: object) -> object:
        if not isinstance(given, Mapping):
            return given
        for word in (*given, *given.values()):
            if isinstance(word, bool):
                raise Unmeant(QUOTE_KEY, got=str(word).lower())
        return {str(k): v if v is None else str(v) for k, v in given.items()}

    @field_validator("value", mode="before")
    @classmethod
    def _day_as_text(cls, given: object) -> object:
        return given.isoformat(" ") if isinstance(given, datetime) else _plain_day(given)

    @field_validator("row")
    @classmethod
    def _row_is_true(cls, given: bool | tuple[str, ...] | None) -> object:
        if given is False or given == ():
            raise Unmeant(ROW_IS_TRUE)
        return given

    @model_validator(mode="after")
    def _one_origin(self) -> ColumnSpec:
        given = [
            name for name in ("column", "value", "row", "sql") if getattr(self, name) is not None
        ]
        if len(given) != 1:
            raise Unmeant(ONE_ORIGIN, seen=", ".join(given) or "–")
        return self


class ReadSelect(Strict):
    """A query over the folder's files, each a table named by its file, every column text."""

    select: str


class SourceSpec(Strict):
    """One source and the table it fills."""

    read: str | ReadSelect
    into: str = ""
    preset: str | None = None  # what kind of export it is, in place of into and columns
    name: str | None = None
    where: str | None = None
    columns: Mapping[str, ColumnSpec] = {}
    stages: Mapping[str, ColumnSpec] | None = None
    names: tuple[str, ...] = ()  # columns that name people or firms: never kept, masked in texts
    merged_ids: ColumnSpec | None = None  # ids of records that were merged into this one
    merged_into: ColumnSpec | None = None  # the id of the record that this one was merged into
    modified: ColumnSpec | None = None  # when the record was last changed
    full: bool | None = None  # whether each export of it is whole; None: found out
    encoding: str | None = None
    header: tuple[str, ...] = ()  # names of the columns of a file that does not name them
    timezone: str | None = None
    accept_refused: Annotated[float, Field(ge=0, le=1)] = 0.1
    accept_orphans: Annotated[float, Field(ge=0, le=1)] = 0.2

    @model_validator(mode="after")
    def _into_or_preset(self) -> SourceSpec:
        if bool(self.into) == bool(self.preset) or (self.preset and self.columns):
            raise Unmeant(INTO_OR_PRESET)
        return self


class Target(Strict):
    """The company's goal for a metric in a period."""

    metric: Literal["revenue", "customers", "leads", "mqls", "pitched", "sqls"]
    starts_on: date
    ends_on: date
    amount: float


class WorkingHours(Strict):
    """When the sales team works."""

    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = (
        "mon", "tue", "wed", "thu", "fri",
    )  # fmt: skip
    from_: Annotated[str, Field(alias="from", pattern=r"^\d\d:\d\d$")] = "09:00"
    to: Annotated[str, Field(pattern=r"^\d\d:\d\d$")] = "18:00"
    holidays: tuple[date, ...] = ()


class CustomerValue(Strict):
    """What counts as the worth of a new customer."""

    basis: Literal["first_order", "first_year", "life"] = "first_order"
    months: Annotated[int, Field(gt=0)] = 12


class ExchangeRate(Strict):
    """What one unit of a currency is worth in the company's, from a day on."""

    from_: Annotated[date, Field(alias="from")]
    rate: Annotated[float, Field(gt=0)]


def _plain_day(given: object) -> object:
    return given.isoformat() if isinstance(given, date) else given


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise Unmeant(ZONE)
    return name


def _iso_currency(code: str) -> str:
    if len(code) != 3 or not code.isalpha() or not code.isupper():
        raise Unmeant(CURRENCY_CODE)
    return code


class Settings(Strict):
    """All settings with their defaults."""

    company: str = ""
    currency: Annotated[str, AfterValidator(_iso_currency)] | None = None
    timezone: Annotated[str, AfterValidator(_known_zone)] = "UTC"
    fiscal_year_start: Annotated[int, Field(ge=1, le=12)] = 1
    as_of: date | None = None
    business_model: Literal["one_off", "repeat", "recurring"] = "one_off"
    customer_value: CustomerValue = CustomerValue()
    gross_margin: float | Mapping[str, float] | None = None
    return_floor: Annotated[float, Field(gt=0)] = 2.0
    exchange_rates: Mapping[str, float | tuple[ExchangeRate, ...]] = {}
    funnel: tuple[Stage, ...] = tuple(Stage(name, Role(name)) for name in DEFAULT_FUNNEL)
    lost_stages: Mapping[str, str] = {}
    working_hours: WorkingHours = WorkingHours()
    cost_per_hour: float | None = None
    share_for_leads: Annotated[float, Field(gt=0, le=1)] = 0.6
    hand_over: str | None = None
    automated_actors: tuple[str, ...] = ()
    names: Literal["show", "hide"] = "show"
    quotes: bool = False
    calendar: Literal["buddhist", "gregorian"] | None = None
    targets: tuple[Target, ...] = ()
    sources: tuple[SourceSpec, ...] = ()

    @field_validator("funnel", mode="before")
    @classmethod
    def _read_funnel(cls, given: object) -> object:
        if not isinstance(given, list | tuple):
            raise Unmeant(LIST_STAGES)
        return tuple(_stage(item) for item in given)

    @field_validator("funnel")
    @classmethod
    def _a_funnel(cls, stages: tuple[Stage, ...]) -> tuple[Stage, ...]:
        if len(stages) < 2:
            raise Unmeant(LIST_STAGES)
        _no_repeat([stage.name for stage in stages])
        roles = [stage.role for stage in stages if stage.role]
        _no_repeat([role.value for role in roles])
        if roles != sorted(roles, key=list(Role).index):
            raise Unmeant(ROLE_ORDER, order=", ".join(Role))
        return stages

    @model_validator(mode="after")
    def _lost_is_outside(self) -> Settings:
        for stage in self.funnel:
            if stage.name in self.lost_stages:
                raise Unmeant(LOST_AND_FUNNEL, name=stage.name)
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The company's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def until(self) -> date:
        """The end of knowledge T; a run always has one."""
        if self.as_of is None:
            raise InternalError("the end of knowledge was asked for before it was found")
        return self.as_of

    def position(self, role: Role) -> int | None:
        """Position (from 1) of the stage with this role, or None if the funnel has none."""
        for place, stage in enumerate(self.funnel, start=1):
            if stage.role is role:
                return place
        return None

    def roles(self) -> Iterator[tuple[int, Role]]:
        """Positions and roles of the stages that have one, in the funnel's order."""
        for place, stage in enumerate(self.funnel, start=1):
            if stage.role is not None:
                yield place, stage.role


def _stage(given: object) -> Stage:
    if isinstance(given, Stage):
        return given
    if isinstance(given, str):
        return Stage(given, _own_role(given))
    if isinstance(given, list) and len(given) == 3:  # as a stored Stage is written
        name, role, labels = given
        return Stage(name, _role(role) if role else None, labels)
    if isinstance(given, Mapping) and "stage" in given:
        unknown = set(given) - {"stage", "role", "label"}
        if unknown:
            raise Unmeant(STAGE_FORM)
        name, labels = str(given["stage"]), given.get("label") or {}
        role = _role(given["role"]) if given.get("role") else _own_role(name)
        if isinstance(labels, str):
            labels = {"en": labels}
        if not isinstance(labels, Mapping):
            raise Unmeant(STAGE_FORM)
        return Stage(name, role, {str(k): str(v) for k, v in labels.items()})
    if isinstance(given, Mapping) and len(given) == 1:
        [(name, role)] = given.items()
        return Stage(str(name), _role(role) if role else None)
    raise Unmeant(STAGE_FORM)


def _own_role(name: str) -> Role | None:
    return Role(name) if name in DEFAULT_FUNNEL else None


def _role(given: object) -> Role:
    try:
        return Role(str(given))
    except ValueError:
        raise Unmeant(KNOWN_ROLES, role=str(given), order=", ".join(Role)) from None


def _no_repeat(names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise Unmeant(TWICE, name=name)
