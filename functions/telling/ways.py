"""The ways to send: one small function each, so that another (a bot, say) is one more line of the table.

Each takes the pieces of news that one person hears at this moment, hands them over once, and says what became
of it. None of them raises.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta

from functions.telling.mailing import LATER, Became, Mailed, mail_out
from functions.telling.owing import MAIL, MANAGER, OFFICERS
from functions.telling.whom import Receiver
from functions.watch import Card, Post, Watch
from graph_client.workflows import CardNotTaken
from wording.cards import piece_card, round_up_card
from wording.mails.letter import Letter
from wording.mails.officers import piece_letter
from wording.pieces import Piece

Said = Sequence[Piece | Card | Letter]
Way = Callable[[Watch, Receiver, Said, bool], Awaitable[Mailed]]


async def by_officers_chat(watch: Watch, to: Receiver, said: Said, again: bool) -> Mailed:  # noqa: ARG001, FBT001
    """One card into the officers' own private chat."""
    return await _posted(watch, watch.post, said, again=again)


async def by_managers_workflow(watch: Watch, to: Receiver, said: Said, again: bool) -> Mailed:  # noqa: ARG001, FBT001
    """One card to the partnership manager."""
    return await _posted(watch, watch.post_to_manager, said, again=again)


async def by_mail(watch: Watch, to: Receiver, said: Said, again: bool) -> Mailed:  # noqa: FBT001
    """One mail to one address. A whole letter comes alone, and was worded with `again`."""
    for one in said:
        if isinstance(one, Letter):
            return await mail_out(watch, one, to.address)
    pieces = [one for one in said if isinstance(one, Piece)]
    return await mail_out(watch, piece_letter(watch.texts, pieces, again=again), to.address)


WAYS: Mapping[str, Way] = {
    OFFICERS: by_officers_chat,
    MANAGER: by_managers_workflow,
    MAIL: by_mail,
}


async def _posted(watch: Watch, post: Post | None, said: Said, *, again: bool) -> Mailed:
    if post is None:
        return Mailed(Became.LATER, "there is no way to send it")
    try:
        await post(_card(watch, said, again=again))
    except CardNotTaken as refused:
        if refused.may_have_arrived:
            return Mailed(Became.UNSURE, str(refused))
        return Mailed(Became.LATER, str(refused), max(timedelta(seconds=refused.after or 0), LATER))
    return Mailed(Became.SENT)


def _card(watch: Watch, said: Said, *, again: bool) -> Card:
    """Whole cards come alone, and were worded with `again`."""
    pieces = [one for one in said if isinstance(one, Piece)]
    for one in said:
        if isinstance(one, dict):
            return one
    if len(pieces) == 1:
        return piece_card(watch.texts, pieces[0], again=again)
    return round_up_card(watch.texts, pieces, again=again)
