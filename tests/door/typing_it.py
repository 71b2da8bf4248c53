"""A command as a person types it: a process of its own in a folder, with an empty home and no settings.

`make prove` starts Python anew for each. `make test` has loaded the program once, and forks: only loading is saved.
"""

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer

from tests.proving import PROVING

COMMAND = Path(__file__).parents[2] / "command_line.py"
PATIENCE = 120  # seconds
ANEW = PROVING or not hasattr(os, "fork")


def typed(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What the command printed, and its exit code."""
    return typed_with({}, folder, *words)


def typed_with(
    more: Mapping[str, str], folder: Path, *words: str, answer: str = "", anew: bool = ANEW
) -> subprocess.CompletedProcess[str]:
    """The same with more in the environment, and with an answer typed where it asks."""
    environment = {"HOME": str(folder / "home"), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1", **more}
    if not anew:
        return _by_the_typist(environment, folder, words, answer)
    return subprocess.run(
        [sys.executable, str(COMMAND), *words],
        cwd=folder,
        env=environment,
        input=answer,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@cache
def _typist() -> "subprocess.Popen[str]":
    environment = {"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("typist.py"))],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(process.kill)
    return process


def _by_the_typist(
    environment: Mapping[str, str], folder: Path, words: tuple[str, ...], answer: str
) -> subprocess.CompletedProcess[str]:
    typist = _typist()
    with TemporaryDirectory() as place:
        files = {name: Path(place, name) for name in ("in", "out", "err")}
        for name, file in files.items():
            file.write_text(answer if name == "in" else "", "utf-8")
        asked = {"words": words, "folder": str(folder), "environment": dict(environment)}
        assert typist.stdin is not None
        assert typist.stdout is not None
        late = Timer(PATIENCE, typist.kill)
        late.start()
        typist.stdin.write(json.dumps(asked | {name: str(file) for name, file in files.items()}) + "\n")
        typist.stdin.flush()
        said = typist.stdout.readline()
        late.cancel()
        assert said, f"no answer to {' '.join(words)} within {PATIENCE} seconds"
        out, err = (files[name].read_text("utf-8") for name in ("out", "err"))
    return subprocess.CompletedProcess(["protocol-watch", *words], int(said), out, err)
