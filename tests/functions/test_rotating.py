"""New secret words lie in files that only their owner can read, and never take the place of others."""

import stat
import sys
from pathlib import Path

import pytest

from functions.setting_up.rotating import rotate
from graph_client.subscriptions import LONGEST_STATE
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
