"""`protocol-watch tenant` serves the emulated tenant, and the settings it prints are enough to ask it."""

import os
import re
import signal
import ssl
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from functions.settings import settings


@pytest.mark.skipif(os.name != "posix", reason="sends signals")
@pytest.mark.parametrize("stopped_by", [signal.SIGINT, signal.SIGTERM])
def test_the_settings_it_prints_open_the_tenant(tmp_path: Path, stopped_by: signal.Signals) -> None:
    """In the background too, where a shell has programs ignore Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # what the command inherits
    try:
        _serve_ask_and_stop(tmp_path, stopped_by)
    finally:
        signal.signal(signal.SIGINT, before)


def _serve_ask_and_stop(folder: Path, stopped_by: signal.Signals) -> None:
    command = [sys.executable, str(Path(__file__).parents[2] / "command_line.py"), "tenant"]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as served:
        assert served.stdout is not None
        said = ""
        while "REQUESTS_CA_BUNDLE" not in said:
            line = served.stdout.readline()
            assert line, "it stopped before it said how to reach it"
            said += line
        told = dict(re.findall(r"(PROTOCOL_WATCH_\w+)='([^']*)'", said))
        [ca_file] = re.findall(r"SSL_CERT_FILE='([^']*)'", said)
        read = settings(told)
        verify = ssl.create_default_context(cafile=ca_file)
        answer = httpx.get(f"{read.graph_url}/users/x/calendarView", verify=verify, trust_env=False)
        served.send_signal(stopped_by)
        try:
            served.communicate(timeout=20)
        finally:
            served.kill()
    assert answer.status_code == 401  # it is there, and wants a token
    assert served.returncode in (0, 2)


@pytest.mark.parametrize("port", ["-1", "70000"])
def test_a_port_that_is_none_is_said_so(tmp_path: Path, port: str) -> None:
    command = [sys.executable, str(Path(__file__).parents[2] / "command_line.py"), "tenant", "--port", port]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
