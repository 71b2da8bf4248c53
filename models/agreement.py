"""The agreement: what the partners promised each other, clause by clause, as frozen values.

An agreement is read from YAML (reading/agreements.py) or built in a test. Nothing here knows how a
promise is judged (models/rules) or who hears of it.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from models.days import Count, months_after
from models.keys import slug
from models.operators import (
    TEST_OF,
    AgreementError,
    CalendarTest,
    Day,
    Frozen,
    NoticeTest,
    Operator,
    PresentTest,
    ShareTest,
    Test,
    Whole,
    WindowTest,
)
from models.quarters import YearStarts

__all__ = [  # the operators are part of an agreement: one import serves those who read it
    "TEST_OF",
    "Agreement",
    "CalendarTest",
    "CountingRule",
    "Frozen",
    "Group",
    "NoticeTest",
    "Operator",
    "PresentTest",
    "Promise",
    "Route",
    "ShareTest",
    "Strength",
    "TellingRule",
    "TermsRule",
    "Test",
    "WindowTest",
]


class Strength(StrEnum):
    """How firmly the words promise: will (firm), should or when possible (aim), a shared value (intent)."""

    FIRM = "firm"
    AIM = "aim"
    INTENT = "intent"


class Route(StrEnum):
    """How a group's papers go out: the only place where we look for them."""

    INVITE = "invite"  # attached to the calendar invitation
    MAIL = "mail"  # mailed with the shared mailbox in copy
    LIBRARY = "library"  # put in the group's SharePoint library
    TICKED = "ticked"  # a person fills in "They went out on" in the Papers list


class Promise(Frozen):
    """One promise: its clause and words, how firmly it is made, by whom to whom, and how it is tested."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,15}$")
    clause: str = Field(min_length=1)
    says: str = Field(min_length=1)
    strength: Strength
    by: str = ""
    to: str = ""
    watched: Literal["yes", "not yet"] = "yes"  # before what it decides: operator, applies_to and test
    operator: Operator
    applies_to: tuple[str, ...] = Field(default=(), validate_default=True)
    test: Any = Field(default=None, validate_default=True)
    on: bool = False
    warn: Whole = Field(default=2, ge=0, le=60)
    holiday_pause: bool = False
    override: str = ""
    valid_from: Day | None = None
    valid_to: Day | None = None
    owner: str = ""
    audience: tuple[Literal["officer", "manager", "forum"], ...] = ()
    asks: str = ""

    @field_validator("operator")
    @classmethod
    def _built(cls, operator: Operator, info: ValidationInfo) -> Operator:
        if info.data.get("watched") == "yes" and operator not in TEST_OF:
            raise AgreementError(
                f"the operator '{operator}' is not built yet", "Add 'watched: not yet' to this promise"
            )
        return operator

    @field_validator("applies_to")
    @classmethod
    def _covers_something(cls, types: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if info.data.get("watched") == "yes" and not types:
            raise AgreementError(
                "this promise is watched, but for no type of meeting",
                "Add 'applies_to' with the types of meeting that it covers",
            )
        return types

    @field_validator("test", mode="before")
    @classmethod
    def _test_of_its_operator(cls, test: Any, info: ValidationInfo) -> Any:
        """Read `test` as the operator means it; a promise not watched yet may say what it likes."""
        wanted = TEST_OF.get(info.data.get("operator"))  # type: ignore[arg-type]
        if info.data.get("watched") != "yes" or wanted is None:
            return test
        return wanted.model_validate({} if test is None else test)

    @field_validator("valid_to")
    @classmethod
    def _ends_after_it_begins(cls, last: date | None, info: ValidationInfo) -> date | None:
        return _not_before(last, info.data.get("valid_from"), "'valid_to' is earlier than 'valid_from'")

    @property
    def is_watched(self) -> bool:
        """Whether the program can judge this promise."""
        return self.watched == "yes"

    @property
    def forums_own(self) -> bool:
        """Whether only the forum may see how this promise stands: it never enters the council's records."""
        return set(self.audience) == {"forum"}

    def in_force(self, day: date) -> bool:
        """Whether the promise held on a day."""
        return (self.valid_from is None or day >= self.valid_from) and (
            self.valid_to is None or day <= self.valid_to
        )


class Group(Frozen):
    """A body that meets under the agreement: its type, its calendar and the words in its titles."""

    name: str = Field(min_length=1)
    formerly: tuple[str, ...] = ()  # the names it had before, the oldest first
    type: str = Field(min_length=1)
    calendar: str = ""
    match: tuple[str, ...] = ()
    papers: Route | None = None
    library: str = ""  # where its papers go out by the library; empty: "Meeting papers"
    since: Day | None = None
    until: Day | None = None
    officer: str = ""
    deputy: str = ""

    @field_validator("until")
    @classmethod
    def _ends_after_it_begins(cls, last: date | None, info: ValidationInfo) -> date | None:
        return _not_before(last, info.data.get("since"), "'until' is earlier than 'since'")

    def meets_on(self, day: date) -> bool:
        """Whether the group existed on a day."""
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)


class CountingRule(Frozen):
    """How working days are counted: whose bank holidays, Saturdays or not, and which reading."""

    bank_holidays: Literal["england-and-wales", "scotland", "northern-ireland"] = "england-and-wales"
    saturdays: bool = False
    count: Count = Count.UNSETTLED


class TermsRule(Frozen):
    """Whose school terms count, and whose are only mentioned."""

    main: str = Field(min_length=1)
    also_warn: tuple[str, ...] = ()


class TellingRule(Frozen):
    """Who hears what nobody has answered, after how many working days, and how often anybody hears at all."""

    manager: str = Field(default="Partnership manager", min_length=1)
    forum_chair: str = Field(default="Forum chair", min_length=1)
    second_after: Whole = Field(default=2, ge=1, le=20)  # working days
    third_after: Whole = Field(default=2, ge=1, le=20)  # working days
    messages_a_week: Whole = Field(default=2, ge=1, le=7)  # to an officer, in any seven days
    urgent_a_week: Whole = Field(default=1, ge=0, le=3)  # to a rep, beside the weekly mail
    managers_day: Literal["", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"] = ""


class Agreement(Frozen):
    """A signed agreement: its name and day, how it counts, its groups and its promises."""

    agreement: str = Field(min_length=1)
    id: str = Field(default="", pattern=r"^[a-z0-9-]*$")
    agreed_on: Day
    next_review: Day | None = None  # what is kept and how long hangs on it (models/retention.py)
    question: str = ""
    source: str = ""
    working_days: CountingRule = CountingRule()
    terms: TermsRule
    year_starts: YearStarts = YearStarts.APRIL
    telling: TellingRule = TellingRule()
    meeting_types: tuple[str, ...] = ()
    groups: tuple[Group, ...] = Field(min_length=1)
    promises: tuple[Promise, ...] = Field(min_length=1)

    @field_validator("next_review")
    @classmethod
    def _reviewed_after_it_was_agreed(cls, day: date | None, info: ValidationInfo) -> date | None:
        return _not_before(day, info.data.get("agreed_on"), "'next_review' is earlier than 'agreed_on'")

    @model_validator(mode="after")
    def _each_once(self) -> "Agreement":
        for name in _twice(promise.id for promise in self.promises):
            raise AgreementError(f"two promises are called '{name}'", "Give each promise an id of its own")
        for name in _twice(group.name for group in self.groups):
            raise AgreementError(f"two groups are called '{name}'", "Give each group a name of its own")
        for name in _twice(name for group in self.groups for name in (group.name, *group.formerly)):
            what = f"'{name}' is a group's name and another's former name, or is given twice under 'formerly'"
            raise AgreementError(what, "Leave it with the group that it means")
        return self

    @property
    def key(self) -> str:
        """The agreement's part of every finding key."""
        return self.id or slug(self.agreement)

    @property
    def name(self) -> str:
        """What the partners call it."""
        return self.agreement

    @property
    def reviewed_next(self) -> date:
        """The day of the next review; where nobody wrote one, a year after it was agreed."""
        return self.next_review or months_after(self.agreed_on, 12)

    @property
    def types(self) -> frozenset[str]:
        """Every type of meeting that a group of this agreement is of."""
        return frozenset(group.type for group in self.groups)

    @property
    def first_names(self) -> dict[str, str]:
        """The first name of each group that was renamed, by its present one."""
        return {group.name: group.formerly[0] for group in self.groups if group.formerly}

    @property
    def calendars(self) -> tuple[str, ...]:
        """Every calendar that a group's meetings are in, by address."""
        return tuple(sorted({group.calendar for group in self.groups if group.calendar}))

    @property
    def promises_on(self) -> frozenset[str]:
        """The promises that both chairs have turned on: only those are taken up."""
        return frozenset(promise.id for promise in self.promises if promise.on)

    def group(self, name: str) -> Group | None:
        """The group of that name, or that had it once, whatever its capitals."""
        called = name.casefold()
        return next(
            (g for g in self.groups if called in (one.casefold() for one in (g.name, *g.formerly))), None
        )

    def promise(self, id: str) -> Promise:
        """The promise with that id; KeyError where there is none."""
        for promise in self.promises:
            if promise.id == id:
                return promise
        raise KeyError(id)

    def not_watched(self) -> tuple[Promise, ...]:
        """The promises the program can't judge yet, shown beside every result."""
        return tuple(promise for promise in self.promises if not promise.is_watched)


def _twice(names: Iterator[str]) -> list[str]:
    seen: set[str] = set()
    return [name for name in names if name.casefold() in seen or seen.add(name.casefold())]  # type: ignore[func-returns-value]


def _not_before(last: date | None, first: date | None, what: str) -> date | None:
    if last is not None and first is not None and last < first:
        raise AgreementError(what, "Put the two dates the right way round")
    return last
