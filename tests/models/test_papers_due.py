"""No nudge for a group that was on time in its last three."""

from dataclasses import replace

import pytest

from models.findings import State
from models.papers_due import history_after, on_time_lately

FRIDAY = "Fri 27 Nov 2026 10:00"
K, M, E, C, N, A = (
    State.KEPT,
    State.MISSED,
    State.EXPLAINED,
    State.CANNOT_TELL,
    State.NOT_IN_SCOPE,
    State.AGREED_CHANGE,
)
LATELY = [
    ([K, K, K], True),
    ([M, K, K, K], True),
    ([K, K], False),
    ([], False),
    ([K, K, M], False),
    ([K, E, K], False),
    ([K, C, K], False),
    ([K, A, K], False),
]


@pytest.mark.parametrize(("states", "on_time"), LATELY)
def test_on_time_is_the_last_three_and_nothing_less(build, states, on_time):
    days = ["Fri 04 Sep 2026", "Fri 02 Oct 2026", "Fri 23 Oct 2026", "Fri 06 Nov 2026"]
    history = [(build.day(day), state) for day, state in zip(days, states, strict=False)]
    assert on_time_lately(history) is on_time


@pytest.fixture
def finding(build):
    usual = build.finding("papers", build.meeting(FRIDAY), "Mon 02 Nov 2026 09:00")

    def made(day, state, key="m"):
        meeting = build.meeting(f"{day} 10:00", key=f"{key}-{day}")
        return replace(usual, meeting=meeting, subject=meeting.key, state=state)

    return made


def test_history_keeps_the_last_three_meetings_that_were_held(build, finding):
    before = [(build.day("Fri 04 Sep 2026"), K), (build.day("Fri 02 Oct 2026"), M)]
    seen = [
        finding("Fri 23 Oct 2026", K),
        finding("Fri 06 Nov 2026", K),
        finding("Fri 27 Nov 2026", K),  # today: not held yet
    ]
    after = history_after(before, seen, build.day("Fri 27 Nov 2026"))
    assert [(f"{day:%a %d %b}", state) for day, state in after] == [
        ("Fri 02 Oct", M),
        ("Fri 23 Oct", K),
        ("Fri 06 Nov", K),
    ]


def test_a_meeting_judged_again_replaces_what_was_known_of_it(build, finding):
    before = [(build.day("Fri 23 Oct 2026"), C)]
    after = history_after(before, [finding("Fri 23 Oct 2026", K)], build.day("Fri 27 Nov 2026"))
    assert after == ((build.day("Fri 23 Oct 2026"), K),)


def test_a_meeting_without_papers_tells_nothing(build, finding):
    before = [(build.day("Fri 23 Oct 2026"), K)]
    assert history_after(before, [finding("Fri 06 Nov 2026", N)], build.day("Fri 27 Nov 2026")) == (
        before[0],
    )


def test_of_two_promises_about_papers_both_must_be_kept(build, finding):
    for pair in ((K, M), (M, K)):
        seen = [finding("Fri 06 Nov 2026", state) for state in pair]
        assert history_after([], seen, build.day("Fri 27 Nov 2026")) == ((build.day("Fri 06 Nov 2026"), M),)


def test_two_meetings_of_one_day_are_two(build, finding):
    seen = [finding("Fri 06 Nov 2026", K, "one"), finding("Fri 06 Nov 2026", M, "two")]
    assert len(history_after([], seen, build.day("Fri 27 Nov 2026"))) == 2
