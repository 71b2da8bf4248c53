"""Columns of the register: what a list and a column are, and short ways to declare the usual kinds.

Days that a promise depends on are kept as text, 2026-11-27: SharePoint gives its own dates back as
moments in UTC, which can fall on the day before.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What may stand in a column."""

    TEXT = "text"
    DATE = "date"  # a day nothing depends on: SharePoint's own date
    CHOICE = "choice"
    YES_NO = "yes-no"  # starts as No; where "not known yet" matters, a choice that starts empty
    NUMBER = "number"
    LINK = "link"
    PERSON_ROLE = "person-role"  # a role in words ("Forum rep, Inclusion group"), never a person's name


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: `name` is what programs say and never changes, `title` what people see.

    `holds_day` marks a text column with a day written as 2026-11-27. No two rows have the same in a `unique`
    one. `ours` marks what the watcher writes and nobody else should: what people type there is put back.
    """

    name: str
    title: str
    kind: Kind = Kind.TEXT
    description: str
    choices: tuple[str, ...] = ()
    required: bool = False
    indexed: bool = False
    holds_day: bool = False
    unique: bool = False
    ours: bool = False


@dataclass(frozen=True, slots=True)
class RegisterList:
    """One list: its name in SharePoint, what it is for in plain words, and its columns in order."""

    name: str
    purpose: str
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def day(name: str, title: str, description: str, *, required: bool = False, indexed: bool = False) -> Column:
    """A day that a promise depends on, as text: 2026-11-27."""
    told = f"{description} Write it as 2026-11-27."
    return Column(
        name=name, title=title, description=told, required=required, indexed=indexed, holds_day=True
    )


def title(title: str, description: str) -> Column:
    """SharePoint's own first column, by the name people know it by."""
    return Column(name="Title", title=title, description=description, required=True)


def group(description: str, *, required: bool = True) -> Column:
    """The group a row belongs to."""
    return Column(name="Group", title="Group", description=description, required=required, indexed=True)


def words(
    name: str, title: str, description: str, *, required: bool = False, indexed: bool = False
) -> Column:
    """Plain words."""
    return Column(name=name, title=title, description=description, required=required, indexed=indexed)


def yes_no(name: str, title: str, description: str) -> Column:
    """A box to tick."""
    return Column(name=name, title=title, kind=Kind.YES_NO, description=description)


def choice(name: str, title: str, description: str, *choices: str, required: bool = False) -> Column:
    """One of a few words; a required one is indexed."""
    return Column(
        name=name,
        title=title,
        kind=Kind.CHOICE,
        description=description,
        choices=choices,
        required=required,
        indexed=required,
    )


def answer(name: str, title: str, description: str) -> Column:
    """Yes, No, or empty for as long as nobody has looked."""
    return choice(name, title, description, "Yes", "No")


def role(name: str, title: str, description: str) -> Column:
    """A role, never a person."""
    return Column(name=name, title=title, kind=Kind.PERSON_ROLE, description=description)


def link(name: str, title: str, description: str) -> Column:
    """A link to a page or file."""
    return Column(name=name, title=title, kind=Kind.LINK, description=description)


def plain_date(name: str, title: str, description: str) -> Column:
    """A day that nothing depends on."""
    return Column(name=name, title=title, kind=Kind.DATE, description=description)
