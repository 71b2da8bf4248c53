"""How many calls to mailboxes may be under way at once: four places, a batch takes all of them.

Outlook's limit is four at a time per app id over all mailboxes, by Microsoft's own page, and the parts of
a batch count one by one (facts: graph §7). Whoever comes first is served first, so that a batch never
starves behind single calls.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakKeyDictionary

AT_ONCE = 4


class Places:
    """A number of places, and a queue in front of them. `async with places` holds one."""

    def __init__(self, count: int) -> None:
        self.count = self._free = count
        self._queue: deque[tuple[int, asyncio.Future[None]]] = deque()

    @asynccontextmanager
    async def take(self, wanted: int = 1) -> AsyncIterator[None]:
        """Hold so many places for as long as the block lasts, once they are free."""
        await self._enter(wanted)
        try:
            yield
        finally:
            self._leave(wanted)

    async def __aenter__(self) -> None:
        await self._enter(1)

    async def __aexit__(self, *_: object) -> None:
        self._leave(1)

    async def _enter(self, wanted: int) -> None:
        turn = asyncio.get_running_loop().create_future()
        self._queue.append((wanted, turn))
        self._let_in()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._leave(wanted)  # let in and called away in the same moment
            else:
                self._queue.remove((wanted, turn))
                self._let_in()
            raise

    def _leave(self, wanted: int) -> None:
        self._free += wanted
        self._let_in()

    def _let_in(self) -> None:
        while self._queue and self._queue[0][0] <= self._free:
            wanted, turn = self._queue.popleft()
            if not turn.cancelled():
                self._free -= wanted
                turn.set_result(None)


_PLACES: WeakKeyDictionary[asyncio.AbstractEventLoop, Places] = WeakKeyDictionary()


def outlook_places() -> Places:
    """The places of this whole process, however many lines to the tenant it opens."""
    return _PLACES.setdefault(asyncio.get_running_loop(), Places(AT_ONCE))
