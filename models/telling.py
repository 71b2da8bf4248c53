"""When people may be told: at set times on working days, never in the evening or at weekends.

DESIGN.md, How people are told, 4; quiet hours from domain §6.7 (nothing outside 8am to 6pm).
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from models.days import LONDON, ONE_DAY, WorkingDays

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NOBODY_WAITS_LONGER = 366  # days; a calendar with no working day in a year is a mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """The times of day at which cards leave, and the hours outside which nobody hears anything.

    All are London time. No `times` means at any minute while it is open.
    """

    times: tuple[time, ...] = (time(9, 15), time(13, 15))
    opens: time = time(8)
    closes: time = time(18)

    def open_at(self, moment: datetime, working: WorkingDays) -> bool:
        """Whether anybody may be told anything at this moment."""
        local = moment.astimezone(LONDON)
        return working.why_not(local.date()) is None and self.opens <= local.time() < self.closes

    def next_after(self, moment: datetime, working: WorkingDays) -> datetime:
        """The first moment, this one included, at which a card may leave. London time.

        A moment on Friday at 13:16 waits until Monday at 9:15; on 24 December until after the holidays.
        """
        local = moment.astimezone(LONDON)
        for days in range(NOBODY_WAITS_LONGER):
            day = local.date() + days * ONE_DAY
            if working.why_not(day) is not None:
                continue
            start = local.time() if not days else time()
            found = self._first_from(start)
            if found is not None:
                return datetime.combine(day, found, LONDON)
        raise ValueError(
            f"No working day within a year of {local.date().isoformat()}: look at the closed days."
        )

    def next_on(self, weekday: str, moment: datetime, working: WorkingDays) -> datetime:
        """The first moment, this one included, for what comes on one day of the week ("Monday"). London time.

        Where that day is no working day, the next one that is.
        """
        local = moment.astimezone(LONDON)
        ahead = (WEEKDAYS.index(weekday) - local.weekday()) % 7
        day = local.date() + ahead * ONE_DAY
        start = datetime.combine(day, time(), LONDON) if ahead else local
        found = self.next_after(start, working)
        if ahead or found.date() == day or working.why_not(day) is not None:
            return found
        return self.next_after(datetime.combine(day + 7 * ONE_DAY, time(), LONDON), working)

    def _first_from(self, start: time) -> time | None:
        if self.times:
            return next((at for at in sorted(self.times) if at >= start), None)
        return max(start, self.opens) if start < self.closes else None


def settles_at(changed: datetime, minutes: int) -> datetime:
    """When a new or moved meeting has settled: people book, look again and put right before anybody hears."""
    return changed + timedelta(minutes=minutes)
