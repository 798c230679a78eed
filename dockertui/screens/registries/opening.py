"""The way into the room of registries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dockertui.model.job import Job
from dockertui.model.system import ENGINE
from dockertui.model.whole_engine import WholeEngine
from dockertui.screens.registries.room import RegistriesRoom

if TYPE_CHECKING:
    from dockertui.screens.panes import PanesScreen
    from dockertui.sync.jobs import Task


def room_over(main: PanesScreen) -> RegistriesRoom:
    """The room of the engine whose object is selected; of the first one while none is."""
    fleet = main.fleet
    member = fleet.of(main.selected) if main.selected else next(iter(fleet))
    name = member.engine.name
    engine = WholeEngine(id=ENGINE, name=name, engine=name)

    def start_job(task: Task) -> Job:
        return main.dispatcher.start_job(engine, task)

    return RegistriesRoom(member, fleet, start_job)
