"""Signed links: what we signed opens what it is for, until its time is over; everything else is nobody's."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.links import LONGEST, Pass, Purpose, keys_in, opened, signed

KEY, FORMER, OTHER = b"the present key, of 32 letters..", b"the key before it", b"somebody else's"
NOW = datetime(2026, 11, 27, 9, 15, tzinfo=UTC)
EVERY = frozenset(Purpose)
LINK = Pass(
    purpose=Purpose.ALERT,
    person="Board Manager",
    expires=NOW + timedelta(days=30),
    group="SEND Partnership Board",
    about="lancashire-2024/P04/aaaaabbbbbcccccddddd",
)


def test_what_was_signed_is_opened_as_it_was():
    assert opened(signed(LINK, KEY), [KEY], EVERY, NOW) == LINK


@given(
    purpose=st.sampled_from(Purpose),
    words=st.lists(st.text(max_size=60), min_size=3, max_size=3),
    turn=st.integers(0, 10**6),
)
def test_any_link_comes_back_as_it_was(purpose, words, turn):
    person, group, about = words
    link = Pass(purpose=purpose, person=person, expires=LINK.expires, group=group, about=about, turn=turn)
    assert opened(signed(link, KEY), [KEY], EVERY, NOW) in (
        link,
        None if len(signed(link, KEY)) > LONGEST else link,
    )


def test_a_former_key_still_opens_what_it_signed():
    assert opened(signed(LINK, FORMER), keys_in(f"{KEY.decode().replace(' ', '_')}, x"), EVERY, NOW) is None
    assert opened(signed(LINK, FORMER), [KEY, FORMER], EVERY, NOW) == LINK


def test_no_key_opens_nothing():
    assert opened(signed(LINK, KEY), [], EVERY, NOW) is None


@pytest.mark.parametrize(
    ("link", "why"),
    [
        (replace(LINK, expires=NOW), "its last second is over"),
        (replace(LINK, purpose=Purpose.FEED), "it is for another page"),
    ],
)
def test_a_link_is_for_its_own_use_and_time(link, why):
    assert opened(signed(link, KEY), [KEY], frozenset({Purpose.ALERT}), NOW) is None, why


def test_ten_thousand_bad_links_open_nothing():
    token = signed(LINK, KEY)
    body, _, signature = token.partition(".")
    other_body = signed(replace(LINK, person="Forum chair"), KEY).partition(".")[0]
    bad = {
        signed(LINK, OTHER),
        f"{other_body}.{signature}",
        body,
        f"{body}.",
        f".{signature}",
        "",
        ".",
        "ü" * 9,
    }
    bad |= {token[:length] for length in range(len(token))}
    bad |= {f"{token}{extra}" for extra in ("=", "A", ".", " ", "\n", "%00")}
    for place in range(len(token)):
        bad |= {
            f"{token[:place]}{letter}{token[place + 1 :]}"
            for letter in "AZaz09-_.~="
            if letter != token[place]
        }
    bad |= {signed(replace(LINK, about=f"{number}"), OTHER) for number in range(10_000 - len(bad))}
    assert len(bad) >= 2_000
    assert not [one for one in bad if opened(one, [KEY, FORMER], EVERY, NOW) is not None]


def test_two_keys_stand_in_one_setting_with_the_present_one_first():
    assert keys_in("new-key, old-key") == (b"new-key", b"old-key")
    assert keys_in(" one ") == (b"one",)
