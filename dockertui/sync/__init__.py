"""Keeping the store true."""

from dockertui.sync.fleet import Fleet, FleetDiff, Member
from dockertui.sync.link import Link, Phase
from dockertui.sync.watcher import Watcher

__all__ = ["Fleet", "FleetDiff", "Link", "Member", "Phase", "Watcher"]
