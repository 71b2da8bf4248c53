"""Events as Graph writes them, made by hand."""

from typing import Any

BOX = "send.partnership@council.example"


def event(number: int = 1, **changed: Any) -> dict[str, Any]:
    """An ordinary meeting in a room on Friday 27 November 2026 from 10 to 12, with some things changed."""
    return {
        "@odata.etag": 'W/"x"',
        "id": f"AAMk{number}",
        "iCalUId": f"040000008200E00074C5B7101A82E008{number:04}",
        "subject": "SEND Partnership Board",
        "start": at("2026-11-27T10:00"),
        "end": at("2026-11-27T12:00"),
        "isAllDay": False,
        "isCancelled": False,
        "sensitivity": "normal",
        "organizer": {"emailAddress": {"name": "Omar Fielding", "address": "Omar.Fielding@council.example"}},
        "isOnlineMeeting": False,
        "onlineMeetingUrl": None,
        "location": {"displayName": "Millbrook Community Centre", "locationType": "default"},
        "seriesMasterId": None,
        "type": "singleInstance",
        "originalStartTimeZone": "GMT Standard Time",
        "showAs": "busy",
    } | changed


def at(moment: str, zone: str = "UTC") -> dict[str, str]:
    """A time as Graph writes it: seven decimals and a zone beside it."""
    return {"dateTime": f"{moment}:00.0000000", "timeZone": zone}


def page(*events: dict[str, Any], next_link: str = "") -> dict[str, Any]:
    """One page of a collection."""
    answer: dict[str, Any] = {"@odata.context": "https://graph/$metadata#events", "value": list(events)}
    return answer | ({"@odata.nextLink": next_link} if next_link else {})
