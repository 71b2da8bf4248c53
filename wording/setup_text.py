"""What `setup` says: each proposed group in a sentence and in the lines it would write, and what it asks."""

from collections.abc import Iterator

from models import spoken
from models.agreement import Route
from models.proposals import Proposal, Question
from wording.plain import LINE, clean, days_listed
from wording.set_up import SetUp

WAYS = {
    Route.INVITE: "attached to its invitations",
    Route.MAIL: "mailed with the mailbox in copy",
    Route.LIBRARY: "in the library",
    Route.TICKED: "ticked in the Papers list",
}
MOST_QUESTIONS = 20
ADD_OFFICERS = (
    "Some groups have no officer yet. Add who looks after each, as a role: 'officer: Board Manager'."
)
DAYS_SHOWN = 6


def setup_text(found: SetUp) -> str:
    """Everything for a person at the terminal, before anything is written."""
    return "\n".join(_lines(found))


UPLOAD = "Look at it, then upload it to {place} in place of the one that is there. We do not write there."


def written_text(found: SetUp) -> str:
    """What was written, and what to do next."""
    number = spoken.count(len(found.proposed.groups), "group")
    made = "made, as a copy of the shipped agreement, with" if found.is_new else "changed: it has got"
    if found.on_the_site:
        made = "made, as a copy of the agreement on the site, with"
    return "\n".join(
        [
            f"{clean(found.file, LINE)} was {made} {number}. Nothing else in it was touched.",
            *([UPLOAD.format(place=clean(found.on_the_site, LINE))] if found.on_the_site else []),
            *([] if all(one.officer for one in found.proposed.groups) else [ADD_OFFICERS]),
            "Then: protocol-watch doctor.",
        ]
    )


def not_written_text(found: SetUp) -> str:
    """That nothing happened."""
    return f"Nothing was written. To write it without being asked: protocol-watch setup --yes ({found.file})."


def question_text(found: SetUp) -> str:
    """The question that is answered with y."""
    verb = "Make" if found.is_new or found.on_the_site else "Add to"
    return f"{verb} {clean(found.file, LINE)} with these lines? Type y for yes: "


def setup_json(found: SetUp) -> dict[str, object]:
    """The same for programs."""
    return {
        "file": found.file,
        "new_file": found.is_new,
        "window": {"from": found.first.isoformat(), "to": found.last.isoformat()},
        "mailboxes": list(found.mailboxes),
        "proposals": [
            {
                **one.group.model_dump(
                    mode="json", include={"name", "type", "calendar", "match", "papers", "officer"}
                ),
                "dates": [day.isoformat() for day in one.days],
                "says": proposal_sentence(one),
                "yaml": lines,
            }
            for one, lines in zip(found.proposed.proposals, found.lines, strict=False)
        ],
        "unseen": [one.name for one in found.proposed.unseen],
        "questions": [question_sentence(one) for one in found.proposed.questions],
        "unread": list(found.unread),
        "written": found.written,
    }


def proposal_sentence(one: Proposal) -> str:
    """What was seen of one group, and what a person must still say of its papers."""
    shown = days_listed(one.days[:DAYS_SHOWN])
    more = f" and {spoken.count(len(one.days) - DAYS_SHOWN, 'more')}" if len(one.days) > DAYS_SHOWN else ""
    several = ""
    if len(one.organisations) > 1:
        several = f" It is called from {spoken.listed(list(one.organisations))}: are these two groups?"
    return (
        f"{spoken.count(len(one.days), 'date')} ({shown}{more.removesuffix('s')}), "
        f"of the type '{one.group.type}' by the words in the title.{several} {_papers(one)} {_officer(one)}"
    )


def question_sentence(one: Question) -> str:
    """Why a series was not proposed."""
    dates = spoken.count(one.dates, "date")
    return f"Which group is '{clean(one.title, LINE)}' ({dates})? We don't propose one, because {one.why}."


def _papers(one: Proposal) -> str:
    ways = [WAYS[route] for route in one.routes]
    if not ways:
        return (
            "We saw no papers for it: say how they go out with 'papers:', or we can't tell whether they did."
        )
    if len(ways) > 1:
        return f"Papers were seen {spoken.listed(ways)}: say with 'papers:' which way counts."
    return f"Papers were seen {ways[0]}."


def _officer(one: Proposal) -> str:
    """Who looks after it, by role. Nobody is named."""
    ask = "say with 'officer:' which role looks after it."
    if one.group.officer:
        role = clean(one.group.officer, LINE)
        return (
            f"The {role} calls it, so that role is down as its officer: change it if another looks after it."
        )
    roles = spoken.listed([f"the {clean(role, LINE)}" for role in one.callers.roles])
    others = spoken.count(one.callers.unknown, "person", "people") if one.callers.unknown else ""
    if others:
        others += f" of yours who {'is' if one.callers.unknown == 1 else 'are'} not in the list of contacts"
    callers = spoken.listed([who for who in (roles, others) if who])
    return f"It is called by {callers or 'nobody of yours that we could see'}: {ask}"


def _lines(found: SetUp) -> Iterator[str]:
    proposed = found.proposed
    yield from (clean(sentence) for sentence in found.unread)
    if len(found.unread) == len(found.mailboxes):
        return
    boxes = spoken.listed(list(found.mailboxes))
    yield f"Looked at {boxes}, from {spoken.day(found.first)} to {spoken.day(found.last)}."
    if found.anything:
        number = len(proposed.proposals)
        yield f"{number} series look{'s' if number == 1 else ''} like yours:"
    else:
        yield "Nothing new to propose."
    for one, lines in zip(proposed.proposals, found.lines, strict=False):
        yield ""
        yield clean(proposal_sentence(one))
        yield lines.removesuffix("\n")
    if proposed.unseen:
        yield ""
        yield "We saw nothing of these types. They come from the shipped agreement, whose promises need them:"
        yield from (lines.removesuffix("\n") for lines in found.lines[len(proposed.proposals) :])
    yield ""
    yield from _left(found)


def _left(found: SetUp) -> Iterator[str]:
    proposed = found.proposed
    for one in proposed.questions[:MOST_QUESTIONS]:
        yield question_sentence(one)
    if len(proposed.questions) > MOST_QUESTIONS:
        more = len(proposed.questions) - MOST_QUESTIONS
        yield f"There are {spoken.count(more, 'more question')} like these."
    if proposed.known:
        yield f"{spoken.count(proposed.known, 'meeting')} belong to groups of the agreement already.".replace(
            "1 meeting belong ", "1 meeting belongs "
        )
    if proposed.singles:
        yield f"{spoken.count(proposed.singles, 'single meeting')} of no known type left alone."
    if proposed.private:
        yield f"{spoken.count(proposed.private, 'private meeting')} left alone: we don't read private titles."
