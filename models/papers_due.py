"""When a group needs no nudge: its papers were on time for its last three meetings."""

from collections.abc import Iterable, Sequence
from datetime import date

from models.agreement import Operator
from models.findings import Finding, State

LATELY = 3  # meetings

History = Sequence[tuple[date, State]]


def on_time_lately(history: History) -> bool:
    """Whether papers were in time for each of the last three meetings. Fewer than three, and we can't say so."""
    lately = history[-LATELY:]
    return len(lately) == LATELY and all(state is State.KEPT for _, state in lately)


def history_after(
    before: History, findings: Iterable[Finding], today: date
) -> tuple[tuple[date, State], ...]:
    """The last three meetings that were held, by date, with how their papers stand, after one more look.

    A day that is judged again replaces what was known of it. A meeting without papers tells nothing.
    """
    held: dict[tuple[date, str], State] = {}
    for one in findings:
        if _about_papers(one) and one.meeting is not None and one.meeting.day < today:
            place = (one.meeting.day, one.meeting.key)
            if held.get(place, State.KEPT) is State.KEPT:  # two promises about papers: both must be kept
                held[place] = one.state
    judged = {day for day, _ in held}
    now = [(day, state) for (day, _), state in held.items() if state is not State.NOT_IN_SCOPE]
    earlier = [(day, state) for day, state in before if day not in judged]
    return tuple(sorted([*earlier, *now])[-LATELY:])


def _about_papers(finding: Finding) -> bool:
    """A notice before a meeting is of papers; a request's has no meeting."""
    return finding.operator is Operator.NOTICE and finding.meeting is not None
