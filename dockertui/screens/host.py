"""A screen with a line of keys at its foot, which tells what happens and copies what is wanted."""

from __future__ import annotations

from textual import on, work

from dockertui.screens.fitted import FittedScreen
from dockertui.widgets.key_bar import KeyBar
from dockertui.widgets.message_bar import MessageBar, Report
from dockertui.widgets.row_messages import CopyWanted, TextToSave


class Host(FittedScreen[None]):
    """Runs the keys of its bottom line, and does what lists of rows ask for."""

    message_bar: MessageBar
    """Where it says what happened."""

    def say(self, sentence: str) -> None:
        """Tell the person something that is no error."""
        self.message_bar.say(Report(sentence))

    @on(CopyWanted)
    def _copy_wanted(self, event: CopyWanted) -> None:
        self.app.copy_to_clipboard(event.text)
        self.say(f"Copied {event.what}.")

    @on(TextToSave)
    @work(group="saving")
    async def _text_to_save(self, event: TextToSave) -> None:
        from dockertui.screens.text_keep import keep_text

        await keep_text(self, event.text, event.file, event.what)

    @work
    async def press(self, key: str) -> None:
        """Do what a key would do now, as one who pressed it."""
        # A simulated key press would stop bubbling at whoever simulates it.
        if (active := self.active_bindings.get(key)) is not None:
            await self.app.run_action(active.binding.action, active.node)

    @on(KeyBar.Pressed)
    def _hint_clicked(self, event: KeyBar.Pressed) -> None:
        self.press(event.key)
