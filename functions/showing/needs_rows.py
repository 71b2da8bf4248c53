"""What waits for the manager, as rows: what nobody else is told, what is being checked, what we can't settle."""

from datetime import datetime

from functions.saved import alert_back
from functions.showing.links import link_of_question, row_link
from functions.telling.needs import Standing, standing
from functions.telling.release import WHOLE
from functions.watch import Watch
from ledger.entries import DeliveryState
from models.alerts import AlertState
from models.showing import ShownRow
from models.shown_lists import KEY, PROMISES
from wording.needs_you import NeedsYou
from wording.shown_words import alert_row, in_order, question_row, unplaced_row, unsure_row


async def needs_rows(watch: Watch, needs: NeedsYou, now: datetime) -> tuple[ShownRow, ...]:
    """The rows of *Needs you*, A to Z. A row leads to the one in *Promises* where there is just one."""
    taken: list[Standing] = [*needs.alerts, *await _being_checked(watch)]
    rows = [
        alert_row(watch.texts, one, watch.book.agreement, _link(watch, one))
        for one in taken
        if not _forums_own(watch, one)
    ]
    rows += [unplaced_row(watch.texts, meeting) for meeting in needs.unplaced]
    for question in needs.questions:
        link = link_of_question(watch.site, question, papers=watch.papers_list)
        rows.append(question_row(watch.texts, question, link))
    for delivery in await watch.ledger.deliveries(since=now):
        if delivery.state is DeliveryState.UNSURE:
            rows.append(unsure_row(watch.texts, delivery.key, delivery.group))
    return in_order(rows)


async def _being_checked(watch: Watch) -> list[Standing]:
    """Alerts of which somebody said that we are wrong: the ladder waits until the manager has looked."""
    found: list[Standing] = []
    for group in (*(one.name for one in watch.book.agreement.groups), WHOLE):
        entries = [
            entry
            for entry in (await watch.ledger.alerts(group)).values()
            if alert_back(entry.value).state is AlertState.BEING_CHECKED
        ]
        found += standing(entries, watch.book)
    return found


def _link(watch: Watch, one: Standing) -> str:
    alert, findings = one
    if len(findings) == 1:
        return row_link(watch.site, PROMISES, KEY, findings[0].key)
    return row_link(watch.site, PROMISES, "Group", alert.group)


def _forums_own(watch: Watch, one: Standing) -> bool:
    alert, _ = one
    return any(each.id == alert.promise and each.forums_own for each in watch.book.agreement.promises)
