"""A token of another issuer opens the app registration: it is read afresh each time, and shown to nobody else."""

from functools import partial

import pytest

from emulator.certificates import server_certificate
from graph_client.errors import PersonMustAct
from graph_client.proofs import federated
from graph_client.tokens import AppToken
from tests.graph_client.answering import answering

TENANT = "aaaaaaaa-0000-0000-0000-000000000001"
FIRST, SECOND = "eyJhbGciOi.first.proof", "eyJhbGciOi.second.proof"


@pytest.fixture
def certificate(tmp_path):
    """Msal speaks to nobody without TLS."""
    made, path = server_certificate(), tmp_path / "server.pem"
    path.write_text(made.private_key + made.certificate)
    return path


@pytest.fixture
def entra(certificate):
    """Entra's two addresses; `says` may be changed while it runs."""
    says = {"status": 200, "expires_in": 3600, "error": ""}

    def answers(asked, url):
        if asked.path.endswith("/openid-configuration"):
            here = f"{url}/{TENANT}"
            ends = {"token_endpoint": f"{here}/oauth2/v2.0/token", "issuer": f"{here}/v2.0"}
            return 200, ends | {"authorization_endpoint": f"{here}/oauth2/v2.0/authorize"}
        if says["error"]:
            return 401, {"error": "invalid_client", "error_description": says["error"]}
        number = sum("client_assertion" in each.given for each in server.asked)
        return 200, {
            "access_token": f"token-{number}",
            "expires_in": says["expires_in"],
            "token_type": "Bearer",
        }

    with answering(answers, certificate) as server:
        server.says = says
        yield server


@pytest.fixture
def source(entra, certificate):
    def made(given):
        proof = partial(federated, given)
        return AppToken(
            entra.url, TENANT, "an-app", proof, "https://graph.microsoft.com/v1.0", str(certificate)
        )

    return made


def shown(entra):
    return [each.given for each in entra.asked if "client_assertion" in each.given]


async def test_a_file_that_the_platform_keeps_fresh(entra, source, tmp_path):
    path = tmp_path / "token"
    path.write_text(f"{FIRST}\n")
    tokens = source(path)
    assert await tokens.token() == await tokens.token() == "token-1"
    path.write_text(SECOND)
    assert await tokens.renew()
    assert await tokens.token() == "token-2"
    one, other = shown(entra)
    assert (one["client_assertion"], other["client_assertion"]) == (FIRST, SECOND)
    assert one["client_assertion_type"].endswith("jwt-bearer")
    assert one["scope"] == "https://graph.microsoft.com/.default"
    assert one["client_id"] == "an-app"
    assert "eyJ" not in repr(tokens)


async def test_a_function_that_gives_the_token(entra, source):
    assert await source(lambda: SECOND).token() == "token-1"
    assert shown(entra)[0]["client_assertion"] == SECOND


async def test_a_token_that_soon_runs_out_is_fetched_in_time(entra, source):
    entra.says["expires_in"] = 299
    tokens = source(lambda: FIRST)
    assert [await tokens.token(), await tokens.token()] == ["token-1", "token-2"]


@pytest.mark.parametrize("content", [None, "", "no token", b"\xff\xfe"])
async def test_a_file_without_a_token(source, tmp_path, content):
    path = tmp_path / "token"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(PersonMustAct, match="PROTOCOL_WATCH_FEDERATED_TOKEN_FILE") as raised:
        await source(path).token()
    assert str(path) in str(raised.value)


@pytest.mark.parametrize(
    ("number", "cure"),
    [("700213", "subject"), ("700212", "audience"), ("70021", "issuer, subject and audience")],
)
async def test_a_credential_that_does_not_fit(entra, source, number, cure):
    entra.says["error"] = f"AADSTS{number}: No matching federated identity record found for subject 'repo:x'."
    with pytest.raises(PersonMustAct, match=cure) as raised:
        await source(lambda: FIRST).token()
    assert "repo:x" not in str(raised.value)
    assert FIRST not in str(raised.value)
