"""Clause 4.1: papers "5 working days in advance of the meeting whenever possible"."""

from datetime import UTC, date, time

from models import spoken
from models.agreement import Promise, Route, Strength
from models.days import LONDON, Count, DaySum, before, end_of, working_days_between
from models.facts import Meeting, Papers, Said, Stamp
from models.findings import State
from models.rules.notice import cannot_count, latest_days
from models.rules.verdict import Case, Verdict

NOTHING_KNOWN = Papers()
FORUM = "forum"
OPENS = "Nothing known stops people from opening them."
WHERE_WE_LOOK = {
    Route.INVITE: "attached to the invitation",
    Route.MAIL: "mailed with the mailbox in copy",
    Route.LIBRARY: "in the group's library",
    Route.TICKED: "noted in the Papers list",
}


def papers_in_time(promise: Promise, meeting: Meeting, case: Case) -> Verdict:
    """The papers went out by the end of the due day.

    Silence is "missed" only where the group's stated route was seen to work and this date was read in
    full; any other silence is "cannot tell". Where the agreement leaves open how days are counted, the
    earlier day is the one to aim for, nothing is missed before the later one has passed, and between the
    two we can't tell. A meeting called too late for any of this has a reason, and no countdown.
    Where papers were said to have gone out and the forum says they have not come, accounts differ.
    """
    papers = case.facts.papers.get(meeting.key, NOTHING_KNOWN)
    if papers.none_this_time:
        return Verdict(State.NOT_IN_SCOPE, "Somebody said that there are no papers this time.")
    sums = latest_days(promise.test, meeting.day, case)
    no_sum = cannot_count(sums)
    if no_sum is not None:
        return no_sum
    state, because, reason = _standing(promise, meeting, papers, case, sums)
    due, latest = end_of(sums[0].due), end_of(sums[-1].due)
    return Verdict(
        state, because, due, latest if latest != due else None, sums[0].counted, sums[0].skipped, reason
    )


def _standing(
    promise: Promise, meeting: Meeting, papers: Papers, case: Case, sums: tuple[DaySum, ...]
) -> tuple[State, str, str]:
    """State, sentence and (for a meeting called late) the reason that the program itself can see."""
    sent = papers.sent.astimezone(LONDON).date() if papers.sent else None
    if sent is not None and _not_here(promise, meeting, papers, case):
        said = f"they were said to have gone out on {spoken.day(sent)}"
        return State.CANNOT_TELL, f"Accounts differ: {said}, and the forum says that they have not come.", ""
    if sent is not None and sent <= sums[0].last_day:
        due = f"they were due by the end of {spoken.day(sums[0].due)}"
        return State.KEPT, f"Papers went out on {spoken.day(sent)}; {due}.{_opens(papers)}", ""
    stamp = case.facts.stamps.get(meeting.key)
    if stamp is not None and not stamp.on_or_before and _first_seen(stamp) > sums[-1].last_day:
        return _called_late(promise, meeting, stamp, case)
    if sent is not None:
        return *_sent_late(sent, papers, sums), ""
    return *_not_seen(promise, meeting, papers, case, sums), ""


def _not_here(promise: Promise, meeting: Meeting, papers: Papers, case: Case) -> bool:
    """Whether the forum said, after the papers were said to have gone out, that they have not come.

    Where only the day of sending is known, the forum's word of that same day may be from before.
    """
    if papers.sent is None:
        return False
    sent = papers.sent.astimezone(LONDON)
    since = end_of(sent.date()) if sent.time() == time() else sent
    return any(
        one.said is Said.NOT_HERE
        and one.subject == meeting.key
        and one.promise in ("", promise.id)
        and one.partner.casefold() == FORUM
        and one.at.astimezone(UTC) > since.astimezone(UTC)
        for one in case.facts.statements
    )


def _opens(papers: Papers) -> str:
    """What is known of opening them; nothing where no file was seen."""
    return f" {papers.barrier or OPENS}" if papers.files else ""


def _sent_late(sent: date, papers: Papers, sums: tuple[DaySum, ...]) -> tuple[State, str]:
    if papers.on_or_before:
        return State.CANNOT_TELL, (
            f"Papers were there when we first looked, last changed on {spoken.day(sent)}. We can't tell when "
            "they first went out."
        )
    went = f"Papers went out on {spoken.day(sent)}"
    if sent > sums[-1].last_day:
        return State.MISSED, f"{went}; they were due by the end of {spoken.day(sums[-1].due)}."
    return State.CANNOT_TELL, (
        f"{went}: in time if the day of sending counts ({spoken.day(sums[-1].due)}), "
        f"not if only clear days count ({spoken.day(sums[0].due)}). The partners have not settled which."
    )


def _called_late(promise: Promise, meeting: Meeting, stamp: Stamp, case: Case) -> tuple[State, str, str]:
    """One note for a meeting whose papers were due before we first saw its date. Never on a guess."""
    if stamp.date_first_seen >= meeting.starts:
        text = "It was put in the calendar after it began, so we can't tell when it was called."
        return State.CANNOT_TELL, text, ""
    days = working_days_between(_first_seen(stamp), meeting.day, case.facts.working_days)
    reason = f"called with {spoken.count(days, 'working day')}'{'s' if days == 1 else ''} notice"
    text = f"This meeting, or its present date, was {reason}."
    if promise.strength is not Strength.FIRM:
        return State.EXPLAINED, text, reason
    return State.MISSED if _can_see(meeting, case) else State.CANNOT_TELL, text, reason


def _not_seen(
    promise: Promise, meeting: Meeting, papers: Papers, case: Case, sums: tuple[DaySum, ...]
) -> tuple[State, str]:
    first, last = sums[0], sums[-1]
    due = f"by the end of {spoken.day(first.due)}"
    if last.due != first.due:
        due += f" (or {spoken.day(last.due)}, if the day of sending counts)"
    coming = _coming(papers, case)
    can_see = _can_see(meeting, case) and not papers.unclear
    if case.today <= first.due:
        near = case.today >= _nudge_day(promise, first.due, case)
        if can_see and near and not _expected_in_time(papers, first.due, case):
            return State.AT_RISK, f"Papers are due {due}. We can't see them yet.{coming}"
        return State.DUE, f"Papers are due {due}.{coming}"
    were_due = f"Papers were due {due}."
    if not can_see:
        return State.CANNOT_TELL, f"{were_due} {_blind(meeting, papers, case)}{coming}"
    if case.today <= first.last_day:  # a weekend or holiday after the due day still leaves all the clear days
        return State.AT_RISK, f"{were_due} We can't see them yet.{coming}"
    if case.today <= last.last_day:
        unsettled = "We can't see them yet, and the partners have not settled which day it is."
        return State.CANNOT_TELL, f"{were_due} {unsettled}{coming}"
    return State.MISSED, f"{were_due} We can't see that they went out.{coming}"


def _expected_in_time(papers: Papers, due: date, case: Case) -> bool:
    """Whether somebody said that they come by the due day, and that day has not passed: no nudge before it."""
    return papers.coming_on is not None and case.today <= papers.coming_on <= due


def _coming(papers: Papers, case: Case) -> str:
    if papers.coming_on is None:
        return ""
    tense = "are" if case.today <= papers.coming_on else "were"
    return f" They {tense} expected on {spoken.day(papers.coming_on)}."


def _first_seen(stamp: Stamp) -> date:
    return stamp.date_first_seen.astimezone(LONDON).date()


def _nudge_day(promise: Promise, due: date, case: Case) -> date:
    """The working day from which absent papers are worth a word: `warn` working days before they are due."""
    return before(due, promise.warn, case.facts.working_days, Count.COUNTED).due


def _can_see(meeting: Meeting, case: Case) -> bool:
    coverage = case.facts.coverage
    since = coverage.routes_since.get(meeting.group)
    in_use_then = meeting.group in coverage.routes and (since is None or since < meeting.starts)
    return in_use_then and coverage.covers(meeting.day)


def _blind(meeting: Meeting, papers: Papers, case: Case) -> str:
    if papers.unclear:
        return "Somebody wrote about them in the Papers list, and we can't read what, so we can't tell."
    group = case.agreement.group(meeting.group)
    if group is None or group.papers is None:
        return "We can't see how this group's papers go out."
    if not case.facts.coverage.covers(meeting.day):
        return "This day could not be read in full, so we can't tell."
    return f"We have not yet seen papers {WHERE_WE_LOOK[group.papers]} for this group, so we can't tell."
