"""A screen with logs on it, which does what they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from dockertui.screens.host import Host

if TYPE_CHECKING:
    from dockertui.store.log_reading import LogReading
    from dockertui.widgets.log_messages import (
        ProgramWanted,
        RecordWanted,
        SaveWanted,
        SourcesWanted,
    )


class LogHost(Host):
    """Opens the dialogs and programs that a log asks for.

    What a log asks is heard by its name: the first screen shows before any log is imported.
    """

    def name_of(self, tag: bytes) -> str:
        """The name of the container whose lines have a tag, in the log that has the focus."""
        raise NotImplementedError

    def on_record_wanted(self, event: RecordWanted) -> None:
        """Show a line with all that is in it."""
        from dockertui.screens.log_record import WholeRecord
        from dockertui.store.log_record import split_record

        name = self.name_of(split_record(event.raw).tag)
        self.app.push_screen(WholeRecord(event.raw, name))

    def on_sources_wanted(self, event: SourcesWanted) -> None:
        """Show what can be switched off and on."""
        from dockertui.screens.log_switches import LogSwitches

        self.app.push_screen(LogSwitches(event.reading, event.page))

    def on_save_wanted(self, event: SaveWanted) -> None:
        """Save lines in a file."""
        self._save(event.reading, event.title)

    def on_program_wanted(self, event: ProgramWanted) -> None:
        """Read on in the pager or the editor."""
        self._open(event.reading, event.program, event.place)

    @work(group="logs")
    async def _save(self, reading: LogReading, title: str) -> None:
        from dockertui.screens.log_keep import keep

        await keep(self, reading, title)

    @work(group="logs")
    async def _open(self, reading: LogReading, program: str, place: int) -> None:
        from dockertui.screens.log_program import read_on

        await read_on(self, reading, program, place)
