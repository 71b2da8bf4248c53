"""The quiet first day, and its end: until a group is released, only the partnership manager hears of it.

What is new to us is full of surprises: the first read of a calendar, a new agreement, new school dates.
The manager looks at one list first, and lets the telling start group by group.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from ledger.entries import Json
from ledger.port import Ledger
from models.agreement import Operator
from models.alerts import Alert
from models.rulebook import Rulebook

RELEASED = "released"  # the name under which a group's release is remembered
HELD, LET_GO = "held", "let go"  # of the whole partnership
WHOLE = ""


@dataclass(frozen=True, slots=True)
class Release:
    """What a group was released with: the agreement and the school dates the manager had looked at."""

    agreement: str
    terms: str
    at: datetime


def released(remembered: Mapping[str, Json], book: Rulebook) -> Release | None:
    """The release of a group under the present agreement; None where it is quiet."""
    saved = remembered.get(RELEASED)
    if saved is None or saved["agreement"] != book.agreement.key:
        return None
    return Release(saved["agreement"], saved["terms"], datetime.fromisoformat(saved["at"]))


def is_quiet(alert: Alert, release: Release | None, book: Rulebook) -> bool:
    """Whether only the manager hears of this alert.

    So it is before the group's release; with school dates that nobody has checked, or that came after it;
    and with what is about no group, such as a request or a share of months: that is the manager's own.
    """
    if not alert.group or release is None:
        return True
    about_terms = {one.id for one in book.agreement.promises if one.operator is Operator.CALENDAR}
    if alert.promise not in about_terms:
        return False
    return not terms_are_checked(book) or release.terms != print_of_terms(book)


def terms_are_checked(book: Rulebook) -> bool:
    """Whether somebody has said that the main authority's school dates are right."""
    return bool(book.terms.of(book.agreement.terms.main).checked_by)


def print_of_terms(book: Rulebook) -> str:
    """A fingerprint of the school dates in use: another one after any change of them."""
    used = (book.agreement.terms.main, *book.agreement.terms.also_warn)
    calendars = [book.terms.of(name) for name in used]
    said = [
        (one.name, [(term.first, term.last) for term in (*one.terms, *one.holidays)], sorted(one.shut_days))
        for one in calendars
    ]
    return sha256(repr(said).encode()).hexdigest()[:20]


async def quiet_groups(ledger: Ledger, book: Rulebook) -> tuple[str, ...]:
    """The groups of which only the manager hears as yet, in the agreement's order."""
    names = [group.name for group in book.agreement.groups]
    return tuple([name for name in names if released(await ledger.remembered(name), book) is None])


async def release(ledger: Ledger, book: Rulebook, groups: Sequence[str], now: datetime) -> tuple[str, ...]:
    """Start telling people of these groups; gives back those for which that is new.

    `groups` are names as the agreement spells them. To release twice does nothing, but after a new
    agreement or new school dates it says that the manager has looked at those too.
    """
    new = []
    for name in groups:
        before = released(await ledger.remembered(name), book)
        if before is None or before.terms != print_of_terms(book):
            said = {"agreement": book.agreement.key, "terms": print_of_terms(book), "at": now.isoformat()}
            await ledger.remember(name, RELEASED, said)
            new.append(name)
    return tuple(new)


async def held_keys(ledger: Ledger) -> frozenset[str]:
    """The deliveries that wait because too many came up at once, until the manager lets them go."""
    remembered = await ledger.remembered(WHOLE)
    return frozenset(remembered.get(HELD, {}).get("keys", ())) - let_go_keys(remembered)


def let_go_keys(remembered: Mapping[str, Json]) -> frozenset[str]:
    """The deliveries that were held once, and that the manager has let go."""
    return frozenset(remembered.get(LET_GO, {}).get("keys", ()))


async def let_held_go(ledger: Ledger, now: datetime) -> int:
    """Let go what was held; how many deliveries that are."""
    held = await held_keys(ledger)
    if held:
        before = let_go_keys(await ledger.remembered(WHOLE))
        await ledger.remember(WHOLE, LET_GO, {"keys": sorted(before | held), "at": now.isoformat()})
    return len(held)
