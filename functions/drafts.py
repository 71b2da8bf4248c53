"""The draft of a quarter's report, to the forum's chair and the partnership manager: both of them, or neither.

The figures have stopped (functions/freezing.py), so both get the same document. Where one of them has no address
nobody gets it, and the manager's list says what to mend.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from functions.freezing import CHAIRS, DRAFT, frozen
from functions.people_read import read_people
from functions.telling.mailing import Became, Enclosed, Mailed, mail_out
from functions.telling.needs import DRAFTS
from functions.telling.release import WHOLE
from functions.telling.sending import claimed
from functions.watch import Watch
from graph_client.mail_sent import Attached
from ledger.entries import Delivery, DeliveryState
from models.people import Contact
from models.quarters import quarter_named
from wording.mails.drafts import draft_letter
from wording.report_document import report_document

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LATER = timedelta(hours=1)
Id = tuple[str, str]


async def drafts_sent(watch: Watch, due: Sequence[Delivery], now: datetime) -> set[Id]:
    """Send the drafts that are due; gives back what was tried. Nothing is read where none is."""
    drafts: dict[str, dict[str, Delivery]] = {}
    for one in due:
        if one.value.get("kind") == DRAFT:
            drafts.setdefault(str(one.value["quarter"]), {})[str(one.value["role"])] = one
    if not drafts:
        return set()
    chairs = await _chairs(watch)
    tried: set[Id] = set()
    for quarter, owed in drafts.items():
        for one in owed.values() if chairs else ():
            if await claimed(watch, one, now):
                await _send(watch, one, quarter, chairs, now)
                tried.add((one.group, one.key))
    return tried


async def _chairs(watch: Watch) -> Mapping[str, Contact]:
    """Both of them by the names that a draft knows them by; empty where one can't be reached."""
    telling = watch.book.agreement.telling
    roles = dict(zip(CHAIRS, (telling.forum_chair, telling.manager), strict=True))
    read = await read_people(watch.tenant, watch.site)
    found = {name: contact for name, role in roles.items() if (contact := read.people.contact(role))}
    asked = []
    if watch.send_mail is None:
        asked = ["The draft of the report waits: set PROTOCOL_WATCH_SENDER, so that it can be mailed."]
    elif read.whole:
        missing = [role for name, role in roles.items() if name not in found]
        asked = [
            f"The draft of the report waits: add the role '{role}' with an address to the list Contacts."
            for role in missing
        ]
    before = (await watch.ledger.remembered(WHOLE)).get(DRAFTS, {})
    if list(before.get("questions", ())) != asked:
        await watch.ledger.remember(WHOLE, DRAFTS, {"questions": asked, "unplaced": []})
    return found if len(found) == len(roles) and watch.send_mail is not None else {}


async def _send(
    watch: Watch, one: Delivery, quarter: str, chairs: Mapping[str, Contact], now: datetime
) -> None:
    to, manager = chairs[str(one.value["role"])], chairs[CHAIRS[1]]
    report = await frozen(watch.ledger, quarter_named(quarter, watch.book.agreement.year_starts))
    if report is None:
        await _settle(watch, one, DeliveryState.DROPPED, now, "there is no copy of the report any more")
        return
    name = f"report-{quarter.replace('/', '-')}.docx"
    file = Attached(name, WORD, report_document(report))
    letter = draft_letter(watch.texts, report.quarter, again=one.again)
    became = await mail_out(watch, letter, to.address, Enclosed(reply_to=manager.address, attached=(file,)))
    await _became(watch, one, became, now)


async def _became(watch: Watch, one: Delivery, became: Mailed, now: datetime) -> None:
    match became.became:
        case Became.SENT:
            await _settle(watch, one, DeliveryState.PAID, now)
        case Became.UNSURE:
            await _settle(watch, one, DeliveryState.UNSURE, now, became.why)
        case _:
            await watch.ledger.put_off(
                one.group, one.key, by=watch.by, not_before=now + max(became.after, LATER), note=became.why
            )


async def _settle(watch: Watch, one: Delivery, state: DeliveryState, now: datetime, note: str = "") -> None:
    await watch.ledger.settle(one.group, one.key, state, by=watch.by, at=now, note=note)
