"""What `release` says: a line for each group, and what still stands in the way of people being told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models import spoken
from wording.plain import LINE, clean


@dataclass(frozen=True, slots=True, kw_only=True)
class LetGo:
    """What a release did: the groups that are `new`, those told `already`, those never read, what was held.

    `held` is None where nobody asked for it. `observing` says that the mode tells nobody but the manager,
    `unchecked` whose school dates nobody has checked; empty where somebody has.
    """

    new: tuple[str, ...] = ()
    already: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    held: int | None = None
    observing: bool = False
    unchecked: str = ""


def released_text(done: LetGo) -> str:
    """What was done, in one line a group."""
    return "\n".join(_lines(done))


def quiet_text(quiet: Sequence[str]) -> str:
    """The groups of which only the manager hears, and how to change that."""
    if not quiet:
        return "Every group is released: people are told of all of them."
    return "\n".join(
        [
            "Only the partnership manager hears of these groups so far:",
            *(f"  {clean(name, LINE)}" for name in quiet),
            "When you have looked at the manager's list, name the groups that people may be told of,",
            f'such as: protocol-watch release "{clean(quiet[0], LINE)}", or release --all for all of them.',
        ]
    )


def _lines(done: LetGo) -> Iterator[str]:
    for name in done.new:
        unread = " Its calendar was not read yet." if name in done.unread else ""
        yield f"{clean(name, LINE)}: people are told of it from now on.{unread}"
    for name in done.already:
        yield f"{clean(name, LINE)}: people were told of it before; nothing changed."
    if done.held is not None:
        yield _held(done.held)
    if done.observing:
        yield "Nobody hears anything yet: set PROTOCOL_WATCH_MODE to 'tell' when you are ready."
    if done.unchecked and done.new:
        yield (
            "Holiday alerts wait till somebody has said "
            f"that the dates of {clean(done.unchecked, LINE)} are right."
        )


def _held(number: int) -> str:
    if not number:
        return "Nothing was held."
    leave = "leaves" if number == 1 else "leave"
    return f"{spoken.count(number, 'held delivery', 'held deliveries')} {leave} at the next delivery time."
