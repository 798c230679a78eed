"""The form that a container is run from, and that its limits are changed in."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Paste
from textual.geometry import Size
from textual.widgets import Button, Checkbox, Static

from dockertui.actions.making.form import RunForm
from dockertui.model.run.fields import in_group
from dockertui.model.run.line import is_run_line, read_line
from dockertui.model.run.mistakes import BadLine
from dockertui.model.run.written import unmasked
from dockertui.screens.ask import button_label
from dockertui.screens.dialog import Frame
from dockertui.screens.run_findings import Findings
from dockertui.screens.run_going import FormBody, GoingAbout
from dockertui.screens.run_input import LinePasted, ValueInput
from dockertui.screens.run_offers import Offers
from dockertui.screens.run_preview import Preview
from dockertui.screens.run_rows import Edited, FieldRow, GroupHead, Switch, body_of, rows_of
from dockertui.widgets.command import bindings, command

_REST_S = 0.3
"""How long one does not type before it is looked up what an image declares."""
_CRAMPED = 76
"""Below so many columns switches stand under each other."""
_FIRST = ("name", "memory")


class RunFormScreen(GoingAbout):
    """A row for each flag, what is wrong with it, and the line that does the same."""

    def __init__(self, form: RunForm) -> None:
        """Fill in a form."""
        super().__init__()
        self.form = form
        self.spec = form.spec
        self.offers = Offers(form)
        self.findings = Findings(form)
        self.preview = Preview(form)

    def compose(self) -> ComposeResult:
        """Put the rows between what went wrong and the line that does the same."""
        with Frame(self.form.title) as frame:
            frame.show_keys(*self._keys())
            yield Static(classes="banner")
            with FormBody():
                yield from body_of(self.form.fields, self.spec, self.offers)
            with Vertical(classes="foot"):
                yield Static(classes="about")
                yield self.preview
                with Horizontal(classes="buttons"):
                    yield Button(button_label("esc", "Cancel"), classes="refusal", compact=True)
                    yield Button(
                        button_label("enter", self.form.verb), classes="verb", compact=True
                    )

    def _measure(self, size: Size) -> None:
        super()._measure(size)
        self.set_class(size.width < _CRAMPED, "-cramped")

    def on_mount(self) -> None:
        """Say what went wrong before, and go to where one is likely to type first."""
        self._say(self.form.trouble, self.form.notes)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self._judge()
        self.go_to(next((it for it in _FIRST if self.row(it)), "image"))

    # What is typed

    @on(Edited)
    def _edited(self, event: Edited) -> None:
        before, self.spec = self.spec, event.row.taken(self.spec)
        self._judge()
        if before.image != self.spec.image and self.form.declare is not None:
            self.set_timer(_REST_S, self._look_up)

    @on(Checkbox.Changed)
    def _switched(self, event: Checkbox.Changed) -> None:
        switch = event.checkbox
        if isinstance(switch, Switch) and switch.field.read(self.spec) is not switch.value:
            self.spec = self.spec.switched(switch.field.name, on=switch.value)
            for each in self.query(Switch):
                each.value = bool(each.field.read(self.spec))
            self._judge()

    @on(GroupHead.Toggled)
    async def _toggled(self, event: GroupHead.Toggled) -> None:
        await self._open(event.head, opened=event.opened)

    async def _open(self, head: GroupHead, *, opened: bool) -> None:
        """Fold flags away, or open them; they are made when they are first wanted."""
        head.opened = opened
        bodies = [it for it in self.query(".group").results(Vertical) if it.name == head.group]
        if bodies:
            bodies[0].display = opened
        elif opened:
            rows = rows_of(in_group(head.group), self.spec, self.offers)
            await self.mount(Vertical(*rows, classes="group", name=head.group), after=head)
            self._reveal()
        self._judge()

    @work(exclusive=True, group="declared")
    async def _look_up(self) -> None:
        """See what the image declares that is named now."""
        if self.form.declare is not None and self.spec.image != self.offers.image:
            image = self.spec.image
            self.offers.take(image, await self.form.declare(image))
            self._judge()

    # Lines

    @on(LinePasted)
    async def _pasted(self, event: LinePasted) -> None:
        await self.take_line(event.text)

    async def on_paste(self, event: Paste) -> None:
        """Take a line that is pasted where nothing is typed."""
        if is_run_line(event.text):
            event.stop()
            await self.take_line(event.text)

    async def take_line(self, text: str) -> None:
        """Fill the form in from a line."""
        if self.form.updates:
            self._say("Only limits are changed here; a line runs a new container.", ())
            return
        try:
            read = read_line(text, self.form.around().here)
        except BadLine as mistake:
            self._say(f"Not taken: {mistake}", ())
            return
        self.spec = unmasked(read.spec, self.spec)
        body = self.query_one(FormBody)
        await body.remove_children()
        await body.mount(*body_of((), self.spec, self.offers))
        self._say("", read.notes)
        self._begin()
        self._look_up()

    @command("ctrl+l", "As a line…")
    @work
    async def action_line(self) -> None:
        """Type or paste the line itself, and let the form be filled in from it."""
        from dockertui.screens.run_line import LineDialog

        text = await self.app.push_screen_wait(LineDialog(self.preview.text(self.spec, width=72)))
        if text is not None:
            await self.take_line(text)

    @command("ctrl+y", "Copy the line")
    def action_copy(self) -> None:
        """Copy the line that does the same, secrets as they are shown."""
        self.app.copy_to_clipboard(self.preview.text(self.spec))
        self.query_one(Frame).show_keys(("ctrl+y", "copied"), *self._keys()[1:])

    @command("ctrl+r", "Reveal")
    def action_reveal(self) -> None:
        """Show every value that is masked, or mask them all again."""
        self.preview.revealed = not self.preview.revealed
        self._reveal()
        self.preview.show(self.spec)

    def _reveal(self) -> None:
        for each in self.query(ValueInput):
            each.reveal(self.preview.revealed)

    # Going about

    def action_accept(self) -> None:
        """Do it, or go to what would fail."""
        self._accept()

    @work(exclusive=True, group="accept")
    async def _accept(self) -> None:
        blocking = self.findings.first_blocking
        if blocking is None:
            self.dismiss(self.spec)
            return
        for head in self.query(GroupHead):
            if head.group is blocking.group and not head.opened:
                await self._open(head, opened=True)
        self.go_to(blocking.name)

    def on_descendant_focus(self) -> None:
        """Say what the field is for, or what is wrong with it."""
        self._say_about()

    # What is shown

    def _judge(self) -> None:
        """Show what is wrong, what the folded rows hold, and the line, as they are now."""
        rows = list(self.query(FieldRow))
        self.findings.judge(self.spec, {it.field.name: it for it in rows})
        for row in rows:
            row.mark(self.findings.of(row.field))
            row.offer_anew(self.spec)
        for head in self.query(GroupHead):
            blocks = self.findings.blocks_in(head.group)
            head.summarise(self.spec, blocks=blocks)
            head.set_class(blocks, "-bad")
        for verb in self.query(".verb"):
            verb.set_class(self.findings.first_blocking is not None, "-refusing")
        self.preview.show(self.spec)
        self._say_about()

    def _say_about(self) -> None:
        for about in self.query(".about").results(Static):
            sentence, style = self.findings.about(self.focused, self.spec)
            about.update(Content.styled(sentence, style))

    def _say(self, trouble: str, notes: tuple[str, ...]) -> None:
        lines = [(it, "$text-error") for it in trouble.splitlines()]
        lines += [(it, "$text-warning") for it in notes]
        banner = self.query_one(".banner", Static)
        banner.display = bool(lines)
        banner.update(Content("\n").join(Content.styled(text, style) for text, style in lines))

    def _keys(self) -> list[tuple[str, str]]:
        keys = [("ctrl+y", "copy the line"), ("ctrl+l", "paste one"), ("ctrl+r", "secrets")]
        return keys[:1] if self.form.updates else keys

    BINDINGS = bindings(locals())
