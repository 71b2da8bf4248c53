"""Work that waits in queues: calendars to read again, cards to send, and what failed five times."""

import logging

import azure.functions as func

from functions import cloud
from functions.waking.touched import Why, touched_in

log = logging.getLogger("protocol_watch")

LAST_TRY = 5  # maxDequeueCount in host.json: after it the host puts a message aside

blueprint = func.Blueprint()  # type: ignore[no-untyped-call]


@blueprint.function_name("touched_groups")
@blueprint.queue_trigger("message", queue_name="touched-groups", connection="AzureWebJobsStorage")
@blueprint.queue_output("due", queue_name="deliveries", connection="AzureWebJobsStorage")
async def touched_groups(message: func.QueueMessage, due: func.Out[str]) -> None:
    """Read calendars again; what can't be read now comes again, and at the last is left to the next sweep."""
    from functions.waking.read_again import PutBack, read_again
    from functions.waking.subscribing import reconcile_asked_for

    here, touched = cloud.HERE, touched_in(message.get_body().decode())
    watch = await here.watch()
    if touched.why is Why.SUBSCRIPTION:
        await reconcile_asked_for(watch, here.settings, here.clock(), touched.calendars)
    left = await read_again(watch, touched, here.clock(), here.window)
    if await watch.ledger.due(here.clock()):
        due.set(here.clock().isoformat())
    if left and (message.dequeue_count or 1) < LAST_TRY:
        raise PutBack(f"{len(left)} of {len(touched.calendars)} calendars wait for a minute.")
    log.info("Calendars read again: %s, left: %s", len(touched.calendars), len(left))


@blueprint.function_name("deliveries")
@blueprint.queue_trigger("message", queue_name="deliveries", connection="AzureWebJobsStorage")
async def deliveries(message: func.QueueMessage) -> None:  # noqa: ARG001 (that it came is all it says)
    """Send what is owed and due."""
    from functions.flow import deliver

    await deliver(await cloud.HERE.watch(), cloud.HERE.clock())


@blueprint.function_name("touched_groups_poison")
@blueprint.queue_trigger("message", queue_name="touched-groups-poison", connection="AzureWebJobsStorage")
async def touched_groups_poison(message: func.QueueMessage) -> None:  # noqa: ARG001
    """Reading failed five times: one line to the manager."""
    await _put_aside("touched-groups")


@blueprint.function_name("deliveries_poison")
@blueprint.queue_trigger("message", queue_name="deliveries-poison", connection="AzureWebJobsStorage")
async def deliveries_poison(message: func.QueueMessage) -> None:  # noqa: ARG001
    """Sending failed five times: one line to the manager."""
    await _put_aside("deliveries")


async def _put_aside(queue: str) -> None:
    from functions.waking.put_aside import put_aside

    await put_aside(await cloud.HERE.watch(), queue, cloud.HERE.clock())
