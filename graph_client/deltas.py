"""What changed since last time, for lists and libraries: a round of pages that ends in a link for the next.

A link may be forgotten at any time (410, or a 40x with a code; facts: graph §1): then everything is read
afresh, once. Of an entry that came twice the last counts. Links are opaque and kept whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import Field

from graph_client.asked import Asked
from graph_client.asking import following
from graph_client.bodies import Page
from graph_client.errors import AnswerUnusable, ReadAfresh
from graph_client.reads import Build, Read, shape_of

if TYPE_CHECKING:
    from graph_client.tenant import Tenant


class DeltaPage(Page):
    """One page of a round; the last one has the link for the next round."""

    delta_link: str | None = Field(default=None, alias="@odata.deltaLink")


@dataclass(frozen=True, slots=True)
class Round:
    """The entries of a round by id, as they came. `whole`: everything there is, not only what changed."""

    entries: Mapping[str, Any]
    odd: tuple[Any, ...]
    link: str
    whole: bool

    @property
    def gone(self) -> frozenset[str]:
        """The ids of what was deleted."""
        return frozenset(id for id, entry in self.entries.items() if is_deleted(entry))

    @property
    def here(self) -> list[Any]:
        """What is there, and after it the entries that have no id."""
        return [*(entry for entry in self.entries.values() if not is_deleted(entry)), *self.odd]


async def read_round(tenant: "Tenant", asked: Asked, first: Build, link: str) -> Round:
    """What changed since `link` was given; everything where there is none, or where it was forgotten."""
    if link and tenant.line.is_ours(link):
        try:
            return await _round(tenant, asked, following()(link), whole=False)
        except ReadAfresh:
            pass
    return await _round(tenant, asked, first, whole=True)


def is_deleted(entry: Mapping[str, Any]) -> bool:
    """Whether an entry only says that something is gone: a `deleted` facet, even an empty one, or @removed.

    Evidence: graph_samples/drive_delta_deleted.json and calendarview_delta_page_removed.json (graph §4).
    """
    return entry.get("deleted") is not None or entry.get("@removed") is not None


async def _round(tenant: "Tenant", asked: Asked, first: Build, *, whole: bool) -> Round:
    entries: dict[str, Any] = {}
    odd: list[Any] = []
    link = ""
    async for page in Read(tenant, asked).whole_pages(first, following(), shape_of(DeltaPage)):
        for entry in page.value:
            id = str(entry.get("id") or "") if isinstance(entry, dict) else ""
            if id:
                entries.pop(id, None)
                entries[id] = entry
            else:
                odd.append(entry)
        link = page.delta_link or ""
    if not link:
        raise AnswerUnusable(asked, "it did not end with a link for the next time")
    return Round(entries, tuple(odd), link, whole)
