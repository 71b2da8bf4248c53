"""What is remembered of papers: plain JSON, no names, and only as long as somebody may need it."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from models.agreement import Route
from models.facts import Papers
from models.papers_matching import Trace
from models.papers_memory import Looked, Memory, Pack
from models.papers_said import PeopleSaid, Reason

NOW = "Mon 16 Nov 2026 09:15"


def test_what_is_remembered_comes_back_the_same_through_json(build):
    memory = Memory(
        route=Route.LIBRARY,
        works=True,
        looked_on=build.day("Mon 16 Nov 2026"),
        traces={
            "file x": Trace("b", build.day("Fri 27 Nov 2026"), build.at("Thu 12 Nov 2026 10:00")),
            "row 1": Trace("b"),
        },
        packs={
            "b": Pack(
                files=2,
                barrier="Big.",
                access_known=False,
                on_or_before=True,
                print="a",
                newest=build.at("Thu 12 Nov 2026 10:00"),
            )
        },
        said=PeopleSaid(
            papers={
                "b": Papers(sent=build.at("Thu 12 Nov 2026 00:00")),
                "c": Papers(coming_on=build.day("Mon 23 Nov 2026"), none_this_time=True, unclear=True),
            },
            reasons=(Reason("b", "The data was late.", build.at(NOW)),),
        ),
    )
    assert Memory.of(json.loads(json.dumps(memory.plain())), Route.LIBRARY) == memory
    assert Memory.of({}, Route.MAIL) == Memory(route=Route.MAIL)


def test_another_route_begins_anew_but_keeps_whose_rows_are_whose(build):
    memory = Memory(route=Route.MAIL, works=True, looked_on=build.day("Mon 16 Nov 2026")).with_look(
        Looked(traces={"mail x": Trace("b", None, build.at(NOW)), "row 1": Trace("b")}), build.at(NOW)
    )
    other = Memory.of(memory.plain(), Route.LIBRARY)
    assert (other.works, other.looked_on, set(other.traces), other.packs) == (False, None, {"row 1"}, {})


def test_the_first_time_that_papers_were_seen_stands(build):
    first, second = build.at("Thu 12 Nov 2026 10:00"), build.at("Mon 16 Nov 2026 10:00")
    memory = Memory(route=Route.INVITE).with_look(Looked(traces={"x": Trace("b", None, first)}), first)
    memory = memory.with_look(Looked(traces={"x": Trace("b", None, second)}), second)
    assert memory.sent("b") == first
    assert memory.works


def test_a_file_that_was_put_with_another_meeting_is_no_longer_the_firsts(build):
    sent = build.at("Thu 12 Nov 2026 10:00")
    memory = Memory().with_look(Looked(traces={"x": Trace("a", None, sent)}), sent)
    memory = memory.with_look(Looked(traces={"x": Trace("b", None, sent)}), sent)
    assert (memory.sent("a"), memory.sent("b")) == (None, sent)


WANTED = [  # on Monday 16 November
    ("Mon 12 Oct 2026 10:00", {}, True),  # 35 days back
    ("Sun 11 Oct 2026 10:00", {}, False),
    ("Fri 15 Jan 2027 10:00", {}, True),  # 60 days ahead
    ("Sat 16 Jan 2027 10:00", {}, False),
    ("Fri 27 Nov 2026 10:00", {"pack": Pack(files=1)}, False),
    ("Fri 27 Nov 2026 10:00", {"pack": Pack(files=1, barrier="Big.")}, True),
    ("Fri 27 Nov 2026 10:00", {"pack": Pack(files=1), "cant_open": True}, True),
    ("Fri 13 Nov 2026 10:00", {"pack": Pack(files=1), "cant_open": True}, False),
    ("Fri 13 Nov 2026 10:00", {"pack": Pack(files=1, barrier="Big.")}, False),  # too late to mend
    ("Mon 14 Dec 2026 10:00", {"pack": Pack(files=1, access_known=False)}, True),  # 28 days ahead
    ("Tue 15 Dec 2026 10:00", {"pack": Pack(files=1, access_known=False)}, False),
    ("Fri 13 Nov 2026 10:00", {"pack": Pack(files=1, access_known=False)}, False),
    ("Fri 27 Nov 2026 10:00", {"cancelled": True}, False),
]


@pytest.mark.parametrize(("held", "more", "wanted"), WANTED)
def test_papers_are_looked_for_while_somebody_may_need_to_know(build, held, more, wanted):
    meeting = build.meeting(held, key="b", cancelled=more.get("cancelled", False))
    memory = Memory()
    if "pack" in more:
        sent = build.at("Thu 12 Nov 2026 10:00")
        memory = Memory(traces={"x": Trace("b", None, sent)}, packs={"b": more["pack"]})
    memory = replace(memory, cant_open=frozenset("b" if "cant_open" in more else ""))
    assert memory.wants(meeting, build.at(NOW)) is wanted


def test_what_is_long_past_is_forgotten(build):
    now = build.at(NOW)
    old, young = now - timedelta(days=66), now - timedelta(days=64)
    traces = {
        "old": Trace("gone", None, old),
        "young": Trace("moved", None, young),
        "here": Trace("b", None, old),
        "row 1": Trace("gone"),
    }
    packs = {"gone": Pack(), "moved": Pack(), "b": Pack()}
    memory = Memory(traces=traces, packs=packs)
    kept = memory.without_the_past([build.meeting("Fri 27 Nov 2026 10:00", key="b")], now)
    assert set(kept.traces) == {"young", "here"}
    assert set(kept.packs) == {"moved", "b"}
