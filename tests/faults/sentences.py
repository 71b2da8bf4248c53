"""What an error must look like to the person who reads it."""

import re

from tests.faults.partnership import SECRETS

NEVER = (*SECRETS, "http", "skiptoken", "Traceback", "Jo Marsh", "elsewhere", "<", "{", "\n", "None")


def assert_one_sentence(said: str, mailbox: str) -> None:
    """One plain sentence that names the mailbox, and nothing that is nobody's business."""
    assert mailbox in said
    for word in NEVER:
        assert word not in said, f"{word!r} is in: {said}"
    assert said.endswith(".")
    assert re.search(r"[.!?]\s", said) is None, said
    assert len(said) < 420
