"""The clock's ticks, all in UTC, which is all that this plan knows. What is due by London's clock is decided inside.

No tick is counted on: one may be skipped, come late, or come twice.
"""

import typing
from datetime import time

import azure.functions as func

from functions import cloud
from functions.waking.touched import shared_out

DAILY_AT, RETENTION_AT = time(6, 0), time(3, 0)  # London

blueprint = func.Blueprint()  # type: ignore[no-untyped-call]


@blueprint.function_name("sweep")
@blueprint.timer_trigger("timer", schedule="0 */15 * * * *")
@blueprint.queue_output("touched", queue_name="touched-groups", connection="AzureWebJobsStorage")
async def sweep(timer: func.TimerRequest, touched: func.Out[typing.List[str]]) -> None:  # noqa: ARG001, UP006 (the worker refuses list[str])
    """Every calendar is to be read again, twenty to a message, whether anybody told us of changes or not."""
    here = cloud.HERE
    watch = await here.watch()
    messages = [one.text for one in shared_out(watch.book.agreement.calendars, here.clock())]
    if messages:
        touched.set(messages)
    if here.settings.heartbeat_url is not None:
        from functions.waking.heartbeat import beat

        await beat(watch, here.settings.heartbeat_url.get_secret_value(), here.clock())


@blueprint.function_name("daily")
@blueprint.timer_trigger("timer", schedule="0 10 * * * *")
async def daily(timer: func.TimerRequest) -> None:  # noqa: ARG001
    """Once a day, at six in the morning in London or at the next tick: promises that are wider than one group."""
    from functions.waking.daily_pass import NAME, daily_pass
    from functions.waking.once_a_day import once_a_day

    watch, now = await cloud.HERE.watch(), cloud.HERE.clock()
    await once_a_day(watch, NAME, DAILY_AT, now, lambda: daily_pass(watch, now))


@blueprint.function_name("delivery_times")
@blueprint.timer_trigger("timer", schedule="30 */5 * * * *")
async def delivery_times(timer: func.TimerRequest) -> None:  # noqa: ARG001
    """Send what is owed and due (nothing between the times at which cards leave), then show the manager."""
    from functions.flow import deliver
    from functions.showing.showing import show

    watch = await cloud.HERE.watch()
    await deliver(watch, cloud.HERE.clock())
    await show(watch, cloud.HERE.clock())


@blueprint.function_name("subscriptions")
@blueprint.timer_trigger("timer", schedule="0 40 */6 * * *")
async def subscriptions(timer: func.TimerRequest) -> None:  # noqa: ARG001
    """Four times a day: make, renew and remove subscriptions until they are as they should be."""
    from functions.waking.subscribing import reconcile

    here = cloud.HERE
    await reconcile(await here.watch(), here.settings, here.clock())


@blueprint.function_name("retention")
@blueprint.timer_trigger("timer", schedule="0 25 * * * *")
async def retention(timer: func.TimerRequest) -> None:  # noqa: ARG001
    """Once a night, at three in London or at the next tick: let go what has had its time."""
    from functions.keeping.tidying import NAME, tidy
    from functions.waking.once_a_day import once_a_day

    watch, now = await cloud.HERE.watch(), cloud.HERE.clock()
    await once_a_day(watch, NAME, RETENTION_AT, now, lambda: tidy(watch, now))
