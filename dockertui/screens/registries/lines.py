"""What the lines above and below say in the room of registries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dockertui.model.job import Job
from dockertui.resources.registries.sentences import limit_words, may_be_allowed
from dockertui.screens.chrome import jobs_parts
from dockertui.screens.registries.lists import RegistriesLevel
from dockertui.widgets.command import key_name
from dockertui.widgets.key_bar import KeyHint
from dockertui.widgets.status_bar import Part

if TYPE_CHECKING:
    from dockertui.screens.registries.deeds import Deeds

LAST_KEYS = (KeyHint("?", "help", "question_mark"), KeyHint("esc", "back", "escape"))
_FEW_PULLS = 10
_NEEDS_ONE = frozenset("pyd")
"""Keys that do something with what is selected."""


def summary(room: Deeds, jobs: Sequence[Job]) -> tuple[list[Part], list[Part]]:
    """Whose registries these are, what is waited for, what goes on, and how many pulls are left."""
    left = [Part(" registries ", "bold $key", 100)]
    if room.member.engine.read_only:
        left.append(Part(" READ ONLY ", "bold reverse", 99))
    left.append(Part(f"  {room.member.engine.name}", "bold", 60))
    if room.doing:
        left.append(Part(f"  {room.doing}… esc calls it off", "$busy", 95))
    right = [*jobs_parts(jobs)]
    host = room.level.host
    if host and (limit := room.registries.limit(host)) is not None:
        style = "$health-starting" if limit.remaining <= _FEW_PULLS else "$dim"
        right.append(Part(f"{room.name_of_host(host)}: {limit_words(limit)} ", style, 70))
    return left, right


def hints(room: Deeds) -> Iterator[KeyHint]:
    """The keys that matter now, in order of use."""
    active = room.active_bindings
    for key in room.level.HINTS:
        if (found := active.get(key)) is not None and _makes_sense(key, room):
            label = found.binding.description.rstrip("…").lower()
            yield KeyHint(key_name(key), label, key)


def _makes_sense(key: str, room: Deeds) -> bool:
    level = room.level
    if key == "A":
        return may_be_allowed(level.error)
    if isinstance(level, RegistriesLevel):
        logged_in = level.selected is not None and level.selected.is_logged_in
        return {"i": not logged_in, "o": logged_in, "d": level.is_added}.get(key, True)
    return key not in _NEEDS_ONE or level.reference is not None
