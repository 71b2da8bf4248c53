"""Notifications to those who subscribed: told late, twice, in any order or never, as the network does."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from typing import Any, Literal

from emulator.event_ids import change_key, event_id
from emulator.mailboxes import Event, Mailbox
from emulator.outside import DELIVERY_SECONDS, Outside

type Lifecycle = Literal["reauthorizationRequired", "subscriptionRemoved", "missed"]


@dataclass(frozen=True, slots=True)
class Subscription:
    """One subscription. `watches` names the resource the same way, however it was spelt."""

    id: str
    app: str
    resource: str
    watches: str
    change_type: str
    notification_url: str
    lifecycle_url: str | None
    expires: datetime
    client_state: str | None = None
    immutable_ids: bool = False
    paused: bool = False
    """Until it is renewed or reauthorized nothing is told, and what happens meanwhile is lost."""


@dataclass(slots=True)
class Notifications:
    """What is to be told. `subscriptions` are the tenant's own, shared with it."""

    tenant_id: str
    subscriptions: dict[str, Subscription]
    clock: Callable[[], float]
    waiting: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    """Address and notification, in the order in which they go out."""
    _numbers: Any = field(default_factory=count)

    def event_changed(self, mailbox: Mailbox, event: Event, change: str = "updated") -> None:
        """Something happened to a meeting in this mailbox."""
        for each in self._for(f"Users/{mailbox.id}/Events", change):
            name = event_id(event, mailbox, immutable=each.immutable_ids)
            resource = f"Users/{mailbox.id}/Events/{name}"
            data = {
                "@odata.type": "#Microsoft.Graph.Event",
                "@odata.id": resource,
                "@odata.etag": f'W/"{change_key(event)}"',
                "id": name,
            }
            self._queue(each, {"changeType": change, "resource": resource, "resourceData": data})

    def list_changed(self, site_id: str, list_name: str) -> None:
        """Something happened in this list. Which row is not told (graph.md §2)."""
        resource = f"sites/{site_id}/lists/{list_name}"
        for each in self._for(resource, "updated"):
            data = {"@odata.type": "#Microsoft.Graph.ListItem"}
            self._queue(each, {"changeType": "updated", "resource": each.resource, "resourceData": data})

    def library_changed(self, drive_id: str) -> None:
        """Something happened in this library."""
        for each in self._for(f"drives/{drive_id}/root", "updated"):
            data = {"@odata.type": "#Microsoft.Graph.DriveItem"}
            self._queue(each, {"changeType": "updated", "resource": each.resource, "resourceData": data})

    def lifecycle(self, event: Lifecycle, *, pause: bool = False) -> None:
        """Tell every subscription that has an address for it. A removed one is gone, a paused one tells nothing."""
        for each in list(self.subscriptions.values()):
            if each.lifecycle_url:
                self.waiting.append((each.lifecycle_url, {"lifecycleEvent": event, **self._common(each)}))
            if event == "subscriptionRemoved":
                del self.subscriptions[each.id]
            elif pause:
                self.subscriptions[each.id] = replace(each, paused=True)

    def drop(self) -> None:
        """Lose what is waiting."""
        self.waiting.clear()

    def double(self) -> None:
        """Tell everything that is waiting twice."""
        self.waiting += list(self.waiting)

    def shuffle(self, seed: int) -> None:
        """Tell what is waiting in another order, the same for the same seed."""
        random.Random(seed).shuffle(self.waiting)  # noqa: S311 (an order, not a secret)

    def deliver(self, outside: Outside) -> list[int]:
        """Post what is waiting, one post an address. What wasn't taken waits on, as Graph tries for four hours."""
        waiting, self.waiting = self.waiting, []
        statuses = []
        for url in dict.fromkeys(url for url, _ in waiting):
            told = [each for address, each in waiting if address == url]
            reply = outside(url, json.dumps({"value": told}).encode(), "application/json", DELIVERY_SECONDS)
            statuses.append(reply.status)
            if not 200 <= reply.status < 300:
                self.waiting += [(url, each) for each in told]
        return statuses

    def _for(self, watches: str, change: str) -> list[Subscription]:
        now = datetime.fromtimestamp(self.clock(), UTC)
        return [
            each
            for each in self.subscriptions.values()
            if each.watches == watches
            and change in each.change_type.lower()
            and each.expires > now
            and not each.paused
        ]

    def _queue(self, to: Subscription, what: dict[str, Any]) -> None:
        self.waiting.append((to.notification_url, {**self._common(to), **what}))

    def _common(self, to: Subscription) -> dict[str, Any]:
        # Graph spells this moment in several ways (graph_samples: Z, +00:00, an offset; 3 to 7 decimals)
        moment = f"{to.expires:%Y-%m-%dT%H:%M:%S}"
        spelt = [f"{moment}.952Z", f"{moment}.9696658+00:00", f"{moment}.9907405Z"][next(self._numbers) % 3]
        return {
            "subscriptionId": to.id,
            "subscriptionExpirationDateTime": spelt,
            "clientState": to.client_state,
            "tenantId": self.tenant_id,
        }
