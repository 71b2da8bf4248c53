"""The operators: the kinds of promise there are, and what each one needs to be told.

A promise in an agreement names one operator and gives it a test: "window, from 10:00 to 14:00".
Fourteen are known by name; those in TEST_OF can be judged today.
"""

from datetime import date, time
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)


class Frozen(BaseModel):
    """A value that never changes once made, and that refuses words it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class AgreementError(ValueError):
    """A fault of our own, in two halves that a person can use: what is wrong, and what to do."""

    def __init__(self, what: str, cure: str) -> None:
        super().__init__(f"{what}: {cure}")
        self.what = what
        self.cure = cure


class Operator(StrEnum):
    """The kinds of promise: what is held against what."""

    NOTICE = "notice"
    CUTOFF = "cutoff"
    RESPOND = "respond"
    FOLLOWUP = "followup"
    WINDOW = "window"
    MIX = "mix"
    CALENDAR = "calendar"
    COUNT = "count"
    GAP = "gap"
    PATTERN = "pattern"
    PEOPLE = "people"
    LENGTH = "length"
    SHARE = "share"
    PRESENT = "present"


def _not_a_number(value: object) -> object:
    if isinstance(value, (int, float)):
        raise AgreementError("this time is read as a number", 'Put it in quotes, such as "10:00"')
    return value


def _plain_time(value: time) -> time:
    if value.tzinfo is not None or value.second or value.microsecond:
        raise AgreementError("this is more than a time", 'Write hours and minutes only, such as "10:00"')
    return value


ClockTime = Annotated[
    time,
    BeforeValidator(_not_a_number),
    AfterValidator(_plain_time),
    WithJsonSchema({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}),
]
Day = Annotated[date, Field(strict=True)]  # a date, not words or a number that might be one
Whole = Annotated[int, Field(strict=True)]  # a whole number, not yes, no or "5"


class NoticeTest(Frozen):
    """Something must arrive so long before an event: papers before a meeting, a request before it starts."""

    thing: Literal["papers", "request"] = "papers"
    least: Whole = Field(ge=0, le=400)
    unit: Literal["working days", "days", "weeks"] = "working days"


class WindowTest(Frozen):
    """The meeting lies between two times of day, London time, both included."""

    earliest: ClockTime = Field(alias="from")
    latest: ClockTime = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> "WindowTest":
        if self.earliest >= self.latest:
            raise AgreementError("'from' is not earlier than 'to'", "Put the earlier time in 'from'")
        return self


class CalendarTest(Frozen):
    """The date lies inside (or outside) school terms; `combine` says how several calendars add up."""

    inside: Literal["term"] | None = None
    outside: Literal["term"] | None = None
    combine: Literal["main", "any", "all"] = "main"

    @model_validator(mode="after")
    def _one_of_them(self) -> "CalendarTest":
        if (self.inside is None) == (self.outside is None):
            raise AgreementError("this must say one thing", "Write either 'inside: term' or 'outside: term'")
        return self


class ShareTest(Frozen):
    """More than a given share of the meetings of some months are of one sort."""

    of: Literal["online"] = "online"
    more_than: float = Field(ge=0, lt=1)
    months: Whole = Field(default=12, ge=1, le=36)


class PresentTest(Frozen):
    """A thing is there: the field of a register row, or an accessible venue on a meeting in a room."""

    item: Literal["venue", "request", "consultation"]
    field: str = Field(min_length=1)


Test = NoticeTest | WindowTest | CalendarTest | ShareTest | PresentTest

TEST_OF: dict[Operator, type[Frozen]] = {
    Operator.NOTICE: NoticeTest,
    Operator.WINDOW: WindowTest,
    Operator.CALENDAR: CalendarTest,
    Operator.SHARE: ShareTest,
    Operator.PRESENT: PresentTest,
}
