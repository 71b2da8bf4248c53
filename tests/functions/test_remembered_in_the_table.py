"""Whoever remembers something under a new name must say in models/retention.py how long it may stay."""

import ast
from pathlib import Path

from functions.files.last_good import LAST_GOOD
from functions.flow import PAPERS
from functions.freezing import FROZEN
from functions.gathering import LATELY, MOVED, PAPERS_SENT
from functions.homes import NOTES as HOMES_NOTES
from functions.keeping import tidying
from functions.keeping.counted import TOTALS
from functions.keeping.remembered import LEFT
from functions.last_refusals import REFUSED
from functions.pages.feed import FETCHED
from functions.reps.known import REPS
from functions.reps.round import DONE
from functions.setting_up.own_diaries import OWN_DIARIES
from functions.showing.page import PAGE
from functions.showing.remembered import SHOWN
from functions.telling.needs import (
    DRAFTS,
    FILES,
    OF_THE_PAGE,
    ON_THE_SITE,
    PEOPLE,
    PROGRAM,
    QUESTIONS,
    REPS_MAILS,
    SUBSCRIPTIONS,
    WORKFLOWS,
)
from functions.telling.release import HELD, LET_GO, RELEASED
from functions.telling.worded import PAPERS_DUE
from functions.waking import daily_pass
from functions.waking.subscribing import MEMORY
from models.reps import BEGUN, PARTITION, PREFERENCES, SEATS
from models.retention import NOTES, Place, unknown_names
from models.retention import REP as REPS_PLACE

# Every module that remembers something, and under which names. A module that is not here fails the test below.
GROUP, ALL, REP, SITE = Place.GROUP, Place.PARTNERSHIP, Place.REP, Place.SITE
REMEMBERS: dict[str, list[tuple[Place, str]]] = {
    "functions/flow.py": [
        *(
            (GROUP, name)
            for name in (PAPERS, MOVED, PAPERS_SENT, LATELY, PAPERS_DUE, "meetings ahead", SHOWN)
        ),
        (ALL, SHOWN),
        (GROUP, "record 2026-11"),
        (ALL, "record 2026-11"),
        (ALL, QUESTIONS),
        (ALL, f"{QUESTIONS} of board@council.example"),
    ],
    "functions/freezing.py": [(ALL, f"{FROZEN}2026/27-Q1")],
    "functions/homes.py": [(Place.CALENDARS, "board@council.example")],
    "functions/last_refusals.py": [(ALL, REFUSED)],
    "functions/pages/choices.py": [(REP, PREFERENCES)],
    "functions/pages/feed.py": [(REP, FETCHED)],
    "functions/pages/introduce.py": [(ALL, BEGUN)],
    "functions/reps/known.py": [(ALL, REPS), (REP, SEATS)],
    "functions/reps/noted.py": [(ALL, REPS_MAILS)],
    "functions/reps/round.py": [(ALL, DONE)],
    "functions/telling/unreached.py": [(ALL, PEOPLE)],
    "functions/drafts.py": [(ALL, DRAFTS)],
    "functions/waking/not_told.py": [(ALL, SUBSCRIPTIONS)],
    "functions/files/last_good.py": [(ALL, FILES), (ALL, f"{LAST_GOOD} school dates")],
    "functions/keeping/counted.py": [(GROUP, TOTALS), (ALL, TOTALS)],
    "functions/keeping/tidying.py": [(GROUP, LEFT), (REP, LEFT)],
    "functions/setting_up/provisioning.py": [(ALL, OWN_DIARIES)],
    "functions/showing/kept.py": [(SITE, "rows of Promises, 7"), (SITE, "changes of Promises")],
    "functions/showing/page.py": [(SITE, PAGE), (ALL, OF_THE_PAGE)],
    "functions/showing/showing.py": [(ALL, ON_THE_SITE)],
    "functions/telling/holding.py": [(ALL, HELD)],
    "functions/telling/refused.py": [(ALL, WORKFLOWS)],
    "functions/telling/release.py": [(GROUP, RELEASED), (ALL, LET_GO)],
    "functions/waking/once_a_day.py": [(ALL, daily_pass.NAME), (ALL, tidying.NAME)],
    "functions/waking/put_aside.py": [(ALL, PROGRAM)],
    "functions/waking/subscribing.py": [(ALL, MEMORY)],
}
STEPS = ("remember", "change_remembered")


def test_every_module_that_remembers_is_known(house: Path) -> None:
    found = set()
    for path in (house / "functions").rglob("*.py"):
        calls = (one.func for one in ast.walk(ast.parse(path.read_text())) if isinstance(one, ast.Call))
        if any(isinstance(call, ast.Attribute) and call.attr in STEPS for call in calls):
            found.add(str(path.relative_to(house)))
    assert found <= set(REMEMBERS) | {"functions/keeping/erasing.py"}, (
        "add it here, and to models/retention.py"
    )


def test_the_places_of_the_ledger_are_called_as_elsewhere() -> None:
    assert (NOTES, REPS_PLACE) == (HOMES_NOTES, PARTITION)
    assert not unknown_names(ALL, [BEGUN])
    assert not unknown_names(REP, [PREFERENCES])


def test_every_name_is_in_the_table() -> None:
    told = [(place, name) for names in REMEMBERS.values() for place, name in names]
    assert not [(place, name) for place, name in told if unknown_names(place, [name])]
