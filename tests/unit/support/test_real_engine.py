"""The throw-away engine that the other tests run against."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.engine_guard import cgroup_directories
from tests.support.real_engine import RealEngine

pytestmark = pytest.mark.engine


def traces(root: Path, cgroup: str) -> list[str]:
    """What is still to be seen of an engine."""
    commands = [read(path) for path in Path("/proc").glob("[0-9]*/cmdline")]
    found = [command for command in commands if f"{root}/" in command]
    found += [line for line in read(Path("/proc/mounts")).splitlines() if f"{root}/" in line]
    found += map(str, cgroup_directories(cgroup))
    return found + ([str(root)] if root.exists() else [])


def read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def test_a_container_runs_and_has_the_applets(real_engine: RealEngine) -> None:
    container = real_engine.run("applets-1")
    assert container.exec_run("sh -c 'true && whoami'").output == b"root\n"
    container.remove(force=True)


def test_an_engine_that_stops_comes_back_with_its_containers(mortal_engine: RealEngine) -> None:
    mortal_engine.run("kept-1")
    mortal_engine.stop()
    assert not mortal_engine.answers()
    mortal_engine.start()
    assert [each.name for each in mortal_engine.client.containers.list(all=True)] == ["kept-1"]
    mortal_engine.clear()
    assert mortal_engine.client.containers.list(all=True) == []


def test_a_frozen_engine_accepts_and_stays_silent(mortal_engine: RealEngine) -> None:
    mortal_engine.freeze()
    try:
        assert not mortal_engine.answers()
    finally:
        mortal_engine.thaw()
    assert mortal_engine.answers()


def test_a_killed_engine_comes_back_on_the_same_data(mortal_engine: RealEngine) -> None:
    mortal_engine.run("survivor-1")
    mortal_engine.kill()
    assert not mortal_engine.answers()
    mortal_engine.start()
    assert "survivor-1" in [each.name for each in mortal_engine.client.containers.list(all=True)]


def test_nothing_is_left_of_an_engine_that_was_killed_and_closed() -> None:
    with RealEngine() as engine:
        engine.import_busybox()
        engine.run("orphan-1")
        assert traces(engine.root, engine.cgroup)
        engine.kill()
    assert traces(engine.root, engine.cgroup) == []


def test_nothing_is_left_of_an_engine_whose_tests_were_killed() -> None:
    script = (
        "import os, signal; from tests.support.real_engine import RealEngine; "
        "engine = RealEngine(); engine.import_busybox(); engine.run('orphan-1'); "
        "print(engine.root, engine.cgroup, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    root, cgroup = killed.stdout.split()
    end = time.monotonic() + 20
    while (left := traces(Path(root), cgroup)) and time.monotonic() < end:
        time.sleep(0.05)
    assert left == []
