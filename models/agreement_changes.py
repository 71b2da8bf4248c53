"""What changed from one agreement to the next: promises, groups, counting, terms, telling and dates.

The order of promises and groups in a file means nothing, and neither do comments. A promise is the same by its
id, a group by its name or a former one (docs/decisions/010).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from models.agreement import Agreement, Group, Promise

ADDED, LEFT, RENAMED, PERHAPS_RENAMED, ON, OFF, CHECKED = (
    "added",
    "left",
    "renamed",
    "perhaps renamed",
    "turned on",
    "turned off",
    "test",
)
CONTAINERS = ("working_days", "terms", "telling", "groups", "promises")
CHECKED_BY = ("operator", "test")
TELLS_OF_A_SWITCH = "on"


class About(StrEnum):
    """Which part of an agreement a change is in."""

    AGREEMENT = "agreement"
    COUNTING = "counting"
    TERMS = "terms"
    TELLING = "telling"
    GROUP = "group"
    PROMISE = "promise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change: in which part, of which promise or group, what of it, and its value before and after.

    `what` is the name of a field, or one of the words above. Of a promise or group that came or went, and of how
    a promise is checked, `before` and `after` are the promise or group itself; None where there was none.
    """

    about: About
    what: str
    name: str = ""
    before: Any = None
    after: Any = None


def changes(old: Agreement, new: Agreement) -> tuple[Change, ...]:
    """Everything that changed, the switches of promises first, because they decide who hears of what."""
    promises = list(_of_promises(old, new))
    return (
        *(change for change in promises if change.what in (ON, OFF)),
        *_of_groups(old, new),
        *(change for change in promises if change.what not in (ON, OFF)),
        *_fields(About.COUNTING, "", old.working_days, new.working_days),
        *_fields(About.TERMS, "", old.terms, new.terms),
        *_fields(About.TELLING, "", old.telling, new.telling),
        *_fields(About.AGREEMENT, "", old, new, apart_from=CONTAINERS),
    )


def _of_promises(old: Agreement, new: Agreement) -> Iterator[Change]:
    before = {promise.id.casefold(): promise for promise in old.promises}
    here = {promise.id.casefold() for promise in new.promises}
    for promise in new.promises:
        was = before.get(promise.id.casefold())
        if was is None:
            yield Change(about=About.PROMISE, what=ADDED, name=promise.id, after=promise)
        else:
            yield from _of_promise(was, promise)
    for id, promise in before.items():
        if id not in here:
            yield Change(about=About.PROMISE, what=LEFT, name=promise.id, before=promise)


def _of_promise(was: Promise, promise: Promise) -> Iterator[Change]:
    if was.on != promise.on:
        yield Change(
            about=About.PROMISE, what=ON if promise.on else OFF, name=promise.id, before=was, after=promise
        )
    if (was.operator, was.test) != (promise.operator, promise.test):
        yield Change(about=About.PROMISE, what=CHECKED, name=promise.id, before=was, after=promise)
    apart_from = (TELLS_OF_A_SWITCH, *CHECKED_BY)
    yield from _fields(About.PROMISE, promise.id, was, promise, apart_from=apart_from)


def _of_groups(old: Agreement, new: Agreement) -> Iterator[Change]:
    pairs = dict(_same_groups(old, new))
    stayed = {was.name for was in pairs.values()}
    gone = [group for group in old.groups if group.name not in stayed]
    for group in new.groups:
        was = pairs.get(group.name)
        if was is None:
            yield Change(about=About.GROUP, what=ADDED, name=group.name, after=group)
            yield from _perhaps(gone, group)
            continue
        if was.name != group.name:
            yield Change(about=About.GROUP, what=RENAMED, name=group.name, before=was.name, after=group.name)
        apart_from = ("name", *(["formerly"] if was.name != group.name else []))
        yield from _fields(About.GROUP, group.name, was, group, apart_from=apart_from)
    for group in gone:
        yield Change(about=About.GROUP, what=LEFT, name=group.name, before=group)


def _same_groups(old: Agreement, new: Agreement) -> Iterator[tuple[str, Group]]:
    """Each new group's name with the old group that it is: of that name, else of one of its former names."""
    left = {group.name.casefold(): group for group in old.groups}
    renamed = []
    for group in new.groups:
        was = left.pop(group.name.casefold(), None)
        if was is not None:
            yield group.name, was
        else:
            renamed.append(group)
    for group in renamed:
        names = [name.casefold() for name in (*reversed(group.formerly), group.name)]
        found = next((one for one in left.values() if _known_by(one, names)), None)
        if found is not None:
            del left[found.name.casefold()]
            yield group.name, found


def _known_by(group: Group, names: list[str]) -> bool:
    return any(name.casefold() in names for name in (group.name, *group.formerly))


def _perhaps(gone: list[Group], group: Group) -> Iterator[Change]:
    """A group that came just as one of the same kind in the same calendar went: perhaps only its name is new."""
    for was in gone:
        if group.calendar and (was.calendar.casefold(), was.type) == (group.calendar.casefold(), group.type):
            yield Change(
                about=About.GROUP, what=PERHAPS_RENAMED, name=group.name, before=was.name, after=group.name
            )


def _fields(
    about: About, name: str, was: Any, is_now: Any, *, apart_from: tuple[str, ...] = ()
) -> Iterator[Change]:
    """A change for each field that has another value, in the order of the model."""
    for field in type(is_now).model_fields:
        before, after = getattr(was, field), getattr(is_now, field)
        if field not in apart_from and _meant(before) != _meant(after):
            yield Change(about=about, what=field, name=name, before=before, after=after)


def _meant(value: Any) -> Any:
    """A value as far as it means something: the order of words in a list does not."""
    return frozenset(value) if isinstance(value, tuple) else value
