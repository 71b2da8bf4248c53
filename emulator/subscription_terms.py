"""What a subscription may ask for: which resource, for how long, and at which addresses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from emulator.answers import Call, GraphError
from emulator.libraries import drive_called
from emulator.lists import list_called
from emulator.mailbox_access import readable_mailbox
from emulator.outside import may_be_called
from emulator.rights import ROLES
from emulator.site_access import site_for
from emulator.world import World

SHORTEST = timedelta(minutes=45)
EVENTS_AT_MOST, LISTS_AT_MOST = timedelta(minutes=10_080), timedelta(minutes=42_300)
LONGEST_STATE = 128
"""The figures of graph.md §2."""
KNOWN = {"changeType", "notificationUrl", "lifecycleNotificationUrl", "resource", "expirationDateTime"}
KNOWN |= {"clientState", "latestSupportedTlsVersion"}
EVENTS = re.compile(r"/?users(?:/|\(')([^/']+)(?:'\))?/events", re.IGNORECASE)
LIST = re.compile(r"/?sites/([^/]+)/lists/([^/]+)", re.IGNORECASE)
DRIVE = re.compile(r"/?drives/([^/]+)/root", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Watched:
    """What a resource stands for, the same however it was spelt, and how long it can be watched."""

    name: str
    at_most: timedelta
    changes: frozenset[str]


def watched(world: World, call: Call, resource: str) -> Watched:
    """The mailbox, list or library behind a resource, if the app may read it."""
    if match := EVENTS.fullmatch(resource):
        mailbox = readable_mailbox(world, call, match[1])
        return Watched(
            f"Users/{mailbox.id}/Events", EVENTS_AT_MOST, frozenset({"created", "updated", "deleted"})
        )
    if match := LIST.fullmatch(resource):
        found = site_for(world, call, match[1], "read")
        name = f"sites/{found.id}/lists/{list_called(found, match[2]).name}"
    elif match := DRIVE.fullmatch(resource):
        found, drive = drive_called(world, call, match[1])
        name = f"drives/{drive.id(found.id)}/root"
    else:
        raise refused(f"Resource '{resource}' can't be subscribed to.")
    if call.app.site_role(found) < ROLES["write"] or not call.app.may_watch_lists:
        # Whether a site's grant is enough is not confirmed (graph.md §2), so both can be tried
        raise GraphError(403, "ExtensionError", "Operation: Create; Exception: [Status Code: Forbidden]")
    return Watched(name, LISTS_AT_MOST, frozenset({"updated"}))


def asked_for(body: object) -> Mapping[str, Any]:
    """The request, if it has all it needs and nothing unknown."""
    if not isinstance(body, dict):
        raise refused("The request has no body.")
    for name in body:
        if name not in KNOWN and "@" not in name:
            raise refused(f"The property '{name}' does not exist on type 'microsoft.graph.subscription'.")
    for name in ("changeType", "notificationUrl", "resource", "expirationDateTime"):
        if not isinstance(body.get(name), str) or not body[name]:
            raise refused(f"The property '{name}' is required.")
    if len(str(body.get("clientState") or "")) > LONGEST_STATE:
        raise refused(f"The clientState may have {LONGEST_STATE} characters.")
    for name in ("notificationUrl", "lifecycleNotificationUrl"):
        if body.get(name) and not may_be_called(str(body[name])):
            raise refused(f"The {name} must be an https address.")
    return body


def checked_changes(asked: str, resource: Watched) -> str:
    """The kinds of change, if the resource tells of them."""
    kinds = {kind.strip().lower() for kind in asked.split(",")}
    if not kinds or not kinds <= resource.changes:
        raise refused(f"The changeType may be {', '.join(sorted(resource.changes))} here.")
    return asked


def expiry(world: World, asked: object, resource: Watched) -> datetime:
    """When the subscription ends: at most so far ahead, and never sooner than 45 minutes."""
    now = datetime.fromtimestamp(world.clock(), UTC)
    try:
        at = datetime.fromisoformat(str(asked))
    except ValueError as wrong:
        raise refused(f"'{asked}' is not a date and time.") from wrong
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    if at <= now:
        raise refused("The expirationDateTime must be in the future.")
    if at > now + resource.at_most:
        minutes = int(resource.at_most.total_seconds() // 60)
        raise refused(f"Subscription expiration can only be {minutes} minutes in the future.")
    return max(at, now + SHORTEST).astimezone(UTC)


def refused(said: str) -> GraphError:
    """A request that can't be taken."""
    return GraphError(400, "InvalidRequest", said)
