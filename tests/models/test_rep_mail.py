"""What a rep's mail says of meetings, against what that rep has heard before."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.ahead import MeetingAhead, PapersAre
from models.days import LONDON
from models.due_days import Entry, entry_for
from models.rep_mail import Change, Told, at_once, weekly

NOW = datetime(2026, 11, 23, 9, 15, tzinfo=LONDON)  # a Monday
GROUP = "SEND Partnership Board"


def ahead(key: str = "k", days: float = 4, **more: object) -> MeetingAhead:
    starts = NOW + timedelta(days=days, hours=1)
    known = {"group": GROUP, "title": GROUP, "starts": starts, "ends": starts + timedelta(hours=2)} | more
    return MeetingAhead(key=key, **known)  # type: ignore[arg-type]


def heard(*meetings: MeetingAhead) -> Told:
    mail = weekly(meetings, None, NOW - timedelta(days=7), groups=[GROUP])
    assert mail is not None
    return Told.of(mail.told.plain())


def said(mail: object) -> list[tuple[Change, str]]:
    return [(one.change, one.meeting.key) for one in mail.changes] if mail else []  # type: ignore[attr-defined]


def test_the_first_mail_calls_nothing_new() -> None:
    mail = weekly([ahead("a"), ahead("b", 40)], None, NOW, groups=[GROUP])
    assert mail is not None
    assert (said(mail), [one.key for one in mail.meetings]) == ([], ["a"])


def test_moved_called_off_and_new_are_against_what_the_rep_heard() -> None:
    before = heard(ahead("a"), ahead("b", 9), ahead("c", 12))
    now = [ahead("a", 5), ahead("b", 9, cancelled=True), ahead("c", 12), ahead("d", 20)]
    mail = weekly(now, before, NOW, groups=[GROUP])
    assert said(mail) == [(Change.MOVED, "a"), (Change.CANCELLED, "b"), (Change.NEW, "d")]
    assert said(weekly(now, mail.told, NOW, groups=[GROUP])) == []  # type: ignore[union-attr]


def test_only_who_was_told_of_the_old_time_hears_that_it_moved() -> None:
    was = NOW + timedelta(days=2)
    moved = ahead("new", 5, was=was, formerly=("old", "older"))
    assert said(weekly([moved], None, NOW, groups=[GROUP])) == []
    of_another = replace(heard(ahead("a")), groups=frozenset({"Another group"}))
    assert said(weekly([moved], of_another, NOW, groups=[GROUP])) == []
    assert said(weekly([moved], heard(ahead("a")), NOW, groups=[GROUP])) == [(Change.NEW, "new")]
    assert at_once([moved], heard(ahead("a")), NOW) is None
    for known in ("old", "older"):
        mail = weekly([moved], heard(ahead(known, 2)), NOW, groups=[GROUP])
        assert said(mail) == [(Change.MOVED, "new")]
        assert said(weekly([moved], mail.told, NOW, groups=[GROUP])) == []  # type: ignore[union-attr]


def test_a_meeting_that_only_slid_into_sight_is_not_new() -> None:
    before = heard(ahead("a"))
    assert said(weekly([ahead("a"), ahead("z", 55)], before, NOW, groups=[GROUP])) == []


def test_booked_and_called_off_between_two_mails_was_never_heard_of() -> None:
    assert (
        said(weekly([ahead("a"), ahead("b", 9, cancelled=True)], heard(ahead("a")), NOW, groups=[GROUP]))
        == []
    )


def test_nothing_waits_to_be_said_at_once_before_the_first_mail() -> None:
    assert at_once([ahead(cancelled=True)], None, NOW) is None


def test_what_can_wait_and_what_can_not() -> None:
    near, far = ahead("near", 2), ahead("far", 20)
    before = heard(near, far)
    assert at_once([near, far], before, NOW) is None
    assert said(at_once([replace(near, cancelled=True), replace(far, cancelled=True)], before, NOW)) == [
        (Change.CANCELLED, "near")
    ]
    later = replace(near, starts=near.starts + timedelta(days=30), ends=near.ends + timedelta(days=30))
    assert said(at_once([later, far], before, NOW)) == [(Change.MOVED, "near")]
    late = replace(near, papers=PapersAre.NOT_SEEN, due=date(2026, 11, 17))
    mail = at_once([late, replace(far, papers=PapersAre.NOT_SEEN)], before, NOW)
    assert said(mail) == [(Change.LATE, "near")]
    assert at_once([late], mail.told, NOW) is None  # type: ignore[union-attr]
    assert said(at_once([near], before, NOW, opened=["near"])) == [(Change.OPENS, "near")]


MEETINGS = st.lists(
    st.builds(
        ahead,
        st.sampled_from("abcde"),
        st.floats(0, 50, allow_nan=False),
        cancelled=st.booleans(),
        papers=st.sampled_from(PapersAre),
    ),
    max_size=6,
)


@given(first=MEETINGS, second=MEETINGS)
def test_nothing_is_said_twice(first: list[MeetingAhead], second: list[MeetingAhead]) -> None:
    before = weekly(first, None, NOW, groups=[GROUP])
    if before is None:
        return
    urgent = at_once(second, before.told, NOW)
    told = urgent.told if urgent else before.told
    assert at_once(second, told, NOW) is None
    mail = weekly(second, Told.of(told.plain()), NOW, groups=[GROUP])
    if mail is not None:
        gone_out = {(one.change, one.meeting.key) for one in urgent.changes} if urgent else set()
        assert not gone_out & {(one.change, one.meeting.key) for one in mail.changes}
        again = weekly(second, Told.of(mail.told.plain()), NOW, groups=[GROUP])
        assert said(again) == []


DUE = date(2026, 11, 26)


def expected(key: str, due: date = DUE, **more: object) -> MeetingAhead:
    return ahead(key, 9, papers=PapersAre.EXPECTED, due=due, **more)


def test_one_entry_a_mail_what_goes_first_and_rising_numbers() -> None:
    today = NOW.date()
    both = [expected("a", date(2026, 12, 1)), expected("b")]
    first = entry_for(both, {}, today, wanted=True)
    assert first is not None
    assert (first.key, first.entry.sequence, first.entry.live) == ("b", 0, True)
    sent = {first.key: first.entry}
    second = entry_for(both, sent, today, wanted=True)
    assert second is not None
    assert second.key == "a"
    sent[second.key] = second.entry
    assert entry_for(both, sent, today, wanted=True) is None
    moved = entry_for([both[0], expected("b", date(2026, 11, 30))], sent, today, wanted=True)
    assert moved is not None
    assert (moved.key, moved.entry.sequence, moved.entry.day) == ("b", 1, date(2026, 11, 30))
    off = entry_for([both[0], expected("b", cancelled=True)], sent, today, wanted=True)
    assert off is not None
    assert (off.key, off.entry.sequence, off.entry.live) == ("b", 1, False)
    switched_off = entry_for(both, sent, today, wanted=False, unsure=2)
    assert switched_off is not None
    assert (switched_off.key, switched_off.entry.sequence, switched_off.entry.live) == ("b", 3, False)
    arrived = [replace(one, papers=PapersAre.SENT, sent=today) for one in both]
    assert entry_for(arrived, sent, today, wanted=True) is None
    assert Entry.of(moved.entry.plain()) == moved.entry
