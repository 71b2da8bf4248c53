"""Which groups a calendar seems to hold: series and repeated titles, each with words that find it again.

Nothing is guessed that a person should say. What fits no type of meeting is asked about, who looks after a
group is a role of the list of contacts and never read off an address, and a private meeting is never proposed by
its title.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from models.agreement import Agreement, Group, Route
from models.callers import Callers
from models.facts import Meeting
from models.groups import Placing, fits
from models.series_words import Called, called


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One group as it would be written, and what it was seen by.

    `organisations` are the mail domains of those who invite, `routes` the ways by which papers were seen.
    """

    group: Group
    days: tuple[date, ...]
    keys: frozenset[str]
    organisations: tuple[str, ...] = ()
    routes: tuple[Route, ...] = ()
    callers: Callers = field(default_factory=Callers)


@dataclass(frozen=True, slots=True)
class Question:
    """A series that we do not propose: its title, how many dates, and why a person must say."""

    title: str
    dates: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What a calendar's two months gave: proposals, questions, and what was left alone, by number.

    `unseen` are groups of the templates, for types of which nothing was seen: a promise may wait for them.
    """

    proposals: tuple[Proposal, ...] = ()
    unseen: tuple[Group, ...] = ()
    questions: tuple[Question, ...] = ()
    singles: int = 0
    private: int = 0
    known: int = 0

    @property
    def groups(self) -> tuple[Group, ...]:
        """Every group as it would be written."""
        return (*(one.group for one in self.proposals), *self.unseen)


@dataclass(slots=True)
class _Cluster:
    """Meetings of one mailbox whose titles come down to the same words."""

    mailbox: str
    called: Called
    meetings: list[Meeting] = field(default_factory=list)

    @property
    def repeats(self) -> bool:
        return len({meeting.day for meeting in self.meetings}) > 1 or any(m.series for m in self.meetings)


_SUBJECT = re.compile(r":|\s[-–—]\s")

NO_TYPE = "no type of meeting in the agreement has its words"
TWO_TYPES = "it could be of more than one type of meeting"
NAME_TAKEN = "a group of that name has another calendar or other words"
NOT_APART = "no words tell its meetings apart from those of another group"


def propose(
    agreement: Agreement,
    meetings: Sequence[Meeting],
    templates: Sequence[Group] = (),
    *,
    awaited_in: str = "",
) -> Proposed:
    """The groups to add to an agreement. `source` of each meeting is the mailbox it was read from.

    `templates` are groups of another agreement, of which only the words and types are taken. What the
    agreement's own groups have already is left as it is. With `awaited_in`, a calendar, the templates of
    types that have no group are added too: a meeting that is held twice a year is awaited so.
    """
    once = _each_once(meetings)
    before = _placed(agreement, once)
    new = [meeting for meeting in once if not before[meeting.key] and not meeting.cancelled]
    known_types = agreement.types | set(agreement.meeting_types)
    groups = (*agreement.groups, *(one for one in templates if one.type in known_types))
    words = _with_types(groups, agreement)
    clusters = _clusters((meeting for meeting in new if not meeting.private), words)
    found, questions = _typed(clusters, words, agreement)
    stand, dropped = _proved(agreement, found, once, before)
    taken = {key for one in stand for key in one.keys}
    asked = {question.title for question in (*questions, *dropped)}
    return Proposed(
        proposals=tuple(stand),
        unseen=tuple(_unseen(agreement, stand, templates, once, awaited_in)) if awaited_in and stand else (),
        questions=(*questions, *dropped),
        singles=sum(
            1
            for one in clusters
            if not one.repeats and one.called.title not in asked
            for meeting in one.meetings
            if meeting.key not in taken
        ),
        private=sum(meeting.private for meeting in new),
        known=sum(bool(group) for group in before.values()),
    )


def with_routes(proposed: Proposed, seen: Mapping[str, Iterable[Route]]) -> Proposed:
    """The same with the ways papers were seen to go, by group name; two ways are for a person to choose from."""

    def told(one: Proposal) -> Proposal:
        routes = tuple(route for route in Route if route in set(seen.get(one.group.name, ())))
        papers = routes[0] if len(routes) == 1 else None
        return replace(one, group=one.group.model_copy(update={"papers": papers}), routes=routes)

    return replace(proposed, proposals=tuple(told(one) for one in proposed.proposals))


def with_owners(proposed: Proposed, seen: Mapping[str, Callers]) -> Proposed:
    """The same with who calls each group. One known role that calls all of it is proposed as its officer."""

    def told(one: Proposal) -> Proposal:
        callers = seen.get(one.group.name, Callers())
        officer = callers.roles[0] if len(callers.roles) == 1 and not callers.unknown else ""
        return replace(one, group=one.group.model_copy(update={"officer": officer}), callers=callers)

    return replace(proposed, proposals=tuple(told(one) for one in proposed.proposals))


def _unseen(
    agreement: Agreement,
    stand: Sequence[Proposal],
    templates: Iterable[Group],
    meetings: Sequence[Meeting],
    calendar: str,
) -> Iterator[Group]:
    """The templates of types that have no group yet, unless their words would take a meeting from a proposal."""
    groups = [*agreement.groups, *(one.group for one in stand)]
    types = {one.type for one in groups}
    known = _placed(agreement.model_copy(update={"groups": tuple(groups)}), meetings)
    for one in templates:
        if one.type in types or one.type not in agreement.meeting_types:
            continue
        new = one.model_copy(update={"calendar": calendar})
        after = _placed(agreement.model_copy(update={"groups": (*groups, new)}), meetings)
        taken = any(group and after[key] != group for key, group in known.items())
        if not taken and all(new.name.casefold() != group.name.casefold() for group in groups):
            groups.append(new)
            yield new


def _each_once(meetings: Iterable[Meeting]) -> list[Meeting]:
    """One meeting in several mailboxes is one meeting: the first mailbox that was named has it."""
    found: dict[str, Meeting] = {}
    for meeting in meetings:
        found.setdefault(meeting.key, meeting)
    return list(found.values())


def _placed(agreement: Agreement, meetings: Iterable[Meeting]) -> dict[str, str]:
    """The group of each meeting by its key, empty where there is none."""
    by_mailbox: dict[str, Placing] = {}
    found = {}
    for meeting in meetings:
        placing = by_mailbox.setdefault(meeting.source, Placing(agreement, meeting.source))
        found[meeting.key] = placing.placed(meeting).group
    return found


def _clusters(meetings: Iterable[Meeting], words: tuple[Group, ...]) -> list[_Cluster]:
    found: dict[tuple[str, str], _Cluster] = {}
    for meeting in sorted(meetings, key=lambda one: (one.starts, one.key)):
        _gather(found, meeting, called(meeting.title))
    kept = _with_variants(list(found.values()))
    pooled: dict[tuple[str, str], _Cluster] = {
        (one.mailbox, one.called.words): one for one in kept if one.repeats
    }
    for single in (one for one in kept if not one.repeats):
        _gather(pooled, single.meetings[0], _head(single.meetings[0].title, words) or single.called)
    return list(pooled.values())


def _gather(found: dict[tuple[str, str], _Cluster], meeting: Meeting, name: Called | None) -> None:
    if name is not None:
        cluster = found.setdefault((meeting.source, name.words), _Cluster(meeting.source, name))
        cluster.meetings.append(meeting)


def _head(title: str, words: tuple[Group, ...]) -> Called | None:
    """ "Engagement event" of "Engagement event: short breaks", if that alone says what type it is."""
    head = _SUBJECT.split(title, maxsplit=1)[0]
    types = {group.type for group in fits(head, words)} if head != title else set()
    return called(head) if len(types) == 1 else None


def _with_variants(clusters: list[_Cluster]) -> list[_Cluster]:
    """A single date such as "… Board away day" belongs to the one series whose words it has."""
    series = [one for one in clusters if one.repeats]
    kept = list(series)
    for single in (one for one in clusters if not one.repeats):
        homes = {id(one): one for one in series if one.mailbox == single.mailbox}
        words = tuple(
            Group(name=str(number), type="any", match=(one.called.words,)) for number, one in homes.items()
        )
        inside = fits(single.meetings[0].title, words)
        if len(inside) == 1:
            homes[int(inside[0].name)].meetings += single.meetings
        else:
            kept.append(single)
    return kept


def _with_types(groups: Sequence[Group], agreement: Agreement) -> tuple[Group, ...]:
    """Words by which a type is known: those of groups, and the names of the types themselves."""
    own = [Group(name=f"{number}", type=one.type, match=one.match) for number, one in enumerate(groups)]
    return (*own, *(Group(name=f"type {one}", type=one, match=(one,)) for one in agreement.meeting_types))


def _typed(
    clusters: Iterable[_Cluster], words: tuple[Group, ...], agreement: Agreement
) -> tuple[list[Proposal], list[Question]]:
    found: list[Proposal] = []
    questions: list[Question] = []
    names = {group.name.casefold() for group in agreement.groups}
    for cluster in clusters:
        types = {group.type for group in fits(cluster.meetings[0].title, words)}
        name = cluster.called.title
        why = "" if len(types) == 1 else TWO_TYPES if types else NO_TYPE
        if not why and name.casefold() in names:
            why = NAME_TAKEN
        if not why:
            names.add(name.casefold())
            found.append(_proposal(cluster, types.pop()))
        elif cluster.repeats or types:
            questions.append(Question(name, len({one.day for one in cluster.meetings}), why))
    return found, questions


def _proposal(cluster: _Cluster, kind: str) -> Proposal:
    group = Group(
        name=cluster.called.title, type=kind, calendar=cluster.mailbox, match=(cluster.called.words,)
    )
    domains = {one.organiser.rpartition("@")[2].casefold() for one in cluster.meetings if one.organiser}
    return Proposal(
        group=group,
        days=tuple(sorted({meeting.day for meeting in cluster.meetings})),
        keys=frozenset(meeting.key for meeting in cluster.meetings),
        organisations=tuple(sorted(domains)),
    )


def _proved(
    agreement: Agreement, found: list[Proposal], meetings: Sequence[Meeting], before: Mapping[str, str]
) -> tuple[list[Proposal], list[Question]]:
    """Those whose words find exactly their own meetings, and take none from a group that is there already."""
    dropped: list[Question] = []
    stand = found
    while True:
        groups = tuple(one.group for one in stand)
        after = _placed(agreement.model_copy(update={"groups": (*agreement.groups, *groups)}), meetings)
        harmed = [meeting for meeting in meetings if before[meeting.key] not in ("", after[meeting.key])]
        to_blame = {group.name for meeting in harmed for group in fits(meeting.title, groups)}
        wrong = [
            one
            for one in stand
            if one.group.name in to_blame or any(after[key] != one.group.name for key in one.keys)
        ]
        if not wrong:
            return stand, dropped
        dropped += [Question(one.group.name, len(one.days), NOT_APART) for one in wrong]
        stand = [one for one in stand if one not in wrong]
