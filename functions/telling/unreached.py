"""Roles that no mail reaches: they stand on the manager's list with the cure, and what is for them waits."""

from functions.people_read import PeopleRead
from functions.telling.mailing import Became, Mailed
from functions.telling.needs import PEOPLE
from functions.telling.owing import MAIL
from functions.telling.release import WHOLE
from functions.telling.whom import Receiver
from functions.watch import Watch
from graph_client.errors import will_pass
from wording.pieces import no_address, not_taken


async def ask_for_addresses(watch: Watch, missing: frozenset[str], people: PeopleRead | None) -> None:
    """Roles without an address stand on the manager's list, with the cure; what is for them waits."""
    if people is not None:
        asked = [no_address(watch.texts, role) for role in sorted(missing)]
        await _ask(watch, asked=[*asked, *(one for one in people.questions if not will_pass(one))])


async def note_refusal(watch: Watch, to: Receiver, became: Mailed) -> None:
    """A role whose mail needs a person stands on the manager's list until a mail to it is taken."""
    if to.way != MAIL or became.became not in (Became.SENT, Became.NEEDS_PERSON):
        return
    said = not_taken(watch.texts, to.role)
    before = (await watch.ledger.remembered(WHOLE)).get(PEOPLE, {})
    others = [one for one in before.get("refused", ()) if not str(one).startswith(said)]
    refused = [f"{said} {became.why}"] if became.became is Became.NEEDS_PERSON else []
    await _ask(watch, refused=[*others, *refused])


async def _ask(watch: Watch, **changed: list[str]) -> None:
    before = (await watch.ledger.remembered(WHOLE)).get(PEOPLE, {})
    told = {name: list(before.get(name, ())) for name in ("asked", "refused")} | changed
    if any(told[name] != list(before.get(name, ())) for name in told):
        questions = [*told["asked"], *told["refused"]]
        await watch.ledger.remember(WHOLE, PEOPLE, {**told, "questions": questions, "unplaced": []})
