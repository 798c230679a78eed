"""The examples in the docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

from dockertui import sim

MODULES = [
    each.name
    for each in pkgutil.walk_packages(sim.__path__, "dockertui.sim.")
    if not each.name.endswith("__main__")
]


@pytest.mark.parametrize("name", MODULES)
def test_what_a_docstring_shows_is_so(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
