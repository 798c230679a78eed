"""What the command line says before there is a screen."""

from __future__ import annotations

import os
from argparse import Namespace

import pytest

from dockertui import cli, demo


def test_a_demo_engine_that_cannot_start_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: demo.Demo) -> None:
        raise RuntimeError("it could not serve")

    monkeypatch.setattr(demo.Demo, "launch", lambda _: None)
    monkeypatch.setattr(demo.Demo, "engine", fail)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    with pytest.raises(SystemExit):
        cli._run(Namespace(read_only=False, no_stats=False), None)  # noqa: SLF001
    said = capsys.readouterr().err
    assert said == "dockertui: cannot start its demo engine: it could not serve.\n"
