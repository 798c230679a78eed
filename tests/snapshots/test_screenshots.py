"""The pictures in the README show the program as it is."""

from __future__ import annotations

import difflib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.scenes import SCENES
from tests.support.screenshots import FOLDER
from tests.support.stage import words

KEPT = ("main", "small", "light")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pictures as they are now."""
    folder = tmp_path_factory.mktemp("screenshots")
    command = [sys.executable, "-m", "tests.support.screenshots", "--folder", str(folder), *KEPT]
    subprocess.run(command, cwd=FOLDER.parent, check=True, timeout=120, capture_output=True)
    return folder


@pytest.mark.parametrize("name", KEPT)
def test_a_picture_shows_the_program_as_it_is(name: str, drawn: Path) -> None:
    kept = (FOLDER / f"{name}.svg").read_text("utf-8")
    now = (drawn / f"{name}.svg").read_text("utf-8")
    if kept != now:
        lines = difflib.unified_diff(words(kept).splitlines(), words(now).splitlines(), n=0)
        pytest.fail("Look at the difference, then `make screenshots`:\n" + "\n".join(lines))


def test_every_scene_has_its_picture_and_every_picture_its_scene() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} == {scene.name for scene in SCENES}
