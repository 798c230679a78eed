"""The rows of the run form: one for each flag, under headings that fold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Checkbox, Input, Static

from dockertui.model.run.field import Group, Kind, RunField
from dockertui.model.run.fields import BY_NAME, in_group
from dockertui.model.run.fields_main import COMMAND, IMAGE
from dockertui.model.run.mistakes import BadValue, Finding
from dockertui.model.run.shell import shown, typed
from dockertui.model.run.spec import RunSpec
from dockertui.screens.dialog import MUTED
from dockertui.screens.run_input import ValueInput
from dockertui.screens.run_offers import Offers
from dockertui.secrecy import masked_assignment
from dockertui.widgets.command import bindings, command

_LONGEST_SUMMARY = 60


class Edited(Message):
    """A value was changed."""

    def __init__(self, row: FieldRow) -> None:
        """Say where."""
        super().__init__()
        self.row = row


class Switch(Checkbox, inherit_bindings=False):
    """A flag without a value; the space bar turns it on and off."""

    BUTTON_INNER = "✓"

    def __init__(self, field: RunField, on: bool) -> None:
        """Draw a switch."""
        super().__init__(Content(field.label), on, compact=True)
        self.field = field
        self._draw_tick()

    @command("space", "On or off")
    def action_switch(self) -> None:
        """Turn it on, or off."""
        self.toggle()

    @command("right", "Next")
    def action_next(self) -> None:
        """Go to the next switch."""
        self.screen.focus_next()

    @command("left", "Previous")
    def action_previous(self) -> None:
        """Go to the switch before."""
        self.screen.focus_previous()

    def watch_value(self) -> None:
        """Show by more than colour whether it is on."""
        self._draw_tick()
        super().watch_value()

    def _draw_tick(self) -> None:
        self.BUTTON_INNER = "✓" if self.value else " "

    BINDINGS = bindings(locals())


class FieldRow(Vertical):
    """What one flag is set to: a line for a value, and for a list one more than there are.

    It draws its label itself, beside its lines: a widget more in each of 96 rows can be felt.
    """

    DEFAULT_CSS = """
    FieldRow {
        height: auto;
        text-wrap: nowrap;
        ValueInput { margin-left: 16; }
    }
    """

    def __init__(self, field: RunField, spec: RunSpec, offers: Offers) -> None:
        """Draw a flag.

        Args:
            field: Which.
            spec: What it is set to, among the rest.
            offers: What may be put there.
        """
        super().__init__()
        self.field = field
        self._offers = offers
        value = field.read(spec)
        texts = value if isinstance(value, tuple) else (str(value),)
        self._texts = [shown(it) for it in texts] if field.name != "command" else [str(value)]
        self._spec = spec
        self._mark = ""
        self.mistake: Finding | None = None
        """What is wrong with a command as it is typed."""

    def compose(self) -> ComposeResult:
        """Give it its lines."""
        lines = [*self._texts, ""] if self.field.kind is Kind.LIST else self._texts
        yield from map(self._line, lines)

    def render(self) -> Content:
        """Draw the label before the first line."""
        return Content(self.field.label + self._mark)

    @property
    def texts(self) -> list[str]:
        """What is typed, line by line."""
        return [it.value for it in self.query(ValueInput)]

    def taken(self, spec: RunSpec) -> RunSpec:
        """The spec with what is typed here."""
        self.mistake = None
        texts = self.texts or self._texts
        if self.field.kind is Kind.LIST:
            return self.field.write(spec, tuple(typed(it) for it in texts if it))
        text = texts[0].strip()
        try:
            return self.field.write(spec, text if self.field.name == "command" else typed(text))
        except BadValue as mistake:
            self.mistake = Finding(str(mistake))
            return spec

    def mark(self, findings: Sequence[Finding]) -> None:
        """Show whether anything is wrong here."""
        bad = any(it.blocks for it in findings)
        self.set_class(bad, "-bad")
        self.set_class(bool(findings) and not bad, "-odd")
        mark = " ✖" if bad else " !" if findings else ""
        if mark != self._mark:
            self._mark = mark
            self.refresh()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep a line free at the end of a list."""
        event.stop()
        lines = list(self.query(ValueInput))
        if self.field.kind is Kind.LIST and lines and lines[-1].value:
            self.mount(self._line(""))
        self.post_message(Edited(self))

    def offer_anew(self, spec: RunSpec) -> None:
        """Offer in the empty lines what there is left to offer."""
        offer = self._offers.offer(self.field, spec)
        # What a value looks like need not be said beside one.
        several = self.field.kind is Kind.LIST and self.field.read(spec)
        hint = "" if several else self._offers.hint(self.field)
        for line in self.query(ValueInput):
            if not line.value:
                line.show_offer(offer, hint)

    def _line(self, text: str) -> ValueInput:
        return ValueInput(
            text,
            hint=self._offers.hint(self.field),
            offer=self._offers.offer(self.field, self._spec),
            complete=self._offers.complete(self.field),
        )


class SwitchRow(Horizontal):
    """Flags without a value, beside each other."""

    DEFAULT_CSS = """
    SwitchRow {
        height: 1;
        .label { width: 16; }
        Switch { width: auto; margin-right: 1; }
    }
    """

    def __init__(self, fields: Sequence[RunField], spec: RunSpec) -> None:
        """Draw switches."""
        super().__init__()
        self.fields = fields
        self._spec = spec

    def compose(self) -> ComposeResult:
        """Begin where values do."""
        yield Static(classes="label")
        yield from (Switch(it, bool(it.read(self._spec))) for it in self.fields)


class GroupHead(Static, can_focus=True):
    """The heading of flags that are folded away, and what is set among them."""

    DEFAULT_CSS = "GroupHead { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }"

    class Toggled(Message):
        """It is to be folded, or opened."""

        def __init__(self, head: GroupHead, *, opened: bool) -> None:
            """Say which way."""
            super().__init__()
            self.head = head
            self.opened = opened

    def __init__(self, group: Group, spec: RunSpec) -> None:
        """Draw a heading."""
        super().__init__()
        self.group = group
        self.opened = False
        self._shown: Content | None = None
        self.summarise(spec)

    @command("enter,space", "Open or fold")
    def action_turn(self) -> None:
        """Show the fields under this heading, or fold them away."""
        self._toggle(not self.opened)

    @command("right", "Open")
    def action_open(self) -> None:
        """Show the fields under this heading."""
        self._toggle(True)

    @command("left", "Fold")
    def action_fold(self) -> None:
        """Fold the fields under this heading away."""
        self._toggle(False)

    def on_click(self) -> None:
        """Open it, or fold it."""
        self._toggle(not self.opened)

    def summarise(self, spec: RunSpec, *, blocks: bool = False) -> None:
        """Say what is set under it, and whether something of that would fail."""
        bad = " ✖" if blocks else ""
        mark = "▾" if self.opened else "▸"
        said = "" if self.opened else ", ".join(_said(in_group(self.group), spec))
        content = Content.assemble(
            (f"{mark} {self.group.value}{bad}", "bold"), f"{'  ' if said else ''}", (said, MUTED)
        )
        if content != self._shown:
            self._shown = content
            self.update(content)

    def _toggle(self, opened: bool) -> None:
        if opened is not self.opened:
            self.opened = opened
            self.post_message(self.Toggled(self, opened=opened))

    BINDINGS = bindings(locals())


def _said(fields: Iterable[RunField], spec: RunSpec) -> list[str]:
    """What is set among flags, in few words."""
    parts: list[str] = []
    for each in fields:
        value = each.read(spec)
        if value is True:
            parts.append(each.label.lower())
        elif isinstance(value, str | tuple) and value:
            texts = (value,) if isinstance(value, str) else value
            said = " ".join(shown(masked_assignment(it)) for it in texts)
            parts.append(f"{each.label.lower()} {said}"[:_LONGEST_SUMMARY])
    return parts


def body_of(fields: Sequence[RunField], spec: RunSpec, offers: Offers) -> list[Widget]:
    """All rows of a form: those of some fields, or of all with most of them folded away."""
    if fields:
        return rows_of(fields, spec, offers)
    name = BY_NAME["name"]
    main = (IMAGE, name, COMMAND, *(it for it in in_group(Group.MAIN) if it is not name))
    heads = [GroupHead(it, spec) for it in Group if it is not Group.MAIN]
    return [*rows_of(main, spec, offers), *heads]


def rows_of(fields: Iterable[RunField], spec: RunSpec, offers: Offers) -> list[Widget]:
    """The rows of some flags: switches that follow each other share one."""
    rows: list[Widget] = []
    switches: list[RunField] = []
    for each in fields:
        if each.kind is Kind.SWITCH:
            switches.append(each)
            continue
        if switches:
            rows.append(SwitchRow(tuple(switches), spec))
            switches = []
        rows.append(FieldRow(each, spec, offers))
    if switches:
        rows.append(SwitchRow(tuple(switches), spec))
    return rows
