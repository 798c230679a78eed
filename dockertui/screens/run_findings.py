"""What there is to know of what stands in the run form, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.widget import Widget

from dockertui.actions.making.form import RunForm
from dockertui.model.run.field import Group, Kind, RunField
from dockertui.model.run.fields import EVERY_FIELD, problems
from dockertui.model.run.mistakes import Finding
from dockertui.model.run.shell import typed
from dockertui.model.run.spec import RunSpec
from dockertui.model.run.updates import cannot_lift
from dockertui.screens.dialog import MUTED

if TYPE_CHECKING:
    from dockertui.screens.run_rows import FieldRow

_BAD, _ODD = "$text-error", "$text-warning"


class Findings:
    """Judges a spec, and says what is wrong where one is."""

    def __init__(self, form: RunForm) -> None:
        """Judge what stands in a form."""
        self._form = form
        self._found: dict[str, list[Finding]] = {}

    def judge(self, spec: RunSpec, rows: Mapping[str, FieldRow]) -> None:
        """Look at everything anew.

        Args:
            spec: What is to run.
            rows: The rows that are there, by the field.
        """
        form, around = self._form, self._form.around()
        found: dict[str, list[Finding]] = {}
        names = {it.name for it in form.fields}
        for field, finding in problems(spec, around):
            if not names or field.name in names:
                found.setdefault(field.name, []).append(finding)
        for field in form.fields if form.updates else ():
            if not field.read(spec) and (lifted := cannot_lift(field, form.declared)):
                found.setdefault(field.name, []).append(lifted)
        if (command := rows.get("command")) is not None:
            text = " ".join(command.texts)
            noticed = command.mistake or command.field.check(text, spec, around)
            if noticed is not None:
                found["command"] = [noticed]
        self._found = found

    def of(self, field: RunField) -> list[Finding]:
        """What there is to know of a field."""
        return self._found.get(field.name, [])

    @property
    def first_blocking(self) -> RunField | None:
        """The first field with something that would fail; `None` if nothing would."""
        return next((it for it in EVERY_FIELD if any(f.blocks for f in self.of(it))), None)

    def blocks_in(self, group: Group) -> bool:
        """Is there something in a group that would fail?"""
        return any(
            each.group is group and any(it.blocks for it in self.of(each)) for each in EVERY_FIELD
        )

    def about(self, focused: Widget | None, spec: RunSpec) -> tuple[str, str]:
        """A sentence on what has the focus, and its style."""
        from dockertui.screens.run_input import ValueInput
        from dockertui.screens.run_rows import FieldRow, GroupHead, Switch

        match focused:
            case Switch():
                return _helped(focused.field), MUTED
            case GroupHead():
                return "enter opens and folds.", MUTED
            case ValueInput():
                row = next((it for it in focused.ancestors if isinstance(it, FieldRow)), None)
                return (
                    self._about_line(focused.value, focused.offer, row, spec) if row else ("", "")
                )
            case _:
                return "", ""

    def _about_line(self, text: str, offer: str, row: FieldRow, spec: RunSpec) -> tuple[str, str]:
        field = row.field
        findings = self.of(field)
        if field.kind is Kind.LIST:
            one = field.check(typed(text), spec, self._form.around()) if text else None
            findings = [one] if one else []
        for finding in findings:
            return finding.sentence, _BAD if finding.blocks else _ODD
        offered = f" → takes {offer}." if offer and not text else ""
        return _helped(field) + offered, MUTED


def _helped(field: RunField) -> str:
    flag = f"--{field.flag}" if field.flag else ""
    return f"{field.help} {flag}".strip()
