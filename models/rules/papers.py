"""Clause 4.1: papers "5 working days in advance of the meeting whenever possible"."""

from datetime import date

from models import spoken
from models.agreement import Promise, Route, Strength
from models.days import LONDON, Count, DaySum, before, end_of, working_days_between
from models.facts import Meeting, Papers, Stamp
from models.findings import State
from models.rules.notice import cannot_count, latest_days
from models.rules.verdict import Case, Verdict

NOTHING_KNOWN = Papers()
WHERE_WE_LOOK = {
    Route.INVITE: "attached to the invitation",
    Route.MAIL: "by mail with the shared mailbox in copy",
    Route.LIBRARY: "in the group's library",
    Route.TICKED: "noted in the Papers list",
}


def papers_in_time(promise: Promise, meeting: Meeting, case: Case) -> Verdict:
    """The papers went out by the end of the due day.

    Silence is "missed" only where the group's stated route was seen to work and this date was read in
    full; any other silence is "cannot tell". Where the agreement leaves open how days are counted, the
    earlier day is the one to aim for, nothing is missed before the later one has passed, and between the
    two we can't tell. A meeting called too late for any of this has a reason, and no countdown.
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
    if sent is not None and sent <= sums[0].last_day:
        due = f"they were due by the end of {spoken.day(sums[0].due)}"
        return State.KEPT, f"Papers went out on {spoken.day(sent)}; {due}.", ""
    stamp = case.facts.stamps.get(meeting.key)
    if stamp is not None and not stamp.on_or_before and _first_seen(stamp) > sums[-1].last_day:
        return _called_late(promise, meeting, stamp, case)
    if sent is not None:
        return *_sent_late(sent, sums), ""
    return *_not_seen(promise, meeting, papers, case, sums), ""


def _sent_late(sent: date, sums: tuple[DaySum, ...]) -> tuple[State, str]:
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
    can_see = _can_see(meeting, case)
    if case.today <= first.due:
        if can_see and case.today >= _nudge_day(promise, first.due, case):
            return State.AT_RISK, f"Papers are due {due}. We can't see them yet.{coming}"
        return State.DUE, f"Papers are due {due}.{coming}"
    were_due = f"Papers were due {due}."
    if not can_see:
        return State.CANNOT_TELL, f"{were_due} {_blind(meeting, case)}{coming}"
    if case.today <= first.last_day:  # a weekend or holiday after the due day still leaves all the clear days
        return State.AT_RISK, f"{were_due} We can't see them yet.{coming}"
    if case.today <= last.last_day:
        unsettled = "We can't see them yet, and the partners have not settled which day it is."
        return State.CANNOT_TELL, f"{were_due} {unsettled}{coming}"
    return State.MISSED, f"{were_due} We can't see that they went out.{coming}"


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
    return meeting.group in case.facts.coverage.routes and case.facts.coverage.covers(meeting.day)


def _blind(meeting: Meeting, case: Case) -> str:
    group = case.agreement.group(meeting.group)
    if group is None or group.papers is None:
        return "We can't see how this group's papers go out."
    if not case.facts.coverage.covers(meeting.day):
        return "This day could not be read in full, so we can't tell."
    return f"We have not yet seen papers {WHERE_WE_LOOK[group.papers]} for this group, so we can't tell."
