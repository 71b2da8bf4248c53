"""Which of several entries about one meeting counts: that with the highest SEQUENCE, then the latest."""

from collections import defaultdict
from datetime import UTC

from reading.ics_entry import Draft
from reading.ics_times import in_london


def newest(drafts: list[Draft]) -> tuple[list[Draft], int]:
    """One entry for each meeting and each occurrence, and how many older versions were left out."""
    by_identity: defaultdict[tuple[str, str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_identity[draft.uid, _planned(draft)].append(draft)
    kept = [draft for versions in by_identity.values() for draft in _newest_of(versions)]
    return kept, len(drafts) - len(kept)


def _newest_of(versions: list[Draft]) -> list[Draft]:
    if len(versions) == 1:
        return versions
    return _one_uid_for_many(versions) or [max(versions, key=_rank)]


def _one_uid_for_many(versions: list[Draft]) -> list[Draft]:
    """Some programs give all meetings one UID: those at different times, neither newer, all stay."""
    if len({draft.version for draft in versions}) > 1 or any(
        draft.repeats or draft.planned is not None for draft in versions
    ):
        return []
    by_start = {draft.starts: draft for draft in sorted(versions, key=_rank)}
    if len(by_start) == 1:
        return []
    for draft in by_start.values():
        draft.uid = f"{draft.uid}#{_utc(draft)}"
    return list(by_start.values())


def _rank(draft: Draft) -> tuple[tuple[int, str], bool, str, str, str]:
    """Newest last; where nothing says which is newer, the same one at every reading."""
    return draft.version, draft.cancelled, _utc(draft), draft.title, draft.place


def _planned(draft: Draft) -> str:
    return in_london(draft.planned).astimezone(UTC).isoformat() if draft.planned is not None else ""


def _utc(draft: Draft) -> str:
    return in_london(draft.starts).astimezone(UTC).isoformat()
