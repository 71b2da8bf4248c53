"""What makes an agreement useless although it can be read: promises nobody would ever be told about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.agreement import Group, Operator, PresentTest, Promise
from models.register import list_of
from reading.agreement_faults import whose
from reading.faults import Fault
from reading.quoting import did_you_mean, quoted
from reading.yaml_lines import Place, Written

UNTOLD = {
    "owner": ("nobody is named to put this right", "Add 'owner: organiser', or the role that does it"),
    "audience": (
        "nobody would see this promise",
        "Add 'audience: [officer, manager, forum]', or some of them",
    ),
    "asks": ("there are no words to ask with", "Add 'asks:' with one short, kind sentence"),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """The parts of a file that are sound by themselves, by their number in it."""

    written: Written
    groups: Mapping[int, Group]
    promises: Mapping[int, Promise]

    @property
    def all_groups(self) -> bool:
        """Whether there are groups and each could be read, so that a missing one is really missing."""
        return 0 < len(self.groups) == len(self.written.listed("groups"))

    @property
    def types(self) -> tuple[str, ...]:
        """The types of meeting that groups are of, in the order of the file."""
        return tuple(dict.fromkeys(group.type for group in self.groups.values()))

    @property
    def meeting_types(self) -> tuple[str, ...]:
        """The types of meeting that the file says there are."""
        return tuple(kind for kind in self.written.listed("meeting_types") if isinstance(kind, str))

    @property
    def unlisted_types(self) -> tuple[str, ...]:
        """The types of groups that the file's own list of types does not have."""
        return tuple(kind for kind in self.types if self.meeting_types and kind not in self.meeting_types)

    def fault(self, place: Place, what: str, cure: str) -> Fault:
        """A fault of the promise or group at a place."""
        return Fault(self.written.file, self.written.line(place), whose(place, self.written) + what, cure)


def useless_parts(draft: Draft) -> Iterator[Fault]:
    """Every promise and group that is written correctly and yet can't work."""
    for number, promise in draft.promises.items():
        if draft.all_groups:
            yield from _covers_no_group(draft, number, promise)
        if promise.is_watched:
            yield from _nobody_told(draft, number, promise)
            yield from _no_such_column(draft, number, promise)
            yield from _no_route(draft, promise)
        elif promise.on:
            what = "it is on, but the program can't check it yet"
            yield draft.fault(("promises", number, "on"), what, "Write 'on: false' until it can")
    for number, group in draft.groups.items():
        yield from _never_met(draft, number, group)
    yield from _same_words(draft)
    yield from _unknown_types(draft)


def _covers_no_group(draft: Draft, number: int, promise: Promise) -> Iterator[Fault]:
    place: Place = ("promises", number, "applies_to")
    listed = draft.meeting_types if draft.unlisted_types else ()  # then the group's type is the fault
    for index, kind in enumerate(promise.applies_to):
        if kind not in draft.types and kind not in listed:
            yield draft.fault(
                (*place, index), f"no group is of the type {quoted(kind)}", did_you_mean(kind, draft.types)
            )
    covered = [group for group in draft.groups.values() if group.type in promise.applies_to]
    if promise.is_watched and covered and not any(_meet_in_time(promise, group) for group in covered):
        what = "no group that it covers meets while the promise holds"
        yield draft.fault(place, what, "Look at 'valid_from' and 'valid_to' here, 'since' and 'until' there")


def _meet_in_time(promise: Promise, group: Group) -> bool:
    over = promise.valid_from and group.until and group.until < promise.valid_from
    ahead = promise.valid_to and group.since and group.since > promise.valid_to
    return not over and not ahead


def _nobody_told(draft: Draft, number: int, promise: Promise) -> Iterator[Fault]:
    for name, (what, cure) in UNTOLD.items():
        if not getattr(promise, name):
            yield draft.fault(("promises", number, name), what, cure)


def _no_such_column(draft: Draft, number: int, promise: Promise) -> Iterator[Fault]:
    if not isinstance(promise.test, PresentTest):
        return
    register_list = list_of(promise.test.item)
    columns = [column.name for column in register_list.columns]
    if promise.test.field not in columns:
        what = f"the list '{register_list.name}' has no column {quoted(promise.test.field)}"
        yield draft.fault(
            ("promises", number, "test", "field"), what, did_you_mean(promise.test.field, columns)
        )


def _no_route(draft: Draft, promise: Promise) -> Iterator[Fault]:
    if promise.operator is not Operator.NOTICE or promise.test.thing != "papers":
        return
    for at, group in draft.groups.items():
        if group.type in promise.applies_to and group.papers is None:
            what = f"promise {promise.id} covers its papers, but nothing says how they go out"
            yield draft.fault(("groups", at), what, "Add 'papers: ticked', or invite, mail or library")


def _never_met(draft: Draft, number: int, group: Group) -> Iterator[Fault]:
    place: Place = ("groups", number)
    if not group.calendar and not group.match:
        yield draft.fault(
            place, "no meeting can ever be found for it", "Add 'calendar:' or 'match:' with its words"
        )
    if group.calendar and "@" not in group.calendar:
        what = f"the calendar {quoted(group.calendar)} is not a mail address"
        yield draft.fault((*place, "calendar"), what, "Write the address of the mailbox")
    shares = [
        other for other in draft.groups.values() if other.calendar.casefold() == group.calendar.casefold()
    ]
    if group.calendar and not group.match and len(shares) > 1:
        what = "it shares its calendar with another group, and has no words to be known by"
        yield draft.fault(place, what, "Add 'match:' with words that stand in the titles of its meetings")
    if any(not words for words in group.match):
        yield draft.fault((*place, "match"), "it has empty words to match", "Delete them")


def _same_words(draft: Draft) -> Iterator[Fault]:
    seen: list[tuple[str, Group]] = []
    for number, group in draft.groups.items():
        for index, phrase in enumerate(group.match):
            words = " ".join(phrase.casefold().split())
            rival = next(
                (other for known, other in seen if known == words and _could_clash(group, other)), None
            )
            if words and rival is not None:
                what = f"the words {quoted(phrase)} also stand for the group {quoted(rival.name)}"
                yield draft.fault(
                    ("groups", number, "match", index), what, "Give the words to one of the two"
                )
            seen.append((words, group))


def _could_clash(one: Group, other: Group) -> bool:
    in_time = (one.since is None or other.until is None or one.since <= other.until) and (
        other.since is None or one.until is None or other.since <= one.until
    )
    same_place = (
        not one.calendar or not other.calendar or one.calendar.casefold() == other.calendar.casefold()
    )
    return one is not other and in_time and same_place


def _unknown_types(draft: Draft) -> Iterator[Fault]:
    for number, group in draft.groups.items():
        if group.type in draft.unlisted_types:
            what = f"its type {quoted(group.type)} is not one of the 'meeting_types'"
            yield draft.fault(("groups", number, "type"), what, did_you_mean(group.type, draft.meeting_types))
