"""The demo has registries of its own, and touches nobody's."""

from __future__ import annotations

import json
from pathlib import Path

from tests.pty.conftest import OpenApp
from tests.pty.seat import DOWN, ENTER, ESCAPE, READY, press
from tests.support.terminal import Terminal

HOST = "registry.example.com:5443"
PASSWORD = "hunter2-or-so"


def test_the_demo_knows_nothing_of_the_person_s_own_logins(
    open_app: OpenApp, tmp_path: Path
) -> None:
    own = tmp_path / "config.json"
    own.write_text(json.dumps({"auths": {"private.example.org": {"auth": "YWRhOmFkYQ=="}}}))
    before = own.read_bytes()
    terminal = open_app("--demo", columns=120, rows=35, env={"DOCKER_CONFIG": str(tmp_path)})
    terminal.wait_for(READY)
    press(terminal, "H")
    terminal.wait_for(HOST)
    assert "private.example.org" not in terminal.text()
    press(terminal, "G", "o")
    terminal.wait_for("Log out of")
    press(terminal, "y")
    terminal.wait_for("Logged out of")
    log_in(terminal, PASSWORD)
    terminal.wait_for("does not accept the user name")
    press(terminal, DOWN, "shop", ENTER)
    terminal.wait_for("kept by config.json")
    press(terminal, ESCAPE, ENTER)
    terminal.wait_for("equipe/donnees")
    assert own.read_bytes() == before
    assert not Path(terminal.home, ".docker").exists()
    assert PASSWORD.encode() not in terminal.raw
    press(terminal, ESCAPE, ESCAPE)
    terminal.wait_for(READY)


def log_in(terminal: Terminal, password: str) -> None:
    press(terminal, "i")
    terminal.wait_for("Log in to")
    press(terminal, "shop", DOWN, password, ENTER)
