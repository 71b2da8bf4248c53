"""One mail of every kind to officers, the manager and the forum's chair, with the texts that are shipped."""

from collections.abc import Iterator
from datetime import date

from models.alerts import AlertState
from models.findings import State
from tests.wording.invented import AGREEMENT, BOARD, COMMS, meeting, papers
from tests.wording.invented_cards import TEXTS, a_series, alert, crowded, half_term, hours, needs
from wording.cards import managers_said
from wording.mails.letter import Letter
from wording.mails.manager import managers_letter
from wording.mails.officers import piece_letter
from wording.pieces import Piece, alert_piece, check_piece, ended_piece, not_agreed_piece, reason_piece

PAGE = "https://watch.council.example/p/abc.def"
TUESDAY = date(2026, 12, 8)


def alert_of(found: list, *lines: str) -> Piece:
    piece = alert_piece(TEXTS, alert(found), found, AGREEMENT.promise(found[0].promise), answer=PAGE)
    return piece.after(*lines)


def late_papers() -> list:
    never = "Papers were due by the end of Thursday 3 December 2026. We can't see that they went out."
    held = meeting(BOARD, date(2026, 12, 11), "10:30", "12:30", BOARD)  # a Friday
    return [papers(State.MISSED, never, held)]


def pieces() -> Iterator[tuple[str, Piece]]:
    one, late = [hours(COMMS, TUESDAY)], late_papers()
    hours_promise, papers_promise = AGREEMENT.promise("P04"), AGREEMENT.promise(late[0].promise)
    reason = "New figures are due on Friday"
    wrong = "It was moved in August"
    yield "first", alert_of(one)
    yield "second", alert_of(one, TEXTS.say("ladder.second", day="Monday 30 November 2026"))
    yield (
        "second-to-the-deputy",
        alert_of(one, TEXTS.say("ladder.second_other", day="Monday 30 November 2026")),
    )
    yield "third", alert_of(one, TEXTS.say("ladder.third"))
    yield "away", alert_of(one, TEXTS.say("ladder.away"))
    yield "series", alert_of(a_series())
    yield "reason", reason_piece(TEXTS, alert(late), late, papers_promise, reason, PAGE)
    yield "not-this-time", not_agreed_piece(TEXTS, alert(late), late)
    yield "check", check_piece(TEXTS, alert(one), one, hours_promise, wrong, days=5, answer=PAGE)
    yield (
        "check-again",
        check_piece(TEXTS, alert(one), one, hours_promise, "", days=5, reminder=True, answer=PAGE),
    )
    yield "put-right", ended_piece(TEXTS, alert(one, AlertState.PUT_RIGHT), COMMS)
    yield "we-got-it-wrong", ended_piece(TEXTS, alert(one, AlertState.TAKEN_BACK), COMMS)


def round_up() -> list[Piece]:
    return [
        alert_of([half_term()]),
        alert_of([hours(COMMS, TUESDAY)]),
        ended_piece(TEXTS, alert(a_series(), AlertState.PUT_RIGHT), COMMS),
    ]


def letters() -> Iterator[tuple[str, Letter]]:
    for name, piece in pieces():
        yield name, piece_letter(TEXTS, [piece])
    yield "round-up", piece_letter(TEXTS, round_up())
    yield "managers-list", managers_letter(TEXTS, managers_said(TEXTS, needs(), AGREEMENT))
    yield (
        "managers-list-of-500",
        managers_letter(TEXTS, managers_said(TEXTS, crowded(), AGREEMENT), again=True),
    )
    yield "sent-again", piece_letter(TEXTS, [alert_of([hours(COMMS, TUESDAY)])], again=True)
    yield (
        "hostile",
        piece_letter(
            TEXTS, [alert_of([hours("**[Board](http://x)** `<b>` \u202e\x1b[31m\r\nBcc: a@b", TUESDAY)])]
        ),
    )
