"""A command as a person types it: a subprocess in a folder, with an empty home and no settings."""

import subprocess
import sys
from pathlib import Path


def typed(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What the command printed, and its exit code."""
    command = [sys.executable, str(Path(__file__).parents[2] / "command_line.py"), *words]
    environment = {"HOME": str(folder / "home"), "PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
