"""Which subscriptions there should be, against those that there are."""

from datetime import UTC, datetime, timedelta

from functions.waking.subscribing import Plan, listener_for, plan
from functions.waking.touched import calendar_key
from graph_client.subscriptions import Subscription

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)  # a Monday
APP = "https://app.example"
BOARD, PANEL = "board@council.example", "panel@council.example"
WANTED = {one: listener_for(APP, one, "the-word") for one in (BOARD, PANEL)}


def granted(mailbox: str, hours: float, id: str = "", **changed: str) -> Subscription:
    listener = listener_for(APP, mailbox, "the-word")
    known = {
        "id": id or mailbox,
        "resource": f"Users/{mailbox}/Events",  # Graph may spell it in another way than we did
        "changes": "created,updated,deleted",
        "url": listener.url,
        "lifecycle_url": listener.lifecycle_url,
    }
    return Subscription(expires=NOW + timedelta(hours=hours), **known | changed)


def test_at_first_each_calendar_is_subscribed_to() -> None:
    assert plan(WANTED, [], APP, NOW) == Plan(make=(BOARD, PANEL))


def test_twice_changes_nothing() -> None:
    assert plan(WANTED, [granted(BOARD, 71), granted(PANEL, 71)], APP, NOW) == Plan()


def test_what_lives_less_than_two_days_is_renewed_whatever_we_had_asked_for() -> None:
    old = granted(BOARD, 47)
    assert plan(WANTED, [old, granted(PANEL, 49)], APP, NOW) == Plan(renew=(old,))


def test_what_graph_asks_for_is_renewed_before_its_time() -> None:
    asked = granted(BOARD, 71)
    assert plan(WANTED, [asked, granted(PANEL, 71)], APP, NOW, [BOARD]) == Plan(renew=(asked,))


def test_what_ran_out_is_made_anew() -> None:
    assert plan(WANTED, [granted(BOARD, -1), granted(PANEL, 71)], APP, NOW) == Plan(make=(BOARD,))


def test_a_calendar_that_is_no_longer_in_the_agreement_is_let_go() -> None:
    stray = granted("old@council.example", 71)
    there = [granted(BOARD, 71), granted(PANEL, 71), stray]
    assert plan(WANTED, there, APP, NOW) == Plan(remove=(stray,))


def test_of_two_for_one_calendar_the_one_that_lives_longer_is_kept() -> None:
    there = [granted(BOARD, 71, "long"), granted(BOARD, 50, "short"), granted(PANEL, 71)]
    assert plan(WANTED, there, APP, NOW) == Plan(remove=(there[1],))


def test_one_without_an_address_for_its_care_is_made_anew() -> None:
    bare = granted(BOARD, 71, lifecycle_url="")
    assert plan(WANTED, [bare, granted(PANEL, 71)], APP, NOW) == Plan(make=(BOARD,), remove=(bare,))


def test_somebody_elses_is_left_alone() -> None:
    theirs = granted(BOARD, 1, url="https://another.example/api/notifications?calendar=x")
    lookalike = granted(BOARD, 1, url="https://app.example.evil/api/notifications")
    there = [theirs, lookalike, granted(BOARD, 71), granted(PANEL, 71)]
    assert plan(WANTED, there, APP, NOW) == Plan()


def test_addresses_name_a_calendar_by_its_key_alone() -> None:
    listener = WANTED[BOARD]
    assert listener.url == f"{APP}/api/notifications?calendar={calendar_key(BOARD)}"
    assert listener.lifecycle_url == f"{APP}/api/lifecycle?calendar={calendar_key(BOARD)}"
    assert "the-word" not in repr(listener)
