"""The facts for a data protection impact assessment, filled in from one set-up: a page in Markdown. Pure.

It says what is so here, in the order of docs/data-protection/dpia.md, whose other parts stay for people to write.
"""

from collections.abc import Iterable, Iterator, Sequence

from models import spoken
from models.agreement import Agreement, Promise, Route
from models.retention import OF_ROWS, REMEMBERED, Rule
from wording.assessed import Assessed
from wording.plain import clean

IN_AZURE, NOT_TOLD = "https://", "not told"
ROUTES = {
    Route.INVITE: "that a file hangs on an invitation: its name, size and time",
    Route.MAIL: "sender, recipients, time and subject of mails in which the mailbox is in copy",
    Route.LIBRARY: "names and times of files in a library of the site",
    Route.TICKED: "what people tick in the Papers list",
}
NEVER = (
    "**Never asked for:** the text of an invitation or a mail, chats, recordings, what is in a file. A private "
    "meeting keeps only its day, its type and what was found."
)

YOURS = (
    "Not legal advice. It says what the settings of today do. Why it is done, who was asked, the lawful basis and "
    "the risks are yours to write: docs/data-protection/dpia.md is a start."
)
DECISIONS = (
    'None about a person. It says "we can\'t see", "at risk" or "missed" about a meeting, with its reason. '
    "Whether a promise was broken is for people to say."
)


def dpia_page(found: Assessed) -> str:
    """The whole page."""
    blocks = [
        f"# Data protection: the facts of this set-up, {spoken.day(found.on)}",
        f"Protocol Watch {found.version}, for {_plain(found.agreement.name)}. {YOURS}",
        *_promises(found.agreement),
        *_read(found),
        *_rights(found),
        *_kept(found),
        *_told(found),
        "## 7. Decisions by a machine",
        DECISIONS,
    ]
    return "\n\n".join(blocks) + "\n"


def _promises(agreement: Agreement) -> Iterator[str]:
    yield "## 1. Which promises are watched"
    on = [one for one in agreement.promises if one.on]
    yield f"{len(on)} of {len(agreement.promises)} are turned on. Of the others nobody is told anything."
    if on:
        yield _table(("promise", "clause", "what it says"), map(_promise, on))


def _promise(promise: Promise) -> Sequence[str]:
    return promise.id, promise.clause, promise.says


def _read(found: Assessed) -> Iterator[str]:
    yield "## 3. What is read, and from where"
    groups: dict[str, list[str]] = {}
    for group in found.agreement.groups:
        if group.calendar:
            groups.setdefault(group.calendar, []).append(group.name)
    rows = [
        (
            "meetings from 35 days back to 13 months ahead: start, end, place, title, organiser",
            mailbox,
            spoken.listed(names),
        )
        for mailbox, names in groups.items()
    ]
    for route, what in ROUTES.items():
        by = [group for group in found.agreement.groups if group.papers is route]
        if by and (found.site or route in (Route.INVITE, Route.MAIL)):
            places = found.site if route in (Route.LIBRARY, Route.TICKED) else spoken.listed(_calendars(by))
            rows.append((what, places, spoken.listed([group.name for group in by])))
    if found.site:
        rows.append(("the register that people fill in", found.site, "all groups"))
    yield (
        _table(("what", "from where", "for which groups"), rows)
        if rows
        else "Nothing: no group has a calendar yet."
    )
    yield NEVER


def _calendars(groups: Iterable[object]) -> list[str]:
    return list(dict.fromkeys(str(getattr(group, "calendar", "")) for group in groups))


def _rights(found: Assessed) -> Iterator[str]:
    yield "## 4. The rights that this needs"
    mailed = [group for group in found.agreement.groups if group.papers is Route.MAIL]
    rows = [
        (
            "Calendars.Read",
            "the calendars above, texts included; it asks for no text",
            "Exchange, these mailboxes alone",
        )
    ]
    if mailed:
        rows.append(
            ("Mail.Read", "the mails of these mailboxes", f"Exchange: {spoken.listed(_calendars(mailed))}")
        )
    if found.sender:
        rows.append(("Mail.Send", "sending as one mailbox", f"Exchange: {found.sender}"))
    if found.site:
        rows.append(("Sites.Selected", "one site, and no other", f"the role write on {found.site}"))
    yield _table(("right", "what it opens", "what narrows it"), rows)
    yield f"It signs in with {found.sign_in}." if found.sign_in else "It has no way to sign in yet."
    yield "`protocol-watch doctor --outside`, with a mailbox that it may not read, proves that it is refused."


def _kept(found: Assessed) -> Iterator[str]:
    yield "## 5. Where it is kept, and how long"
    where = (
        f"Azure Tables at {found.ledger}" if found.ledger.startswith(IN_AZURE) else f"a file: {found.ledger}"
    )
    on_the_site = [
        ("the register, with the roles and addresses of officers, chairs and reps", "by your own rules"),
        ("the manager's lists: promise, group, day and state, with no title", "as its facts in the ledger"),
    ]
    rows = [
        *((one.what, where, one.how_long) for one in OF_ROWS),
        *((one.what, where, one.how_long) for one in REMEMBERED if one.rule is Rule.SEATED and found.sender),
        *((what, found.site, how_long) for what, how_long in on_the_site if found.site),
        *([("cards", "Teams", "by your own rules")] if found.officers or found.manager else []),
        *(
            [("mails that were sent", f"Sent Items of {found.sender}", "by your own rules")]
            if found.sender
            else []
        ),
        (
            "logs: keys, counts, Microsoft's numbers of calls",
            "where the program runs",
            "30 days in Azure, as shipped",
        ),
    ]
    yield _table(("what", "where", "how long"), rows)
    yield "A run each night goes by this. `protocol-watch data kept` says all of it, with the days of your agreement."
    yield "Nothing goes to the makers." + (
        " One web address outside is called when all was read; it is told nothing." if found.heartbeat else ""
    )


def _told(found: Assessed) -> Iterator[str]:
    yield "## 6. Who is told"
    if not found.telling:
        yield "The mode is `observe`: the partnership manager is told, and nobody else."
    by_mail = f"a mail from {found.sender}" if found.sender else ""
    chat = "their own private chat" if found.officers else ""
    ways = " or ".join(filter(None, (by_mail, chat)))
    with_links = by_mail if found.links else ""
    rows = [
        (
            "the partnership manager",
            "one list of what needs a person",
            "the manager's own chat" if found.manager else by_mail or NOT_TOLD,
        ),
        ("whoever runs a meeting, or its officers", "what can be put right, with nobody named", ways),
        (
            "the group's deputy, or the partnership manager",
            "the same, when nothing changed for some working days",
            ways or ("the manager's own chat" if found.manager else ""),
        ),
        (
            "the forum's chair and the partnership manager, in the same minute",
            "what stays open after that, and reasons that were given",
            by_mail,
        ),
        ("forum reps, after their chair's yes", "a weekly mail about their own groups", with_links),
    ]
    first, *others = rows
    told = [first, *((who, what, how if how and found.telling else NOT_TOLD) for who, what, how in others)]
    yield _table(("who", "what", "how"), told)
    if found.links:
        yield (
            f"Links in mails and on cards open pages at {found.address}, each for one person and one thing, without "
            "an account. What people say there is kept as the word of a role."
        )
    if found.hears:
        yield (
            f"Microsoft 365 calls {found.address} when something changes. What is posted there is not read as data; "
            "it only says where to look."
        )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(text: str) -> str:
    return text if text == "---" else _plain(text).replace("|", "\\|")


def _plain(text: str) -> str:
    """One line, in which nothing that others typed becomes a mark of the page."""
    return clean(text).replace("<", "\\<").replace("[", "\\[").replace("`", "'")
