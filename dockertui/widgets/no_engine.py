"""What stands in place of the panes while no engine has ever answered."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from dockertui.engine import Problem


class NoEngine(Widget):
    """Says which address was tried, what went wrong, what to do, and what happens by itself."""

    DEFAULT_CSS = """
    NoEngine {
        height: 1fr;
        padding: 2 4;
        display: none;
        &.-shown { display: block; }
    }
    """

    def __init__(self) -> None:
        """Begin with nothing to say."""
        super().__init__()
        self._said: tuple[str, Problem, str] | None = None

    def show(self, address: str, problem: Problem, next_try: str) -> None:
        """Say it, if it is something new.

        Args:
            address: What was tried.
            problem: What went wrong.
            next_try: When it will be tried again, in words.
        """
        said = address, problem, next_try
        self.add_class("-shown")
        if said != self._said:
            self._said = said
            self.refresh()

    def render(self) -> Content:
        """Draw it, the most important first."""
        if self._said is None:
            return Content("")
        address, problem, next_try = self._said
        lines: list[Content] = [
            Content.assemble(("No engine answers. ", "bold"), (f"{problem.kind}", "bold $danger")),
            Content(""),
            Content(problem.sentence),
            Content.assemble(("Tried: ", "$dim"), address),
            Content(""),
            *(Content.assemble(("→ ", "$key"), it) for it in problem.advice),
            Content(""),
            Content.assemble((next_try, "$dim")),
            Content.assemble(
                ("ctrl+r", "bold $key"),
                " try now    ",
                ("D", "bold $key"),
                " look around in the built-in demo engine    ",
                ("q", "bold $key"),
                " quit",
            ),
        ]
        return Content("\n").join(lines)
