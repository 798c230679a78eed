"""Registries as the tests want them: ours to ask, and scripted ones to answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from dockertui.engine.registry.registries import Registries

Asker = Callable[..., Registries]


@pytest.fixture
async def asker(tmp_path: Path) -> AsyncIterator[Asker]:
    """Makes what asks registries, of a person whose configuration is in `tmp_path`."""
    made: list[Registries] = []

    def make(environ: dict[str, str] | None = None, **options: Any) -> Registries:
        usual = {
            "PATH": str(tmp_path / "bin"),
            "DOCKER_CONFIG": str(tmp_path),
            "XDG_CONFIG_HOME": str(tmp_path / "nowhere"),
        }
        made.append(Registries({**usual, **(environ or {})}, tmp_path, **options))
        return made[-1]

    yield make
    for each in made:
        await each.close()


@pytest.fixture
async def ours(asker: Asker) -> Registries:
    """What asks registries."""
    return asker()
