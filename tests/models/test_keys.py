"""Keys: the same fact has the same key in every run, and no title or date that people change is in it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.days import LONDON
from models.keys import finding_key, meeting_key, meeting_key_in_file, series_key, slug

UID = "040000008200E00074C5B7101A82E008@council.example"


def test_keys_do_not_change_between_versions_of_the_program():
    assert meeting_key(UID) == "mubym2qmj2xy54ffcyrq"
    assert meeting_key_in_file(UID, None) == "32adqcvahr6caeknayfs"
    assert meeting_key_in_file(UID, datetime(2026, 6, 10, 9, 0, tzinfo=UTC)) == "k774acbik6ld73skuujj"


@given(st.text())
def test_a_key_is_twenty_characters_that_can_be_read_out(uid):
    for key in (meeting_key(uid), meeting_key_in_file(uid, None), series_key(uid)):
        assert len(key) == 20
        assert set(key) <= set("abcdefghijklmnopqrstuvwxyz234567")


def test_each_occurrence_of_a_series_has_its_own_key():
    first, second = datetime(2026, 6, 10, 10, tzinfo=LONDON), datetime(2026, 6, 17, 10, tzinfo=LONDON)
    keys = {meeting_key_in_file(UID, None), meeting_key_in_file(UID, first), meeting_key_in_file(UID, second)}
    assert len(keys) == 3


def test_the_planned_start_is_one_moment_in_whatever_zone_it_is_written():
    london, utc = datetime(2026, 6, 10, 10, tzinfo=LONDON), datetime(2026, 6, 10, 9, tzinfo=UTC)
    assert meeting_key_in_file(UID, london) == meeting_key_in_file(UID, utc)


def test_a_planned_start_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="must say its time zone"):
        meeting_key_in_file(UID, datetime(2026, 6, 10, 10))  # noqa: DTZ001


def test_a_uid_that_is_no_proper_text_still_has_a_key():
    assert len(meeting_key("\ud800")) == 20


def test_a_finding_key_reads_from_the_agreement_down():
    assert finding_key("lancashire", "P04", "abc") == "lancashire/P04/abc"
    assert finding_key("lancashire", "P31", "board", "2026-Q1") == "lancashire/P31/board/2026-Q1"


SLUGS = [
    ("Lancashire County Council", "lancashire-county-council"),
    ("  St. Helens / Knowsley ", "st-helens-knowsley"),
    ("2026-Q1", "2026-q1"),
    ("", "unnamed"),
    ("???", "unnamed"),
]


@pytest.mark.parametrize(("words", "part"), SLUGS)
def test_words_become_part_of_a_key(words, part):
    assert slug(words) == part


def test_titles_places_and_dates_play_no_part_in_a_finding_key(build):
    before = build.meeting("Wed 10 Jun 2026 09:30", title="Board", place="Room 1", series="s")
    moved = build.meeting("Thu 02 Jul 2026 13:30", "15:00", title="Other words", place="Room 2", series="s")
    agreed = build.agreement(*(build.promise(kind) for kind in ("hours", "term", "papers", "venue")))
    keys = [
        [one.key for one in build.findings(build.facts(meeting), agreed, "Mon 01 Jun 2026 09:00")]
        for meeting in (before, moved)
    ]
    assert keys[0] == keys[1]
    assert keys[0] == [f"a-test/{promise}/meeting-1" for promise in ("P04", "P05", "P01", "P07")]
