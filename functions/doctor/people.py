"""Whom mails would go to: the roles that the agreement names, and the forum's reps, as the register has them.

Nothing is sent. That an address can be written to is seen from its form alone.
"""

from collections.abc import Iterable, Iterator

from functions.people_read import PeopleRead, read_people
from functions.settings import Settings
from graph_client.mail_sent import takes_mail
from graph_client.tenant import Tenant
from models.agreement import Agreement
from models.people import People
from models.register import CONTACTS, FORUM_REPS
from models.spoken import count, listed
from wording.examined import Examined, look, well, wrong

ROLES, REPS = "Roles in Contacts", "Forum reps"
MOST_MENDED = 10  # sentences about rows; nobody mends more in one sitting


async def people_examined(
    tenant: Tenant, settings: Settings, agreement: Agreement | None
) -> tuple[Examined, ...]:
    """Everybody whom mails would go to. Nothing is looked at where no mail is sent."""
    if settings.sender is None or settings.site is None or agreement is None:
        return ()
    read = await read_people(tenant, settings.site)
    return (*rows_examined(read), *(people_found(read.people, agreement) if read.whole else ()))


def rows_examined(read: PeopleRead) -> Iterator[Examined]:
    """Rows that can't be used, and a list that can't be read."""
    for sentence in read.questions[:MOST_MENDED]:
        yield look(CONTACTS, sentence, "Until then nothing is sent to whom it is about", theirs=True)


def people_found(people: People, agreement: Agreement) -> Iterator[Examined]:
    """Whether everybody can be written to whom the agreement names, and who sits for the forum where."""
    yield from _roles(people, agreement)
    yield from _away(people)
    yield from _addresses(people)
    yield from _reps(people, agreement)


def _roles(people: People, agreement: Agreement) -> Iterator[Examined]:
    rule = agreement.telling
    lacking = False
    for role, lost in (
        (rule.manager, "nobody is asked to check or to step in"),
        (rule.forum_chair, "what is for the chair waits, and no mail to forum reps begins"),
    ):
        if people.contact(role) is None:
            lacking = True
            cure = (
                f"Add it to the list '{CONTACTS}' with a mail address, or name another role under 'telling:'"
            )
            says = f"the role '{role}' has no address, so {lost}"
            yield wrong(ROLES, says, cure, theirs=True)
    named = dict.fromkeys(
        role for group in agreement.groups for role in (group.officer, group.deputy) if role
    )
    if without := [role for role in named if people.contact(role) is None]:
        lacking = True
        says = f"of those who look after groups, no address has {_quoted(without)}; they hear by the chat"
        yield look(ROLES, says, f"Add each to the list '{CONTACTS}', if mails are to reach them", theirs=True)
    unnamed = [group.name for group in agreement.groups if group.calendar and not group.officer]
    if unnamed:
        says = f"no officer is named for {listed(unnamed)}; the manager hears where the organiser is not in our list"
        yield look(ROLES, says, "Write 'officer:' and the role into the group's lines of the agreement")
    if not lacking:
        yield well(ROLES, "each role that the agreement names has an address")


def _away(people: People) -> Iterator[Examined]:
    """Who is away, with nobody to stand in."""
    for one in people.contacts:
        named = people.contact(one.stand_in) if one.stand_in else None
        if one.away and (named is None or named.away):
            says = f"'{one.role}' is away, and nobody who is there stands in, so the next in line hears"
            yield look(ROLES, says, f"Fill in 'Stand-in' in the list '{CONTACTS}'", theirs=True)


def _addresses(people: People) -> Iterator[Examined]:
    """Addresses that look well, and that no mail can be made for."""
    for name, rows in ((CONTACTS, people.contacts), (FORUM_REPS, people.seats)):
        roles = dict.fromkeys(one.role for one in rows if not takes_mail(one.address))
        if roles:
            says = f"the address of {_quoted(roles)} in the list '{name}' is none that a mail can go to"
            yield wrong(REPS if rows is people.seats else ROLES, says, "Correct it in the list", theirs=True)


def _reps(people: People, agreement: Agreement) -> Iterator[Examined]:
    unknown = dict.fromkeys(one.group for one in people.seats if agreement.group(one.group) is None)
    if unknown:
        says = f"the list '{FORUM_REPS}' names {_quoted(unknown)}, which the agreement does not have"
        yield look(REPS, says, "Write each group as the agreement does, or nobody hears of it", theirs=True)
    if not people.seats:
        says = f"nobody is in the list '{FORUM_REPS}', so no weekly mail goes out"
        yield look(REPS, says, "Nothing to do, unless reps are to get mails")
        return
    mailed = sum(bool(rep.groups) for rep in people.reps.values())
    yield well(REPS, f"{count(len(people.reps), 'rep')} known by address, {mailed} of them with mail")


def _quoted(names: Iterable[str]) -> str:
    return listed([f"'{name}'" for name in names])
