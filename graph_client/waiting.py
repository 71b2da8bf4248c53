"""How long to wait before asking again: as we were told, else longer each time, and never past a budget.

Kiota's own retries are switched off: they send a mail four times, don't understand a fractional
Retry-After and give up at 180 seconds (facts: graph §8).
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import isfinite

from graph_client.errors import TryAgainLater

FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0  # seconds, where nobody says how long
TRIES = 8
A_HAIR = 1e-6  # seconds: more than sums of such numbers are ever off

Sleep = Callable[[float], Awaitable[None]]
Jitter = Callable[[], float]


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """The wait that an answer asks for: seconds, a fraction of them ("2.128"), or a date.

    A date is measured from the answer's own Date where it has one, so that a wrong clock here or there
    does not change the wait.
    """
    told = headers.get("retry-after", "").strip()
    try:
        seconds = float(told)
    except ValueError:
        until = _date(told)
        seconds = (until - (_date(headers.get("date", "")) or now)).total_seconds() if until else -1.0
    return seconds if isfinite(seconds) and seconds >= 0 else None


def _date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Patience:
    """The seconds that one read may still take, over all its pages: under way, and waiting."""

    def __init__(self, budget: float, sleep: Sleep, jitter: Jitter) -> None:
        self.left = budget
        self._sleep = sleep
        self._jitter = jitter

    @asynccontextmanager
    async def under_way(self) -> AsyncIterator[None]:
        """A call under way: TimeoutError when nothing is left for it, though it may still drip in."""
        clock = asyncio.get_running_loop().time
        started = clock()
        try:
            async with asyncio.timeout(max(0.0, self.left)):
                yield
        finally:
            self.left -= clock() - started

    async def wait(self, later: TryAgainLater, tried: int) -> None:
        """Wait before the next try; raise `later` itself where that would take too long."""
        await self._sleep(self.spend(later, tried, self._jitter()))

    def spend(self, later: TryAgainLater, tried: int, spread: float) -> float:
        """Set the next wait aside without waiting, and say how long it is; `spread` is from 0 to 1."""
        seconds = _seconds(later.after, tried, spread)
        if tried >= TRIES or seconds > self.left:
            raise later
        self.left -= seconds
        return seconds


def _seconds(told: float | None, tried: int, spread: float) -> float:
    if told is not None:
        return told + spread * min(1.0, told / 4)  # never less than we were told
    growing = FIRST_WAIT * float(2 ** (tried - 1))
    return min(LONGEST_WAIT, growing) * (0.5 + spread / 2)


class Hours:
    """Time as one reading sees it, which passes by waiting too where a test waits for nothing."""

    def __init__(self, sleep: Sleep) -> None:
        self._sleep = sleep
        self._clock = asyncio.get_running_loop().time
        self._skipped = 0.0

    def now(self) -> float:
        """Seconds, of no particular beginning."""
        return self._clock() + self._skipped

    async def wait_until(self, moment: float) -> None:
        """Wait until then; `now` is not before it afterwards, though a sleep may end a hair too soon."""
        await self._sleep(max(0.0, moment - self.now()))
        short = moment - self.now()
        if short > 0:
            self._skipped += short + A_HAIR
