"""Where we were wrong, everybody who was told hears so."""

from dataclasses import replace

from functions.saved import statement_saved
from ledger.entries import StatementEntry
from models.facts import Said, Statement
from models.terms import Term, Terms
from tests.stories.stage import Stage, at, meeting

BOARD = "SEND Partnership Board"


async def test_school_dates_that_were_mended_take_the_alert_back(stage: Stage) -> None:
    stage.calendar(meeting(BOARD, "Thu 18 Feb 2027 10:30"))
    await stage.run()
    assert len(stage.headlines) == 1
    main = stage.book.agreement.terms.main
    calendar = stage.book.terms.of(main)
    open_then = tuple(
        Term(term.name, term.first, at("Fri 19 Feb 2027 00:00").date(), term.year)
        if term.last == at("Fri 12 Feb 2027 00:00").date()
        else term
        for term in calendar.terms
    )
    assert open_then != calendar.terms
    mended = dict(stage.book.terms.calendars) | {main: replace(calendar, terms=open_then)}
    stage.book = replace(stage.book, terms=Terms(mended))
    await stage.run()
    assert len(stage.headlines) == 2
    assert "wrong" in str(stage.cards[1]).lower()
    assert "sorry" in str(stage.cards[1]).lower()


async def _say(stage: Stage, what: Said) -> None:
    async with stage.watching() as watch:
        alerts = await watch.ledger.alerts(BOARD)
        [entry] = alerts.values()
        [key] = entry.value["alert"]["dates"]
        said = Statement(what, entry.value["alert"]["promise"], key, "", "Officer", "council", stage.clock())
        id = f"{what}-{stage.clock().isoformat()}"
        await watch.ledger.add_statements(BOARD, [StatementEntry(id, said.at, statement_saved(said))])


async def test_the_manager_says_that_we_were_wrong(stage: Stage) -> None:
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 09:30"))
    await stage.run()
    await _say(stage, Said.OUR_MISTAKE)
    await stage.run()
    await stage.days_pass(3)
    assert len(stage.headlines) == 2
    assert "wrong" in str(stage.cards[1]).lower()


async def test_while_it_is_being_checked_nobody_hears_more(stage: Stage) -> None:
    stage.calendar(meeting(BOARD, "Fri 11 Dec 2026 09:30"))
    stage.world.faults.answer("workflows", 429, times=1)  # the card could not leave yet
    await stage.run()
    await _say(stage, Said.CONTEST)
    await stage.days_pass(3)
    assert stage.headlines == []
    await _say(stage, Said.STANDS)
    await stage.days_pass(2)
    assert stage.headlines == [f"Starts before 10am: {BOARD}"]
