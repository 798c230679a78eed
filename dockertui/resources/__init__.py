"""One file for each pane."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from dockertui.collect import collect
from dockertui.resources.resource import Column, Lens, Resource

__all__ = ["EVERY_RESOURCE", "Column", "Lens", "Resource"]

EVERY_RESOURCE: tuple[Resource[Any], ...] = tuple(
    sorted(collect(__name__, Resource), key=attrgetter("order"))
)
"""Every pane there is, in the order of their number keys."""
