"""What we believe the engines look like right now."""

from dockertui.store.derive import ImageUse, Projects
from dockertui.store.diff import Diff, diff
from dockertui.store.store import Store

__all__ = ["Diff", "ImageUse", "Projects", "Store", "diff"]
