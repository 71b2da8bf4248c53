"""Cards: golden files a person can open, words that stay words, and the real renderer's opinion."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.alerts import Alert, AlertState, alert_key
from models.findings import Finding, State
from tests.wording.invented import AGREEMENT, BOARD, COMMS, HOSTILE, NOW, finding, meeting, papers
from wording.cards import ENDED, alert_card, ended_card

GOLDEN = Path(__file__).parent / "golden" / "cards"
ALLOWED = {"AdaptiveCard", "TextBlock", "Container", "Action.ToggleVisibility"}
LARGEST = 18 * 1024


def alert(found: list[Finding], state: AlertState = AlertState.OPENED) -> Alert:
    return Alert(
        key=alert_key(found[0]),
        promise=found[0].promise,
        group=found[0].group,
        state=state,
        opened_at=NOW,
        changed_at=NOW,
    )


def card(found: list[Finding], *, again: bool = False) -> dict:
    return alert_card(alert(found), found, AGREEMENT.promise(found[0].promise), again=again)


def hours(title: str, day: date, state: State = State.AT_RISK, **more: object) -> Finding:
    about = meeting(title, day, "09:30", "11:00", COMMS, **more)
    return finding("P04", state, "It starts at 9:30am, before 10am.", about)


def a_series() -> list[Finding]:
    first = date(2026, 11, 10)
    return [
        hours("Communications Priority Group", first + timedelta(weeks=n), series="series@x")
        for n in range(10)
    ]


def examples() -> Iterator[tuple[str, dict]]:
    board = meeting(BOARD, date(2026, 12, 11), "10:30", "12:30", BOARD)
    january = meeting(BOARD, date(2027, 1, 5), "10:30", "12:30", BOARD)
    half_term = meeting(BOARD, date(2027, 2, 18), "10:30", "12:30", BOARD)
    private = meeting("About Sam", date(2026, 12, 11), "15:00", "16:00", BOARD, private=True)
    late = "Papers went out on Tuesday 8 December 2026; they were due by the end of Friday 4 December 2026."
    waiting = (
        "Papers are due by the end of Wednesday 23 December 2026 "
        "(or Thursday 24 December 2026, if the day of sending counts). We can't see them yet."
    )
    shut = "Thursday 18 February 2027 is in half term for most Westshire County Council schools."
    past_two = "It starts at 3pm, after 2pm."
    yield "hours", card([hours("Communications Priority Group", date(2026, 12, 8))])
    yield "hours-of-a-series", card(a_series())
    yield "hours-in-the-past", card([hours("Communications Priority Group", date(2026, 11, 3), State.MISSED)])
    yield "hours-of-a-private-meeting", card([finding("P04", State.AT_RISK, past_two, private)])
    yield "holidays", card([finding("P05", State.AT_RISK, shut, half_term)])
    yield "papers-not-seen-over-christmas", card([papers(State.AT_RISK, waiting, january)])
    yield "papers-late", card([papers(State.MISSED, late, board)])
    yield "sent-again", card([hours("Communications Priority Group", date(2026, 12, 8))], again=True)
    for state in ENDED:
        yield (
            str(state).replace(" ", "-"),
            ended_card(alert(a_series(), state), "Communications Priority Group"),
        )


@pytest.mark.parametrize(
    ("name", "drawn"), list(examples()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_each_kind_of_card_is_as_it_was(name: str, drawn: dict) -> None:
    path = GOLDEN / f"{name}.json"
    written = json.dumps(drawn, ensure_ascii=False, indent=2) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(written, "utf-8")
    assert path.read_text("utf-8") == written


def elements(part: object) -> Iterator[dict]:
    if isinstance(part, dict):
        if "type" in part:
            yield part
        for value in part.values():
            yield from elements(value)
    elif isinstance(part, list):
        for value in part:
            yield from elements(value)


@given(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=200)))
def test_a_title_can_only_be_words(title: str) -> None:
    drawn = card([hours(title, date(2026, 12, 8))])
    assert {part["type"] for part in elements(drawn)} <= ALLOWED
    assert len(json.dumps(drawn)) < LARGEST
    assert drawn["version"] == "1.5"
    assert drawn["fallbackText"]
    for part in elements(drawn):
        if part["type"] == "TextBlock":
            assert part["wrap"] is True
            text = str(part["text"])
            assert not re.search(r"(?<!\\)[`*_\[\]<>#|~]", text)  # no mark that Teams reads as markdown
            assert text.isprintable() or " " in text
            assert "\n" not in text


@given(
    st.text(min_size=3, max_size=30, alphabet="abcdefgh"),
    st.text(min_size=3, max_size=30, alphabet="ijklmnop"),
)
def test_nobodys_address_is_on_a_card(name: str, place: str) -> None:
    organiser = f"{name}@council.example"
    drawn = card(
        [hours("Communications Priority Group", date(2026, 12, 8), organiser=organiser, place=place)]
    )
    assert "@" not in json.dumps(drawn)
    assert drawn == card([hours("Communications Priority Group", date(2026, 12, 8))])


def test_a_series_tells_what_is_ahead_and_not_what_is_over() -> None:
    over = [hours("Communications Priority Group", date(2026, 11, 3), State.MISSED, series="s@x")]
    ahead = [hours("Communications Priority Group", date(2026, 12, 8), series="s@x")]
    assert "3 Nov" not in json.dumps(card(over + ahead))
    assert "move" in json.dumps(card(ahead)) or "put right" in json.dumps(card(ahead))


def test_a_long_year_of_dates_stays_short() -> None:
    first = date(2026, 11, 10)
    year = [hours("Group", first + timedelta(weeks=n), series="s@x") for n in range(52)]
    drawn = card(year)
    assert "and 44 more" in json.dumps(drawn)
    assert len(json.dumps(drawn)) < 4_000


def test_the_real_renderer_draws_every_card(shared: Path, house: Path, tmp_path: Path) -> None:
    """Adaptivecards in a browser: no unknown element, nothing newer than Teams takes, at phone and desktop width."""
    modules = Path(os.environ.get("NODE_MODULES_FROM", house / "package.json"))
    if not shutil.which("node") or not shutil.which("chromium"):
        pytest.skip("needs node and chromium")
    if not (modules.parent / "node_modules" / "adaptivecards").is_dir():
        pytest.skip("needs adaptivecards and playwright-core: npm install, or set NODE_MODULES_FROM")
    renderer = shared / "tools" / "render_card.mjs"
    for name, drawn in list(examples())[:7]:
        source = tmp_path / f"{name}.json"
        source.write_text(json.dumps(drawn), "utf-8")
        done = subprocess.run(
            ["node", str(renderer), str(source), str(tmp_path / f"{name}.png")],
            env={**os.environ, "NODE_MODULES_FROM": str(modules)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, f"{name}: {done.stderr}"
