"""Azure's own identity endpoint, played on this machine: tokens come in time, and refusals name the cure."""

import logging
import time

import pytest

from graph_client.errors import PersonMustAct, TryAgainLater
from graph_client.managed_identity import ManagedIdentityToken
from tests.graph_client.answering import answering

SECRET = "a-token-that-nobody-may-see"


def token(seconds=86_400, **more):
    return {
        "access_token": SECRET,
        "expires_on": str(int(time.time()) + seconds),
        "token_type": "Bearer",
    } | more


@pytest.fixture
def endpoint(monkeypatch):
    """Azure Functions' identity endpoint; `says` may be changed while it runs."""
    says = {"status": 200, "body": token()}

    def answers(asked, url):
        return says["status"], says["body"]

    with answering(answers) as server:
        monkeypatch.setenv("IDENTITY_ENDPOINT", f"{server.url}/msi/token")
        monkeypatch.setenv("IDENTITY_HEADER", "a-header-that-nobody-may-see")
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
        for name in ("IMDS_ENDPOINT", "IDENTITY_SERVER_THUMBPRINT", "MSI_ENDPOINT", "NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        server.says = says
        yield server


def source(client_id="system"):
    return ManagedIdentityToken("https://graph.microsoft.com/v1.0", client_id)


async def test_the_apps_own_identity(endpoint):
    tokens = source()
    assert await tokens.token() == SECRET
    assert await tokens.token() == SECRET
    [asked] = endpoint.asked
    assert asked.path == "/msi/token"
    assert asked.given["resource"] == "https://graph.microsoft.com"
    assert "client_id" not in asked.given
    assert asked.headers["x-identity-header"] == "a-header-that-nobody-may-see"
    assert SECRET not in repr(tokens)


async def test_an_identity_that_was_made_for_it(endpoint):
    await source("11111111-2222-3333-4444-555555555555").token()
    assert endpoint.asked[0].given["client_id"] == "11111111-2222-3333-4444-555555555555"


async def test_a_token_that_soon_runs_out_is_fetched_in_time(endpoint):
    endpoint.says["body"] = token(seconds=299)
    tokens = source()
    await tokens.token()
    await tokens.token()
    assert len(endpoint.asked) == 2


async def test_a_token_that_was_refused_is_fetched_again(endpoint):
    tokens = source()
    await tokens.token()
    assert await tokens.renew()
    await tokens.token()
    assert len(endpoint.asked) == 2


@pytest.mark.parametrize("status", [429, 500, 503, 410])
async def test_a_busy_endpoint_is_for_later(endpoint, status):
    endpoint.says |= {"status": status, "body": {"statusCode": status, "message": "busy"}}
    tokens = source()
    with pytest.raises(TryAgainLater, match=f"answered {status}"):
        await tokens.token()
    endpoint.says |= {"status": 200, "body": token()}
    assert await tokens.token() == SECRET


async def test_no_json_is_for_later(endpoint, caplog):
    caplog.set_level(logging.DEBUG, "msal.managed_identity")
    endpoint.says["body"] = f"<html>{SECRET}</html>"
    from graph_client.quiet_logs import keep_addresses_out_of_logs

    keep_addresses_out_of_logs()
    with pytest.raises(TryAgainLater):
        await source().token()
    assert SECRET not in caplog.text


async def test_an_identity_that_is_not_there_is_for_a_person(endpoint):
    endpoint.says |= {"status": 400, "body": {"statusCode": 400, "message": "No User Assigned identity: x@y"}}
    with pytest.raises(PersonMustAct, match="PROTOCOL_WATCH_MANAGED_IDENTITY_CLIENT_ID") as raised:
        await source("11111111-2222-3333-4444-555555555555").token()
    assert "x@y" not in str(raised.value)
    assert "\n" not in str(raised.value)


async def test_a_machine_outside_azure_is_told_so(endpoint, monkeypatch):
    monkeypatch.setenv("IDENTITY_ENDPOINT", "http://127.0.0.1:9/msi/token")
    with pytest.raises(TryAgainLater, match="only inside Azure"):
        await source().token()


async def test_a_virtual_machines_endpoint(endpoint, monkeypatch):
    monkeypatch.delenv("IDENTITY_ENDPOINT")
    monkeypatch.setenv("AZURE_POD_IDENTITY_AUTHORITY_HOST", endpoint.url)
    endpoint.says["body"] = token(expires_in="3600")
    assert await source().token() == SECRET
    assert endpoint.asked[0].path == "/metadata/identity/oauth2/token"
    assert endpoint.asked[0].headers["metadata"] == "true"
