"""What the partnership manager should know of the mails to reps: those that could not go, or may not have come."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from functions.links import link
from functions.reps.asks import ASK, PASSED_ON
from functions.reps.known import REPS, Round
from functions.reps.owing import INTRODUCED, begun_at
from functions.reps.sending import REFUSED, TO_REPS
from functions.telling.needs import REPS_MAILS
from functions.telling.release import WHOLE
from functions.watch import Watch
from ledger.entries import Delivery, DeliveryState
from models import spoken
from models.days import LONDON
from models.links import Purpose
from models.reps import SEATS

LATELY = timedelta(days=14)
WAITED = timedelta(days=14)  # for the chair's word


async def noted(round: Round) -> None:
    """Put together the manager's questions about reps' mails, and write them down where they changed."""
    watch, now = round.watch, round.now
    lately = await watch.ledger.deliveries(since=now - LATELY)
    mails = [one for one in lately if one.channel == REPS]
    asked = [*(await _of_mails(watch, mails, now)), *(await _of_the_start(round))]
    before = (await watch.ledger.remembered(WHOLE)).get(REPS_MAILS, {})
    if list(before.get("questions", ())) != asked:
        await watch.ledger.remember(WHOLE, REPS_MAILS, {"questions": asked, "unplaced": []})


async def _of_mails(watch: Watch, mails: Iterable[Delivery], now: datetime) -> list[str]:
    questions: list[str] = []
    for one in mails:
        if now - (one.settled_at or one.not_before) > LATELY:
            continue
        if one.value.get("kind") in TO_REPS:
            questions += await _of_a_reps(watch, one)
        elif one.value.get("kind") in (ASK, PASSED_ON) and one.state is DeliveryState.DROPPED:
            questions += _of_an_ask(one)
    return list(dict.fromkeys(questions))


async def _of_a_reps(watch: Watch, one: Delivery) -> Sequence[str]:
    refused = one.state is DeliveryState.DROPPED and one.note.startswith(REFUSED)
    if one.state is not DeliveryState.UNSURE and not refused:
        return ()
    seats = (await watch.ledger.remembered(one.group)).get(SEATS, {})
    roles = [str(role) for role in seats.get("roles", ())]
    who = f"the {spoken.listed(roles)}" if roles else "a forum rep who has left the register"
    day = spoken.day((one.settled_at or one.not_before).astimezone(LONDON).date())
    if refused:
        return (f"The mail of {day} to {who} did not go: {one.note.removeprefix(REFUSED)}",)
    return (
        (
            f"We can't tell if the mail of {day} reached {who}. It is not sent again, so that nobody gets it twice. "
            "Please ask them, and send on what they need."
        ),
    )


def _of_an_ask(one: Delivery) -> Sequence[str]:
    day = spoken.day(datetime.fromisoformat(one.value["at"]).astimezone(LONDON).date())
    if one.note.startswith(REFUSED):
        return (f"What a forum rep asked on {day} could not be sent on: {one.note.removeprefix(REFUSED)}",)
    if "address in the register" not in one.note:
        return ()
    whose = "its officer" if one.value["kind"] == ASK else "the partnership manager"
    return (
        (
            f"A forum rep of {one.group} asked for help on {day}, and {whose} has no address that we know. "
            "Please add the role to the list of contacts, and see what the rep needs."
        ),
    )


async def _of_the_start(round: Round) -> Sequence[str]:
    """Why no rep gets a mail as yet, where it is not just the chair's turn."""
    watch, now = round.watch, round.now
    remembered = await watch.ledger.remembered(WHOLE)
    known: Mapping[str, str] = remembered.get(REPS, {}).get("since", {})
    if not known or begun_at(remembered) is not None:
        return ()
    if not link(watch, Purpose.INTRODUCE, watch.book.agreement.telling.forum_chair, now):
        return (
            (
                "Forum reps get no mail yet, as the forum's chair has no page on which to say yes: set "
                "PROTOCOL_WATCH_PUBLIC_URL and PROTOCOL_WATCH_SIGNING_KEY."
            ),
        )
    asked = [one for one in await watch.ledger.deliveries(INTRODUCED) if one.channel == REPS]
    if not asked:
        people = (await round.read()).people
        role = watch.book.agreement.telling.forum_chair
        if people.contact(role) is None:
            return (
                (
                    f"Forum reps get no mail yet, as we can't ask the forum's chair: add the role '{role}' "
                    "to the list of contacts."
                ),
            )
        return ()
    [one] = asked
    since = one.settled_at or one.not_before
    if one.state is DeliveryState.DROPPED and one.note.startswith(REFUSED):
        return (f"We could not ask the forum's chair about mails to reps: {one.note.removeprefix(REFUSED)}",)
    if one.state in (DeliveryState.PAID, DeliveryState.UNSURE) and now - since > WAITED:
        day = spoken.day(since.astimezone(LONDON).date())
        return (
            f"Forum reps get no mail yet: we asked the forum's chair on {day} and have no word. Please ask them.",
        )
    return ()
