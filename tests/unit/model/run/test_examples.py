"""The examples in the docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

from dockertui.model import run

MODULES = [
    *(each.name for each in pkgutil.walk_packages(run.__path__, f"{run.__name__}.")),
    *("dockertui.actions.copies", "dockertui.screens.run_input"),
    "dockertui.engine.payload.recipe_mounts",
]


@pytest.mark.parametrize("name", MODULES)
def test_what_a_docstring_shows_is_so(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
