"""Lines that run containers: one to be typed, and those of a container to be read."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Button, Static, TextArea

from dockertui.actions.making.form import Recipe
from dockertui.model.run.compose import compose_lines
from dockertui.model.run.written import run_parts, wrapped
from dockertui.screens.ask import button_label
from dockertui.screens.dialog import Dialog, Frame
from dockertui.text import clean
from dockertui.widgets.command import bindings, command

_WIDTH = 92
_LONGEST = 1 << 20


class LineDialog(Dialog[str | None]):
    """A line to type or to paste, over as many lines as it has; its result is the text."""

    AUTO_FOCUS = "TextArea"
    CLICK_AWAY = False

    def __init__(self, text: str) -> None:
        """Begin with a text, selected, so that what is pasted takes its place."""
        super().__init__()
        self.text = text

    def compose(self) -> ComposeResult:
        """Put the text above the buttons."""
        with Frame("A docker run line", classes="line") as frame:
            frame.show_keys(("ctrl+s", "take it"), ("esc", "back"))
            yield Static("Type it, or paste it here in place of this one.", markup=False)
            yield TextArea(self.text, soft_wrap=True, compact=True)
            with Horizontal(classes="buttons"):
                yield Button(button_label("esc", "Back"), classes="refusal", compact=True)
                yield Button(button_label("ctrl+s", "Take it"), classes="verb", compact=True)

    def on_mount(self) -> None:
        """Select all of it."""
        self.query_one(TextArea).select_all()

    @command("ctrl+s", "Take it")
    def action_take(self) -> None:
        """Fill the form in from this line."""
        text = self.query_one(TextArea).text
        self.dismiss(text[:_LONGEST] if text.strip() else None)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        if event.button.has_class("verb"):
            self.action_take()
        else:
            self.action_close()

    BINDINGS = bindings(locals())


class RecipeScreen(Dialog[None]):
    """The lines that make a container like another, to be read and copied."""

    AUTO_FOCUS = "VerticalScroll"

    def __init__(self, recipe: Recipe) -> None:
        """Show a container's lines."""
        super().__init__()
        self.recipe = recipe
        self.as_service = False
        self.revealed = False

    def compose(self) -> ComposeResult:
        """Put the lines above what they leave out."""
        with Frame(self._title(), classes="recipe"):
            with VerticalScroll():
                yield Static(classes="lines")
            yield Static(Content("\n".join(self.recipe.notes)), classes="notes")

    def on_mount(self) -> None:
        """Show the line first."""
        self.query_one(".notes").display = bool(self.recipe.notes)
        self._draw()

    def on_resize(self, event: Resize) -> None:
        """Use the room there is."""
        super().on_resize(event)
        self.call_after_refresh(self._draw)

    @property
    def text(self) -> str:
        """What is shown, and copied."""
        spec, masked = self.recipe.spec, not self.revealed
        if self.as_service:
            return "\n".join(compose_lines(spec, masked=masked))
        width = self.query_one(".lines").size.width or _WIDTH
        return "\n".join(wrapped(run_parts(spec, masked=masked), width))

    @command("y", "Copy")
    def action_copy(self) -> None:
        """Copy what is shown, secrets as they are shown."""
        self.app.copy_to_clipboard(self.text)
        self._show_keys("copied")

    @command("c,tab", "Compose or line")
    def action_other(self) -> None:
        """Show the Compose service, or the line again."""
        self.as_service = not self.as_service
        self._draw()

    @command("v", "Reveal")
    def action_reveal(self) -> None:
        """Show every value that is masked, or mask them all again."""
        self.revealed = not self.revealed
        self._draw()

    @command("q", "Close")
    def action_leave(self) -> None:
        """Go back to the lists."""
        self.action_close()

    @command("j", "Down")
    def action_down(self) -> None:
        """Scroll one line down."""
        self.query_one(VerticalScroll).scroll_down(animate=False)

    @command("k", "Up")
    def action_up(self) -> None:
        """Scroll one line up."""
        self.query_one(VerticalScroll).scroll_up(animate=False)

    def _draw(self) -> None:
        lines = (clean(line) for line in self.text.split("\n"))
        self.query_one(".lines", Static).update(Content("\n".join(lines)))
        self.query_one(Frame).border_title = Content(self._title())
        self._show_keys("copy")

    def _title(self) -> str:
        what = "as a Compose service" if self.as_service else "as a docker run line"
        return f"{self.recipe.name} {what}"

    def _show_keys(self, copy: str) -> None:
        other = "run line" if self.as_service else "Compose"
        secrets = "mask" if self.revealed else "reveal"
        keys = (("y", copy), ("c", other), ("v", secrets), ("esc", "close"))
        self.query_one(Frame).show_keys(*keys)

    BINDINGS = bindings(locals())
