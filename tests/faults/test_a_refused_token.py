"""A token that is refused for good is not about one mailbox's rights: the sentence sends people to the sign-in."""

import pytest

from graph_client.calendar_windows import read_window
from graph_client.errors import PersonMustAct
from tests.faults.effects import refused
from tests.faults.faults import ALWAYS
from tests.faults.partnership import FIRST, LAST, TROUBLED, opened, tenant_of_twenty
from tests.faults.sentences import assert_one_sentence
from tests.faults.wires import Troubled


async def test_it_sends_people_to_the_sign_in_and_not_to_the_rights_of_the_mailbox() -> None:
    effect = refused(401, "InvalidAuthenticationToken")()
    async with opened(Troubled(tenant_of_twenty(), TROUBLED, effect, times=ALWAYS)) as client:
        with pytest.raises(PersonMustAct) as raised:
            await read_window(client.tenant, TROUBLED, FIRST, LAST)
    assert_one_sentence(str(raised.value), TROUBLED)
    assert "RBAC" not in str(raised.value)
    assert "app registration" in str(raised.value)
