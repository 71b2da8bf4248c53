"""Many reads by twenties: what failed for the moment is asked again in a later batch, by the same rules.

A part that was told to wait does not hold up the rest; nothing is asked again before its time, and each
has its own patience. Only where the whole call fails does everybody wait.
"""

from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import islice
from typing import TYPE_CHECKING

from graph_client.asked import Asked
from graph_client.batch import MOST, Answered, ask_together
from graph_client.errors import GraphError, PersonMustAct, TryAgainLater
from graph_client.reads import Build
from graph_client.waiting import Hours, Patience

if TYPE_CHECKING:
    from graph_client.tenant import Tenant

Outcome = Answered | GraphError


@dataclass(slots=True, order=True)
class _Try[Thing]:
    """One thing to be read: when it may next be asked, and what patience is left for it."""

    due: float
    number: int
    thing: Thing = field(compare=False)
    asked: Asked = field(compare=False)
    build: Build = field(compare=False)
    patience: Patience = field(compare=False)
    tried: int = field(default=0, compare=False)
    renewed: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class _Since:
    """What holds for all parts of one call: when its answer came, one jitter, and whether the token is new.

    One jitter, so that parts that were told to wait together go together.
    """

    now: float
    spread: float
    fresh_token: bool


class BatchReads[Thing]:
    """Reads things in batches. `asks` gives each thing with what is asked for it, and is drawn on as needed."""

    def __init__(
        self, tenant: "Tenant", asks: Iterable[tuple[Thing, Asked, Build]], whole: Asked, *, outlook: bool
    ) -> None:
        self._tenant, self._whole, self._outlook = tenant, whole, outlook
        self._hours = Hours(tenant.sleep)
        self._later: list[_Try[Thing]] = []
        self._fresh: Iterator[_Try[Thing]] = (
            _Try(0.0, number, *ask, tenant.patience()) for number, ask in enumerate(asks)
        )
        self._line_is_down = False  # the last whole call used up all patience: the next has one try

    async def rounds(self) -> AsyncGenerator[list[tuple[Thing, Outcome]]]:
        """What is settled after each call: an answer, or the error that ended it. Each thing comes once."""
        while batch := await self._next():
            yield [(each.thing, outcome) for each, outcome in await self._round(batch) if outcome]

    async def _next(self) -> list[_Try[Thing]]:
        batch = self._due(self._hours.now())
        batch += islice(self._fresh, MOST - len(batch))
        if not batch and self._later:
            moment = self._later[0].due
            await self._hours.wait_until(moment)
            batch = self._due(moment)
        return batch

    def _due(self, now: float) -> list[_Try[Thing]]:
        due: list[_Try[Thing]] = []
        while self._later and len(due) < MOST and self._later[0].due <= now:
            due.append(heappop(self._later))
        return due

    async def _round(self, batch: Sequence[_Try[Thing]]) -> list[tuple[_Try[Thing], Outcome | None]]:
        try:
            outcomes: Sequence[Outcome] = await self._once(batch)
            self._line_is_down = False
        except GraphError as error:
            return await self._after_whole_failure(batch, error)
        return await self._settled(batch, outcomes)

    async def _once(self, batch: Sequence[_Try[Thing]]) -> Sequence[Outcome]:
        """One call. It may take as long as the most patient of its parts has left."""
        longest = max((each.patience for each in batch), key=lambda patience: patience.left)
        before = longest.left
        try:
            async with self._place(), longest.under_way():
                return await ask_together(
                    self._tenant, [(one.asked, one.build) for one in batch], self._whole
                )
        except TimeoutError:
            raise TryAgainLater(self._whole, "no answer in time") from None
        finally:
            for each in batch:
                each.patience.left -= before - longest.left if each.patience is not longest else 0.0

    def _place(self) -> AbstractAsyncContextManager[None]:
        places = self._tenant.line.outlook
        return places.take(places.count) if self._outlook else nullcontext()

    async def _after_whole_failure(
        self, batch: Sequence[_Try[Thing]], error: GraphError
    ) -> list[tuple[_Try[Thing], Outcome | None]]:
        if self._line_is_down and isinstance(error, TryAgainLater):
            return [(each, error.about(each.asked)) for each in batch]
        settled = await self._settled(batch, [error.about(each.asked) for each in batch])
        self._line_is_down = isinstance(error, TryAgainLater) and all(outcome for _, outcome in settled)
        if self._later:
            await self._hours.wait_until(self._later[0].due)
        return settled

    async def _settled(
        self, batch: Sequence[_Try[Thing]], outcomes: Sequence[Outcome]
    ) -> list[tuple[_Try[Thing], Outcome | None]]:
        """Each outcome that stands; None where it will be asked again."""
        fresh_token = await self._fresh_token(batch, outcomes)
        since = _Since(self._hours.now(), self._tenant.jitter(), fresh_token)
        pairs = zip(batch, outcomes, strict=True)
        return [(each, self._again(each, outcome, since)) for each, outcome in pairs]

    def _again(self, each: _Try[Thing], outcome: Outcome, since: _Since) -> Outcome | None:
        each.tried += 1
        if isinstance(outcome, TryAgainLater):
            try:
                each.due = since.now + each.patience.spend(outcome, each.tried, since.spread)
            except TryAgainLater:
                return outcome
        elif since.fresh_token and _is_refused_token(outcome) and not each.renewed:
            each.due, each.renewed = since.now, True
        else:
            return outcome
        heappush(self._later, each)
        return None

    async def _fresh_token(self, batch: Sequence[_Try[Thing]], outcomes: Sequence[Outcome]) -> bool:
        """A token may be called back before its time, with a batch half done: one fresh one for all."""
        pairs = zip(batch, outcomes, strict=True)
        wanted = any(_is_refused_token(outcome) and not each.renewed for each, outcome in pairs)
        return wanted and await self._tenant.line.tokens.renew()


def _is_refused_token(outcome: Outcome) -> bool:
    return isinstance(outcome, PersonMustAct) and outcome.status == 401
