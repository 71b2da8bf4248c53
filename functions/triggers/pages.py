"""Somebody opens a signed link, or a calendar program fetches its feed. The signature is the lock."""

import azure.functions as func

from functions import cloud

METHODS = [
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
]  # so that all are answered by us, alike

blueprint = func.Blueprint()  # type: ignore[no-untyped-call]


@blueprint.function_name("page")
@blueprint.route("p/{token}", methods=METHODS, auth_level=func.AuthLevel.ANONYMOUS)
@blueprint.queue_output("touched", queue_name="touched-groups", connection="AzureWebJobsStorage")
async def page(req: func.HttpRequest, touched: func.Out[str]) -> func.HttpResponse:
    """Looking shows; a press acts once, and has the group read again soon."""
    from functions.pages import opening

    answer = await opening.page(cloud.HERE, *_asked(req))
    if answer.touched:
        touched.set(answer.touched)
    return func.HttpResponse(answer.body, status_code=answer.status, headers=dict(answer.headers))


@blueprint.function_name("feed")
@blueprint.route("feed/{token}", methods=METHODS, auth_level=func.AuthLevel.ANONYMOUS)
async def feed(req: func.HttpRequest) -> func.HttpResponse:
    """The meetings of one rep as a calendar."""
    from functions.pages import opening

    answer = await opening.calendar(cloud.HERE, *_asked(req))
    return func.HttpResponse(answer.body, status_code=answer.status, headers=dict(answer.headers))


def _asked(req: func.HttpRequest):  # type: ignore[no-untyped-def]
    from functions.pages.asked import asked

    part, media = req.params.get("do", ""), req.headers.get("content-type", "")
    known_as = req.headers.get("if-none-match", "")
    return req.route_params.get("token", ""), asked(req.method or "", part, media, req.get_body(), known_as)
