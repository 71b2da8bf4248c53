"""Microsoft Graph calls: it tries the way, something changed, or a subscription needs care."""

import azure.functions as func

from functions import cloud
from functions.telemetry import Telemetry, of_notices
from functions.waking.hearing import Post, heard

PLAIN = {"Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff"}

blueprint = func.Blueprint()  # type: ignore[no-untyped-call]


@blueprint.function_name("notifications")
@blueprint.route("api/notifications", methods=["POST"], auth_level=func.AuthLevel.ANONYMOUS)
@blueprint.queue_output("touched", queue_name="touched-groups", connection="AzureWebJobsStorage")
async def notifications(req: func.HttpRequest, touched: func.Out[str]) -> func.HttpResponse:
    """Something changed in a calendar. Where the queue is down, the host answers 500, and Graph tries again."""
    return answer(req, touched)


@blueprint.function_name("lifecycle")
@blueprint.route("api/lifecycle", methods=["POST"], auth_level=func.AuthLevel.ANONYMOUS)
@blueprint.queue_output("touched", queue_name="touched-groups", connection="AzureWebJobsStorage")
async def lifecycle(req: func.HttpRequest, touched: func.Out[str]) -> func.HttpResponse:
    """A subscription wants renewing, was removed, or missed something."""
    return answer(req, touched)


def answer(req: func.HttpRequest, touched: func.Out[str]) -> func.HttpResponse:
    """Put what is to be read again into the queue, and answer at once."""
    here = cloud.HERE
    asked = Post(
        token=req.params.get("validationToken", ""),
        calendar=req.params.get("calendar", ""),
        media=req.headers.get("content-type", ""),
        body=req.get_body(),
    )
    try:
        said = heard(asked, here.client_state, here.clock())
    except cloud.NotReady:
        return func.HttpResponse(status_code=503, headers=PLAIN)
    Telemetry().note("notified", **of_notices(said))
    if said.touched is not None:
        touched.set(said.touched.text)
    return func.HttpResponse(said.text, status_code=said.status, headers=PLAIN)
