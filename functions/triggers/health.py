"""Somebody asks how the program is. It needs a function key: groups and their dates are nobody else's matter."""

import json

import azure.functions as func

from functions import cloud

blueprint = func.Blueprint()  # type: ignore[no-untyped-call]


@blueprint.function_name("health")
@blueprint.route("api/health", methods=["GET"], auth_level=func.AuthLevel.FUNCTION)
async def health(req: func.HttpRequest) -> func.HttpResponse:  # noqa: ARG001
    """200 where every calendar was read in the last hour, 503 where not."""
    from functions.waking.health import health_here

    found = await health_here(cloud.HERE)
    return func.HttpResponse(
        json.dumps(found.page, indent=2),
        status_code=found.status,
        mimetype="application/json",
        headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
    )
