"""One round of deliveries to reps, inside the hours in which people may be told.

Cheap when there is nothing to do: what reps are owed is worked out once an hour, and again when something ahead
of them has changed.
"""

from datetime import datetime
from hashlib import sha256

from functions.people_read import Register
from functions.reps.ahead import AHEAD
from functions.reps.asks import ASK, PASSED_ON
from functions.reps.heard import Ahead
from functions.reps.known import REPS, Round
from functions.reps.noted import noted
from functions.reps.owing import INTRODUCE, owe_reps
from functions.reps.sending import send_one
from functions.telling.mailing import Became
from functions.telling.release import RELEASED, WHOLE
from functions.watch import Watch
from ledger.entries import DeliveryState
from models.days import LONDON
from models.reps import BEGUN

DONE = "reps' round"  # the name under which the last whole round is remembered, by what it looked at
SENT_AGAIN = frozenset({ASK, PASSED_ON, INTRODUCE})


async def reps_told(watch: Watch, now: datetime, register: Register) -> tuple[tuple[str, str], ...]:
    """Owe what reps are to be told, and send what is due; gives back the group and key of what was tried."""
    if watch.observing or watch.send_mail is None:
        return ()
    round, ahead = Round(watch, now, register), Ahead(watch)
    looked_at = await _looked_at(watch, now)
    fresh = (await watch.ledger.remembered(WHOLE)).get(DONE, {}).get("at") != looked_at
    if fresh:
        await owe_reps(round, ahead)
    await _unsure_again(watch, now)
    tried = await _sent(round, ahead)
    if fresh or tried:
        await noted(round)
        await watch.ledger.remember(WHOLE, DONE, {"at": looked_at})
    return tried


async def _sent(round: Round, ahead: Ahead) -> tuple[tuple[str, str], ...]:
    """Send one after the other; where Exchange takes no more for now, the rest waits."""
    watch, now = round.watch, round.now
    tried = []
    for one in await watch.ledger.due(now):
        if one.channel != REPS:
            continue
        tried.append((one.group, one.key))
        if await send_one(round, one, ahead) is Became.LATER:
            break
    return tuple(tried)


async def _unsure_again(watch: Watch, now: datetime) -> None:
    """What may not have reached an officer, the manager or the chair is sent again; never what went to a rep."""
    for one in await watch.ledger.find_unsure(now):
        if one.channel == REPS and one.value.get("kind") in SENT_AGAIN and one.state is DeliveryState.UNSURE:
            await watch.ledger.put_off(one.group, one.key, by=watch.by, not_before=now)


async def _looked_at(watch: Watch, now: datetime) -> str:
    """A print of what a round is made from: the hour, the chair's word, and each group's meetings ahead."""
    seen = [
        f"{now.astimezone(LONDON):%Y-%m-%d %H}",
        str(dict(await watch.ledger.remembered(WHOLE)).get(BEGUN)),
    ]
    for group in watch.book.agreement.groups:
        remembered = await watch.ledger.remembered(group.name)
        seen += [str(remembered.get(AHEAD, {}).get("read_at")), str(remembered.get(RELEASED, {}).get("at"))]
    return sha256("\n".join(seen).encode()).hexdigest()[:20]
