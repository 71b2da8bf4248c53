"""An app proves itself with its certificate, as Microsoft's own library does, and its token runs out."""

from dataclasses import replace
from functools import partial

import jwt
import msal
import pytest
import requests

from emulator.certificates import app_certificate
from emulator.serve import running
from emulator.tokens import ASSERTION

CERTIFICATE, ANOTHER = app_certificate(), app_certificate()
BOX = "send.partnership@council.example"
VIEW = f"/v1.0/users/{BOX}/calendarView?startDateTime=2026-11-01&endDateTime=2026-12-01"
SCOPE = "https://graph.microsoft.com/.default"


@pytest.fixture
def app(county):
    """The county's app, with its certificate registered."""
    (client_id,) = county.apps
    county.apps[client_id] = replace(county.apps[client_id], certificates=(CERTIFICATE.certificate,))
    return county.apps[client_id]


@pytest.fixture
def ask(graph, county, app):
    """Asks for a token with an assertion of one's own making."""
    url = f"https://emulated/{county.tenant_id}/oauth2/v2.0/token"

    def asked(*, key=CERTIFICATE, named=CERTIFICATE, form=None, algorithm="RS256", **claims):
        now = int(county.clock())
        said = {
            "aud": url,
            "iss": app.client_id,
            "sub": app.client_id,
            "jti": "1",
            "nbf": now,
            "exp": now + 600,
        }
        header = {"x5t": msal.oauth2cli.assertion._encode_thumbprint(named.thumbprint)}
        signed = jwt.encode(said | claims, key.private_key, algorithm, header)
        fields = {
            "client_id": app.client_id,
            "grant_type": "client_credentials",
            "scope": SCOPE,
            "client_assertion_type": ASSERTION,
            "client_assertion": signed,
        }
        return graph.post(url, data=fields | (form or {}))

    return asked


@pytest.mark.parametrize("named_by", ["thumbprint", "public_certificate"])
def test_microsofts_own_library_gets_a_token_over_tls(county, app, named_by):
    credential = {
        "private_key": CERTIFICATE.private_key,
        named_by: CERTIFICATE.thumbprint if named_by == "thumbprint" else CERTIFICATE.certificate,
    }
    with running(county) as served, trusting(served) as session:
        answer = token_by_msal(session, served, county, app, credential)
        assert answer.get("token_type") == "Bearer", answer
        headers = {"Authorization": f"Bearer {answer['access_token']}"}
        assert session.get(served.base_url + VIEW, headers=headers).status_code == 200


def test_an_app_with_another_certificate_gets_entras_error(county, app):
    credential = {"private_key": ANOTHER.private_key, "public_certificate": ANOTHER.certificate}
    with running(county) as served, trusting(served) as session:
        answer = token_by_msal(session, served, county, app, credential)
    assert answer["error"] == "invalid_client"
    assert answer["error_description"].startswith("AADSTS700027:")


def test_a_good_assertion_gets_a_token_whichever_way_it_is_signed(ask):
    tokens = {ask(algorithm=algorithm).json()["access_token"] for algorithm in ("RS256", "PS256")}
    assert len(tokens) == 2


@pytest.mark.parametrize(
    ("wrong", "status", "number"),
    [
        ({"key": ANOTHER}, 401, 700027),
        ({"named": ANOTHER}, 401, 700027),
        ({"aud": "https://elsewhere.example"}, 401, 700023),
        ({"exp": 1000}, 401, 700024),
        ({"iss": "somebody"}, 401, 700027),
        ({"sub": "somebody"}, 401, 700021),
        ({"form": {"client_assertion": "no.such.thing"}}, 401, 700027),
        ({"form": {"client_assertion": ""}}, 401, 7000218),
        ({"form": {"client_assertion_type": "password"}}, 401, 7000218),
        ({"form": {"client_id": "nobody"}}, 400, 700016),
        ({"form": {"scope": "Calendars.Read"}}, 400, 1002012),
        ({"form": {"grant_type": "password"}}, 400, 70003),
    ],
)
def test_a_wrong_request_gets_entras_error(ask, wrong, status, number):
    answer = ask(**wrong)
    assert (answer.status_code, answer.json()["error_codes"]) == (status, [number])
    assert answer.json()["error_description"].startswith(f"AADSTS{number}: ")


def test_another_tenant_is_not_found(graph):
    answer = graph.get("/another/v2.0/.well-known/openid-configuration")
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_tenant")
    assert graph.post("/another/oauth2/v2.0/token").json()["error"] == "invalid_tenant"


def test_a_token_runs_out(ask, graph, county):
    issued = ask().json()
    read = partial(graph.get, VIEW, headers={"Authorization": f"Bearer {issued['access_token']}"})
    assert read().status_code == 200
    late = county.clock() + issued["expires_in"] + 1
    county.clock = lambda: late
    assert (read().status_code, read().json()["error"]["code"]) == (401, "InvalidAuthenticationToken")


def trusting(served):
    """The kind of client that msal makes for itself, trusting this server, and closed in the end."""
    session = requests.Session()
    session.verify = str(served.ca_file)
    session.trust_env = False  # else REQUESTS_CA_BUNDLE, where it is set, silently wins over verify
    return session


def token_by_msal(session, served, county, app, credential):
    client = msal.ConfidentialClientApplication(
        app.client_id,
        authority=f"{served.base_url}/{county.tenant_id}",
        instance_discovery=False,
        client_credential=credential,
        http_client=session,
    )
    return client.acquire_token_for_client([SCOPE])
