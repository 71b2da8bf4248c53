"""New secret words: made here, written where only their owner can read them, never shown."""

import os
import secrets
from pathlib import Path

from functions.setting_kinds import MOST_KEYS
from models.links import keys_in
from reading.faults import Fault, Unreadable
from wording.provisioned import Rotated

CLIENT_STATE, SIGNING_KEY = "client-state.txt", "signing-key.txt"
BYTES = 48  # 64 signs: Graph takes at most 128


def rotate(folder: Path, in_use: str = "") -> Rotated:
    """Write a new CLIENT_STATE and a new SIGNING_KEY into a folder; Unreadable where such a file lies there.

    Nothing uses them yet: a person puts them where the app reads its settings. `in_use` are the signing keys of
    now, as the setting has them: they stand behind the new one, so that links in mails that were sent still open.
    """
    paths = [folder / CLIENT_STATE, folder / SIGNING_KEY]
    there = [path for path in paths if path.exists()]
    if there:
        what = "it is there already, perhaps with a word that is in use"
        raise Unreadable(
            [Fault(str(path), 0, what, "Put it away, then type the command again") for path in there]
        )
    former = [key.decode() for key in keys_in(in_use)][: MOST_KEYS - 1]
    _keep(paths[0], secrets.token_urlsafe(BYTES))
    _keep(paths[1], " ".join([secrets.token_urlsafe(BYTES), *former]))
    return Rotated(str(paths[0]), str(paths[1]), former=bool(former))


def _keep(path: Path, word: str) -> None:
    """No line end after it: it would become part of the word."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(word)
