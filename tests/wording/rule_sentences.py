"""Every sentence that the rules can say, got by asking them: situations of all kinds, and what they answer."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from types import MappingProxyType

from models.facts import Papers, Said
from models.papers_files import ACCOUNT, PROGRAM, SIZE
from models.terms import Term
from tests.models import conftest as build

BOARD_ON = "Fri 27 Nov 2026 10:00"  # counted: by the end of Fri 20; clear: by the end of Thu 19
MOMENTS = (
    "Mon 09 Nov 2026 09:00",  # long before
    "Tue 17 Nov 2026 09:00",  # two working days before they are due
    "Fri 20 Nov 2026 09:00",  # between the two due days
    "Mon 30 Nov 2026 09:00",  # after the meeting
)
PACKS = (
    Papers(),
    Papers(unclear=True),
    Papers(none_this_time=True),
    Papers(coming_on=build.day("Mon 23 Nov 2026")),
    *(
        replace(build.papers(sent), files=2, barrier=barrier)
        for sent in ("Thu 19 Nov 2026 12:00", "Fri 20 Nov 2026 12:00", "Mon 23 Nov 2026 12:00")
        for barrier in ("", f"{PROGRAM} {SIZE} {ACCOUNT}")
    ),
    replace(build.papers("Mon 23 Nov 2026 12:00"), on_or_before=True),
)
STAMPS = (None, build.stamp("Tue 24 Nov 2026 09:00"), build.stamp("Thu 26 Nov 2026 09:00"))
COVERAGES = (
    build.coverage(),
    build.coverage(routes=frozenset()),
    build.coverage(routes=frozenset(), complete=False),
)
HOURS = [("09:30", "11:00"), ("13:00", "15:00"), ("15:00", "16:00"), ("09:00", "15:00"), ("10:00", "12:00")]
DAYS = (
    "Tue 08 Dec 2026",  # in term
    "Tue 29 Dec 2026",  # in the Christmas holidays
    "Mon 28 Dec 2026",  # a bank holiday in the Christmas holidays
    "Mon 04 May 2026",  # a bank holiday in term
    "Tue 31 Mar 2026",  # Easter holidays in Lancashire, and not in Leeds
    "Mon 13 Apr 2026",  # the other way round
    "Wed 03 Nov 2027",  # beyond the dates we have
    "Wed 03 Jan 2029",  # beyond the bank holidays we have
)


def rule_sentences() -> tuple[str, ...]:
    """What the rules said of all of these, each once, in the order in which they said it."""
    told = (_of_papers, _of_hours, _of_terms, _of_venues, _of_shares, _of_rows, _of_the_forum)
    return tuple(dict.fromkeys(sentence for ask in told for sentence in ask()))


def _of_papers() -> Iterator[str]:
    board = build.meeting(BOARD_ON)
    not_here = build.reason(
        "P01", board.key, said=Said.NOT_HERE, partner="forum", at=build.at("Wed 25 Nov 2026 09:00")
    )
    for now, pack, stamp, read in product(MOMENTS, PACKS, STAMPS, COVERAGES):
        known = {"papers": MappingProxyType({board.key: pack}), "coverage": read}
        if stamp is not None:
            known["stamps"] = MappingProxyType({board.key: stamp})
        yield _judged("papers", board, now, **known)
        yield _judged("papers", board, now, **known, statements=(not_here,))
    after = {"stamps": MappingProxyType({board.key: build.stamp("Mon 30 Nov 2026 09:00")})}
    yield _judged("papers", board, MOMENTS[-1], **after)
    yield _judged("papers", build.meeting("Wed 03 Jan 2029 10:00"), MOMENTS[0])
    others = build.agreement(build.promise("papers"))
    for route in ("mail", "library", "ticked", None):
        group = others.groups[0].model_copy(update={"papers": route})
        there = others.model_copy(update={"groups": (group,)})
        facts = build.facts(board, coverage=COVERAGES[1])
        yield from (one.because for one in build.findings(facts, there, MOMENTS[-1]))


def _of_the_forum() -> Iterator[str]:
    """What stands as the reason where the forum asked for the change and wrote no words of its own."""
    early = build.meeting("Tue 08 Dec 2026 09:30")
    forum = {"said": Said.WE_ASKED, "partner": "forum", "proved": "signed link"}
    asked = build.reason("P04", early.key, "", **forum)
    yield build.finding("hours", early, MOMENTS[0], known={"statements": (asked,)}).reason


def _of_hours() -> Iterator[str]:
    for starts, ends in HOURS:
        one = build.meeting(f"Tue 08 Dec 2026 {starts}", ends)
        yield _judged("hours", one)
        yield _judged("hours", replace(one, end_assumed=True))
    over_midnight = build.meeting("Tue 08 Dec 2026 13:00", "Wed 09 Dec 2026 11:00")
    yield _judged("hours", over_midnight)
    yield _judged("hours", build.all_day("Tue 08 Dec 2026"))
    yield _judged("hours", build.meeting("Tue 08 Dec 2026 10:00", doubt="its time zone is not known"))
    yield _judged("hours", build.meeting("Tue 08 Dec 2026 12:00", "11:00"))


def _of_terms() -> Iterator[str]:
    for day, also in product(DAYS, ((), ("Leeds City Council",))):
        agreed = build.agreement(build.promise("term"), also_warn=also)
        facts = build.facts(build.meeting(f"{day} 10:00"))
        yield from (one.because for one in build.findings(facts, agreed, MOMENTS[0]))
    shut = build.calendar(
        build.LANCASHIRE,
        build.LANCASHIRE_TERMS,
        shut_days=MappingProxyType({build.day("Tue 08 Dec 2026"): "INSET day"}),
    )
    terms = replace(build.terms(), calendars=MappingProxyType({build.LANCASHIRE: shut}))
    yield _judged("term", build.meeting("Tue 08 Dec 2026 10:00"), terms=terms)
    for_ever = replace(shut, covered_until=build.day("Mon 31 Dec 2029"), terms=_until_2029(shut.terms))
    terms = replace(terms, calendars=MappingProxyType({build.LANCASHIRE: for_ever}))
    yield _judged("term", build.meeting("Wed 03 Jan 2029 10:00"), terms=terms)


def _until_2029(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    return (*terms, Term("Years", build.day("Wed 01 Sep 2027"), build.day("Mon 31 Dec 2029")))


def _of_venues() -> Iterator[str]:
    for place, answer, private in product(("County Hall", ""), ("Yes", "No", ""), (False, True)):
        rows = (build.row("Venues", Title="County Hall", Accessible=answer),)
        one = build.meeting("Tue 08 Dec 2026 10:00", place=place, private=private)
        yield _judged("venue", one, rows=rows)
        yield _judged("venue", replace(one, online=True), rows=rows)


def _of_shares() -> Iterator[str]:
    agreed = build.agreement(build.promise("online"))
    for links, read in product(
        ((True, True, False), (True, False, None)),
        (
            build.coverage(),
            build.coverage(complete=False),
            build.coverage(first=build.day("Mon 02 Nov 2026")),
        ),
    ):
        days = ("Tue 03 Nov 2026", "Tue 10 Nov 2026", "Tue 17 Nov 2026")
        held = [
            build.meeting(f"{day} 10:00", key=day, online=link) for day, link in zip(days, links, strict=True)
        ]
        found = build.findings(build.facts(*held, coverage=read), agreed, MOMENTS[-1])
        yield from (one.because for one in found)


def _of_rows() -> Iterator[str]:
    for kind, count in product(("objectives", "four weeks"), ("counted", "unsettled")):
        for came, starts in (("2026-06-17", "2026-07-15"), ("2026-06-18", "2026-07-15"), ("2026-06-17", "")):
            row = build.row("Co-production requests", ReceivedOn=came, StartsOn=starts, Objectives=starts)
            agreed = build.agreement(build.promise(kind), count=count)
            found = build.findings(build.facts(rows=(row,)), agreed, "Mon 01 Jun 2026 09:00")
            yield from (one.because for one in found)
    in_days = build.promise("four weeks", test={"thing": "request", "least": 5, "unit": "working days"})
    row = build.row("Co-production requests", ReceivedOn="2026-11-20", StartsOn="2026-11-27")
    found = build.findings(build.facts(rows=(row,)), build.agreement(in_days), MOMENTS[-1])
    yield from (one.because for one in found)


def _judged(kind: str, one: object, now: str = MOMENTS[0], **known: object) -> str:
    return build.finding(kind, one, now, known=known).because  # type: ignore[arg-type]
