"""The door of the cloud: what Azure Functions loads. It registers the triggers, and has no logic of its own."""

import azure.functions as func

from functions.triggers import blueprints

app = func.FunctionApp(http_auth_level=func.AuthLevel.FUNCTION)
for _each in blueprints:
    app.register_functions(_each)
