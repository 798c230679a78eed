"""An engine as a whole, as what something is done to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dockertui.model.base import DockerObject


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeEngine(DockerObject):
    """An engine: the target of what needs no object, such as a pull. Its `id` is empty."""

    kind: ClassVar[str] = "engine"
    is_listed: ClassVar[bool] = False
