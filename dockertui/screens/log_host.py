"""A screen with logs on it, which does what they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work

from dockertui.screens.fitted import FittedScreen
from dockertui.widgets.key_bar import KeyBar
from dockertui.widgets.message_bar import MessageBar, Report
from dockertui.widgets.row_messages import CopyWanted

if TYPE_CHECKING:
    from dockertui.store.log_reading import LogReading
    from dockertui.widgets.log_messages import (
        ProgramWanted,
        RecordWanted,
        SaveWanted,
        SourcesWanted,
    )


class LogHost(FittedScreen[None]):
    """Opens the dialogs and programs that a log asks for, and runs the keys of the bottom line.

    What a log asks is heard by its name: the first screen shows before any log is imported.
    """

    message_bar: MessageBar
    """Where it says what happened."""

    def say(self, sentence: str) -> None:
        """Tell the person something that is no error."""
        self.message_bar.say(Report(sentence))

    def name_of(self, tag: bytes) -> str:
        """The name of the container whose lines have a tag, in the log that has the focus."""
        raise NotImplementedError

    @on(CopyWanted)
    def _copy_wanted(self, event: CopyWanted) -> None:
        self.app.copy_to_clipboard(event.text)
        self.say(f"Copied {event.what}.")

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

    @work
    async def press(self, key: str) -> None:
        """Do what a key would do now, as one who pressed it."""
        # A simulated key press would stop bubbling at whoever simulates it.
        if (active := self.active_bindings.get(key)) is not None:
            await self.app.run_action(active.binding.action, active.node)

    @on(KeyBar.Pressed)
    def _hint_clicked(self, event: KeyBar.Pressed) -> None:
        self.press(event.key)
