"""Whatever is sent to a page: it answers, says at most one thing, and what was typed is harmless in it."""

import asyncio
import os
import re
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from hypothesis import given, settings
from hypothesis import strategies as st

from functions.pages.asked import FORM
from functions.pages.days import day_in
from ledger import open_ledger
from tests.functions.pages_stage import EVERY_PAGE, at_a_desk

DOES = [
    "hand",
    "sent",
    "none",
    "coming",
    "reason",
    "wrong",
    "undo",
    "agree",
    "stands",
    "open",
    "call",
    "choose",
    "x",
]
TYPED = st.one_of(
    st.text(max_size=600), st.sampled_from(["<b>", "\u202eabc", "a\r\nb: c", "2026-11-24", "all", "3"])
)
FORMS = st.dictionaries(
    st.sampled_from(["text", "day", "which", "turn", "at_once", "other"]), TYPED, max_size=5
)


@settings(max_examples=600 if os.environ.get("HYPOTHESIS_PROFILE") == "prove" else 12)
@given(link=st.sampled_from(sorted(EVERY_PAGE)), do=st.sampled_from(DOES), form=FORMS)
def test_any_form_has_an_answer_and_says_one_thing_at_most(link: str, do: str, form: dict[str, str]) -> None:
    async def press() -> None:
        with tempfile.TemporaryDirectory() as folder:
            async with open_ledger(f"sqlite:///{folder}/ledger.sqlite3") as ledger:
                desk = at_a_desk(ledger, Path(folder))
                await desk.begin()
                sent = urlencode({"do": do, **form}, errors="replace").encode()
                answers = [await desk.press(EVERY_PAGE[link], FORM, sent) for _ in range(2)]
                assert {one.status for one in answers} <= {200, 400}
                assert len([one for one in await desk.said() if not one.undoes]) <= 1
                body = re.sub(r"<style>.*?</style>", "", answers[0].body.decode(), flags=re.DOTALL)
                assert "<b>" not in body
                assert "\u202e" not in body

    asyncio.run(press())


@given(st.text(max_size=200))
def test_any_words_are_a_day_or_none(words: str) -> None:
    day_in(words)


@given(st.dates(min_value=day_in("2020-01-01"), max_value=day_in("2040-12-31")))
def test_a_day_is_read_as_people_write_it(day) -> None:
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%A, %d %B %Y", "%a %d %b %Y", " %d  %b %Y "):
        assert day_in(day.strftime(form)) == day, form
