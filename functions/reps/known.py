"""The reps whom the ledger knows: by a key and the names of groups and roles, never by an address.

Read from the register at most once an hour, and again whenever a mail is about to leave. A rep who left the
register has no seats from then on: what was owed is dropped, and its links and its feed open nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from functions.people_read import PeopleRead, Register
from functions.telling.release import WHOLE
from functions.watch import Watch
from ledger.entries import DeliveryState, Json
from models.people import People, Rep
from models.reps import SEATS, partition_of

REPS = "reps"  # the channel of their mails, and the name under which the list of their keys is remembered
LOOKED_AT_AGAIN = timedelta(hours=1)
NO_SEAT = "has no seat any more"


@dataclass(slots=True)
class Round:
    """One round of deliveries to reps: the register is read once in it, and only if somebody is to be told."""

    watch: Watch
    now: datetime
    register: Register
    _read: PeopleRead | None = None

    async def read(self) -> PeopleRead:
        """The people as the register has them in this round; seats are brought up to date on the way."""
        if self._read is None:
            self._read = await self.register()
            if self._read.whole:
                await seats_noted(self.watch, self._read.people, self.now)
        return self._read

    async def people(self) -> People:
        """The people alone."""
        return (await self.read()).people

    async def keys(self) -> Mapping[str, datetime]:
        """Every rep that is known, and since when; looked up again where that is long ago."""
        known = (await self.watch.ledger.remembered(WHOLE)).get(REPS, {})
        read_at = known.get("read_at")
        if read_at is None or self.now - datetime.fromisoformat(read_at) >= LOOKED_AT_AGAIN:
            await self.read()
            known = (await self.watch.ledger.remembered(WHOLE)).get(REPS, {})
        return {key: datetime.fromisoformat(since) for key, since in known.get("since", {}).items()}


async def seats_noted(watch: Watch, people: People, now: datetime) -> None:
    """Write down who sits where, and what became of those who do no more; first the reps, then the list of them."""
    remembered = (await watch.ledger.remembered(WHOLE)).get(REPS, {})
    before: Mapping[str, str] = remembered.get("since", {})
    for rep in people.reps.values():
        await _seated(watch, rep)
    for key in before.keys() - people.reps.keys():
        await _left(watch, key, now)
    since = {key: before.get(key, now.isoformat()) for key in sorted(people.reps)}
    await watch.ledger.remember(WHOLE, REPS, {**remembered, "since": since, "read_at": now.isoformat()})


def seats_of(rep: Rep) -> Json:
    """What the ledger keeps of a rep's seats: `mail` are the groups of which it gets mail."""
    return {
        "groups": list(dict.fromkeys(seat.group for seat in rep.seats)),
        "roles": list(dict.fromkeys(seat.role for seat in rep.seats)),
        "mail": list(rep.groups),
    }


async def _seated(watch: Watch, rep: Rep) -> None:
    partition, seats = partition_of(rep.key), seats_of(rep)
    if dict((await watch.ledger.remembered(partition)).get(SEATS, {})) != dict(seats):
        await watch.ledger.remember(partition, SEATS, seats)


async def _left(watch: Watch, key: str, now: datetime) -> None:
    partition = partition_of(key)
    for one in await watch.ledger.deliveries(partition):
        if one.state is DeliveryState.OWED:
            await watch.ledger.drop(partition, one.key, at=now, note=NO_SEAT)
    await watch.ledger.remember(partition, SEATS, {"groups": [], "roles": [], "mail": []})
