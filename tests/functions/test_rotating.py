"""New secret words lie in files that only their owner can read, and never take the place of others."""

import stat
import sys
from pathlib import Path

import pytest

from functions.setting_up.rotating import rotate
from functions.settings import SettingsFault, settings
from graph_client.subscriptions import LONGEST_STATE
from models.links import keys_in
from reading.faults import Unreadable


def test_two_words_that_nobody_can_guess(tmp_path: Path) -> None:
    new = rotate(tmp_path)
    words = [Path(name).read_text() for name in (new.client_state, new.signing_key)]
    assert len(set(words)) == 2
    for word in words:
        assert 32 <= len(word) <= LONGEST_STATE
        assert word == word.strip()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a user's files by other means")
def test_only_their_owner_reads_them(tmp_path: Path) -> None:
    new = rotate(tmp_path)
    for name in (new.client_state, new.signing_key):
        assert stat.S_IMODE(Path(name).stat().st_mode) == 0o600


def test_a_word_that_lies_there_is_never_lost(tmp_path: Path) -> None:
    (tmp_path / "signing-key.txt").write_text("in use")
    with pytest.raises(Unreadable, match="perhaps with a word that is in use"):
        rotate(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["signing-key.txt"]
    assert (tmp_path / "signing-key.txt").read_text() == "in use"


def test_former_keys_stand_behind_the_new_one_and_still_open_links(tmp_path: Path) -> None:
    former = "the-key-before-it-had-as-many-letters an-older-one-that-is-kept-no-more"
    in_use = f"the-key-in-use-has-thirty-two-letters, {former}"
    new = rotate(tmp_path, in_use)
    written = Path(new.signing_key).read_text()
    keys = keys_in(written)
    assert new.former
    assert [key.decode() for key in keys[1:]] == [
        "the-key-in-use-has-thirty-two-letters",
        "the-key-before-it-had-as-many-letters",
    ]
    assert len(keys[0]) >= 32
    assert (
        settings({"PROTOCOL_WATCH_TOKEN": "x", "PROTOCOL_WATCH_SIGNING_KEY": written}).signing_key is not None
    )


@pytest.mark.parametrize(
    ("keys", "fault"),
    [
        ("short", "must have 32 letters or more in each key"),
        (f"{'a' * 40} short", "must have 32 letters or more in each key"),
        (",", "must have 32 letters or more in each key"),
        (" ".join(letter * 40 for letter in "abcd"), "must hold at most 3 keys"),
        (f"{'a' * 40} {'a' * 40}", "holds the same key twice"),
    ],
)
def test_signing_keys_that_can_not_be_used_are_one_sentence_without_the_key(keys: str, fault: str) -> None:
    with pytest.raises(SettingsFault) as raised:
        settings({"PROTOCOL_WATCH_TOKEN": "x", "PROTOCOL_WATCH_SIGNING_KEY": keys})
    [said] = raised.value.faults
    assert fault in said
    assert "aaaa" not in said
