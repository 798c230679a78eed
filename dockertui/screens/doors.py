"""The doors of the main screen: what opens a room of its own, or concerns all that there is."""

from __future__ import annotations

from typing import ClassVar

from textual import work

from dockertui.screens.linked_screen import LinkedScreen
from dockertui.widgets.command import bindings, command


class Doors(LinkedScreen):
    """Opens rooms. What they are made of is imported when they are opened."""

    @command("L", "Logs together…")
    @work
    async def action_logs_together(self) -> None:
        """Read several logs as one: of all marked, a project, a service, an image, a label."""
        from dockertui.screens.log_opening import open_together

        await open_together(self)

    @command("O", "Overview")
    def action_overview(self) -> None:
        """See what is wrong, who uses most, what changed lately, the machine and its disk."""
        from dockertui.screens.cover import cover
        from dockertui.screens.host_screen import HostScreen

        member = self.fleet.of(self.selected) if self.selected else next(iter(self.fleet))
        cover(self, HostScreen(member, self.go_to, self.measurements))

    @command("J", "Jobs")
    def action_jobs(self) -> None:
        """See what goes on in the background: how far pulls, pushes and builds are."""
        from dockertui.screens.cover import cover
        from dockertui.screens.jobs_room import JobsRoom

        cover(self, JobsRoom(self.fleet.jobs))

    @command("H", "Registries")
    def action_registries(self) -> None:
        """See Docker Hub and other registries: who is logged in, what they have, to be pulled."""
        from dockertui.screens.cover import cover
        from dockertui.screens.registries.opening import room_over

        cover(self, room_over(self))

    @command("W", "Check all in use")
    def action_check_in_use(self) -> None:
        """Ask registries whether there are newer images than those in use, without pulling any."""
        from dockertui.screens.fleet_host import check_in_use

        check_in_use(self.fleet, self.dispatcher.say)

    BINDINGS: ClassVar = [*bindings(locals())]
