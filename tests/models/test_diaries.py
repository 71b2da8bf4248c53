"""Whether a calendar looks like a person's own diary, by what stands in it and never by its address."""

from datetime import datetime
from typing import Any

import pytest

from models.days import LONDON
from models.diaries import Looks, diary
from models.facts import Meeting

BOX = "send.partnership@council.example"
A, B = "board.manager@council.example", "amara.osei@icb.example"


def meeting(number: int, organiser: str, **more: Any) -> Meeting:
    starts = datetime(2026, 11, 2 + number, 10, tzinfo=LONDON)  # from Monday 2 November 2026 on
    ends = starts.replace(hour=11)
    return Meeting(
        key=str(number),
        uid=str(number),
        title="A title",
        starts=starts,
        ends=ends,
        organiser=organiser,
        **more,
    )


@pytest.mark.parametrize(
    ("organisers", "private", "looks"),
    [
        ([A, B, A], False, Looks.SHARED),
        ([A, B, BOX], False, Looks.SHARED),
        ([A, A, A], False, Looks.CANNOT_TELL),  # one organiser alone
        ([A, B], False, Looks.CANNOT_TELL),  # too few to say
        ([BOX, BOX, BOX, A, B], False, Looks.CANNOT_TELL),  # mostly its own
        ([A, B, A], True, Looks.SHARED),  # private meetings of others are no sign
        ([A, B, BOX], True, Looks.OWN),
        ([BOX], True, Looks.OWN),
        ([], False, Looks.CANNOT_TELL),
    ],
)
def test_how_a_calendar_looks(organisers: list[str], private: bool, looks: Looks) -> None:
    found = diary(BOX.upper(), [meeting(n, who, private=private) for n, who in enumerate(organisers)])
    assert found.looks is looks
    assert "title" not in found.because
