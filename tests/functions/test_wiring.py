"""From settings to the one way in which we sign in."""

import pytest

from functions.settings import PREFIX, settings
from functions.wiring import storage_token, tokens_of
from graph_client.errors import PersonMustAct
from graph_client.managed_identity import ManagedIdentityToken
from graph_client.tokens import AppToken, FixedToken, resource_of

APP = {"TENANT_ID": "t", "CLIENT_ID": "c"}


def tokens(**given):
    return tokens_of(settings({PREFIX + name: text for name, text in given.items()}), "")


def test_a_token_for_a_run_at_home_goes_before_all():
    assert isinstance(tokens(TOKEN="x", MANAGED_IDENTITY_CLIENT_ID="system"), FixedToken)


def test_azures_own_identity():
    source = tokens(MANAGED_IDENTITY_CLIENT_ID="11111111-2222-3333-4444-555555555555")
    assert isinstance(source, ManagedIdentityToken)
    assert source.client_id.startswith("11111111")


@pytest.mark.parametrize("name", ["CERTIFICATE_PATH", "FEDERATED_TOKEN_FILE"])
def test_an_app_registration_with_its_proof(tmp_path, name):
    path = tmp_path / "proof"
    path.write_text("not what it should be")
    source = tokens(**APP, **{name: str(path)})
    assert isinstance(source, AppToken)
    assert (source.tenant_id, source.client_id) == ("t", "c")
    with pytest.raises(PersonMustAct, match=name):
        [each() for each in source.proof().values()]


def test_the_same_app_signs_in_to_storage_but_a_token_for_graph_does_not():
    def to_storage(**given):
        return storage_token(settings({PREFIX + name: text for name, text in given.items()}))

    assert to_storage(TOKEN="x") is None
    source = to_storage(MANAGED_IDENTITY_CLIENT_ID="system").__self__
    assert isinstance(source, ManagedIdentityToken)
    assert resource_of(source.graph_url) == "https://storage.azure.com"
