"""What is outside of an engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from dockertui.engine.outside import Outside, outside_of


def test_of_a_simulated_engine_nothing_is_outside_of_its_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DOCKER_CONFIG", "/home/ada/.docker")
    monkeypatch.setenv("DOCKER_AUTH_CONFIG", "{}")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy")
    outside = outside_of("/tmp/demo")
    assert outside.environ == {"HOME": "/tmp/demo", "PATH": ""}
    assert outside.home == Path("/tmp/demo")
    assert outside.sockets == Path("/tmp/demo/registries")
    assert outside.settings == Path("/tmp/demo/.config/dockertui")


def test_of_any_other_it_is_the_person_and_the_world(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "/srv/config")
    outside = outside_of("")
    assert outside.sockets is None
    assert outside.home == Path.home()
    assert outside.settings == Path("/srv/config/dockertui")


def test_a_relative_folder_of_settings_is_none() -> None:
    outside = Outside({"XDG_CONFIG_HOME": "config"}, Path("/home/ada"))
    assert outside.settings == Path("/home/ada/.config/dockertui")
