"""A line above the keys for what just happened. Failures stay until seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

_SHOWN_S = 5.0


@dataclass(frozen=True, slots=True)
class Report:
    """Something that happened, in words."""

    sentence: str
    """What happened, with its subject; clean, one line."""
    failed: bool = False
    """Did it go wrong?"""
    detail: str = ""
    """The engine's own words, if there are more of them; clean, may have several lines."""
    at: datetime | None = None
    """When it happened."""


class MessageBar(Widget):
    """Lies over the last line of the panes while there is something to say."""

    DEFAULT_CSS = """
    MessageBar {
        layer: above;
        dock: bottom;
        height: auto;
        max-height: 4;
        offset-y: -1;
        padding: 0 1;
        background: $panel;
        color: $foreground;
        display: none;
        &.-said { display: block; }
        &.-failed { background: $error; color: $background; }
    }
    """

    def __init__(self) -> None:
        """Begin with nothing to say."""
        super().__init__()
        self.failures: list[Report] = []
        self._report: Report | None = None
        self._timer: Timer | None = None

    @property
    def report(self) -> Report | None:
        """What is being said; `None` for nothing."""
        return self._report

    def say(self, report: Report) -> None:
        """Say something. It goes by itself unless it is a failure, which a success never hides."""
        if report.failed:
            self.failures.append(report)
        elif self._report is not None and self._report.failed:
            return
        if self._timer is not None:
            self._timer.stop()
        self._report = report
        self.set_class(True, "-said")
        self.set_class(report.failed, "-failed")
        self.refresh(layout=True)
        self._timer = None if report.failed else self.set_timer(_SHOWN_S, self.dismiss)

    def dismiss(self) -> bool:
        """Say nothing more.

        Returns:
            Whether something was being said.
        """
        said, self._report = self._report is not None, None
        self.remove_class("-said", "-failed")
        return said

    def render(self) -> Content:
        """Draw the sentence, and for a failure the keys that follow up on it."""
        if self._report is None:
            return Content("")
        if not self._report.failed:
            return Content(self._report.sentence)
        return Content.assemble("✖ ", self._report.sentence, ("   ! read  esc dismiss", "bold"))
