"""We sign in with a certificate, keep the token while it is good, and give nothing away when refused."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from emulator.certificates import app_certificate
from emulator.seed import invented_county
from emulator.serve import running
from graph_client.calendar_windows import read_window
from graph_client.errors import PersonMustAct, TryAgainLater
from graph_client.proofs import certificate as certificate_proof
from graph_client.tenant import open_tenant
from graph_client.tokens import AppToken, FixedToken
from tests.graph_client.events import BOX

CERTIFICATE, ANOTHER = app_certificate(), app_certificate()


@pytest.fixture
def county():
    county = invented_county()
    (client_id,) = county.apps
    county.apps[client_id] = replace(county.apps[client_id], certificates=(CERTIFICATE.certificate,))
    return county


@pytest.fixture
def served(county):
    with running(county) as here:
        yield here


@pytest.fixture
def source(county, served, tmp_path):
    def made(certificate=CERTIFICATE, **changed):
        path = tmp_path / "app.pem"
        path.write_text(certificate.private_key + certificate.certificate)
        given = {
            "authority_url": served.base_url,
            "tenant_id": county.tenant_id,
            "client_id": next(iter(county.apps)),
            "proof": lambda: certificate_proof(path),
            "graph_url": f"{served.base_url}/v1.0",
            "ca_file": str(served.ca_file),
        }
        return AppToken(**given | changed)

    return made


async def test_a_certificate_opens_the_tenant(source, served):
    tokens = source()
    async with open_tenant(
        f"{served.base_url}/v1.0", tokens, lambda: datetime.now(UTC), ca_file=str(served.ca_file)
    ) as tenant:
        assert (await read_window(tenant, BOX, date(2026, 11, 1), date(2026, 12, 31))).meetings


async def test_a_token_is_fetched_once_and_again_when_it_was_refused(source, county):
    tokens = source()
    many = await asyncio.gather(*(tokens.token() for _ in range(8)))
    assert len(set(many)) == len(county.issued) == 1
    assert await tokens.renew()
    assert await tokens.token() not in many


async def test_a_token_that_soon_runs_out_is_fetched_in_time(source, county):
    county.token_lifetime = 299  # msal renews what has less than five minutes left
    tokens = source()
    assert await tokens.token() != await tokens.token()


async def test_an_expired_token_is_renewed_in_the_middle_of_a_read(source, served, county):
    tokens = source()
    async with open_tenant(
        f"{served.base_url}/v1.0", tokens, lambda: datetime.now(UTC), ca_file=str(served.ca_file)
    ) as tenant:
        await tokens.token()
        county.issued.clear()  # as if Entra had called it back
        assert (await read_window(tenant, BOX, date(2026, 11, 1), date(2026, 12, 31))).meetings


@pytest.mark.parametrize(
    ("changed", "cure"),
    [
        ({"tenant_id": "00000000-0000-0000-0000-000000000000"}, "PROTOCOL_WATCH_TENANT_ID"),
        ({"client_id": "00000000-0000-0000-0000-000000000000"}, "PROTOCOL_WATCH_CLIENT_ID"),
        ({"certificate": ANOTHER}, "upload its public half"),
        ({"ca_file": ""}, "does not trust"),
    ],
)
async def test_a_refusal_says_who_must_do_what(source, changed, cure):
    tokens = source(**changed)
    with pytest.raises(PersonMustAct, match=cure) as raised:
        await tokens.token()
    said = str(raised.value)
    assert "\n" not in said
    assert "Trace ID" not in said
    assert "PRIVATE KEY" not in said + repr(tokens)


async def test_a_sign_in_service_that_is_away(source, served):
    tokens = source(authority_url="https://127.0.0.1:9")
    with pytest.raises(TryAgainLater, match="can't be reached"):
        await tokens.token()


@pytest.mark.parametrize("content", [None, "rubbish", "-----BEGIN CERTIFICATE-----\nx", b"\xff\xfe\x00"])
async def test_a_certificate_file_that_is_none(source, tmp_path, content):
    path = tmp_path / "other.pem"
    if content is not None:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(PersonMustAct, match="PROTOCOL_WATCH_CERTIFICATE_PATH"):
        await source(proof=lambda: certificate_proof(path)).token()


async def test_a_broken_key_in_the_file(source, tmp_path):
    path = tmp_path / "other.pem"
    path.write_text(
        "-----BEGIN PRIVATE KEY-----\nrubbish\n-----END PRIVATE KEY-----\n" + CERTIFICATE.certificate
    )
    with pytest.raises(PersonMustAct, match="PROTOCOL_WATCH_CERTIFICATE_PATH"):
        await source(proof=lambda: certificate_proof(path)).token()


async def test_a_fixed_bearer_is_given_as_it_is_and_not_shown():
    tokens = FixedToken("a-bearer-that-nobody-may-see")
    assert await tokens.token() == "a-bearer-that-nobody-may-see"
    assert not await tokens.renew()
    assert "nobody-may-see" not in repr(tokens)
