"""The colours of charts, from the meanings of the theme."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual.color import Color

from dockertui.widgets import chart_bars as bars
from dockertui.widgets.chart_drawing import CURSOR, CURSOR_ON_BAR, CURSOR_ON_OTHER, MARK_LINE, Ink
from dockertui.widgets.chart_marks import FIRST_START, SIGNS
from dockertui.widgets.chart_titles import HERE, NAME, QUIET, VALUE
from dockertui.widgets.looks import Looks

_BAR, _PEAK, _RULE = 0.25, 0.6, 0.72
"""How far bars, peaks and lines fade into the ground."""
_TURNED = Style(reverse=True)


class ChartInk:
    """Resolves the styles once for each theme and state."""

    def __init__(self, looks: Looks) -> None:
        """Resolve nothing yet.

        Args:
            looks: Where the styles of the widget come from.
        """
        self._looks = looks
        self._ink: Ink | None = None

    COMPONENTS: ClassVar[set[str]] = {"charts--quiet", "charts--here", "charts--chosen"}
    CSS: ClassVar[str] = """
        &.-stale { color: $text-muted; }
        & > .charts--quiet { color: $text-muted; }
        & > .charts--here { color: $foreground; text-style: bold; }
        & > .charts--chosen { color: $primary; text-style: bold; }
    """

    def forget(self) -> None:
        """Resolve all anew: the theme, or the state of the widget, is another."""
        self._looks.forget()
        self._ink = None

    def of(self, *, shade: bool) -> Ink:
        """What to draw with.

        Args:
            shade: Are there no colours to tell things by?
        """
        if self._ink is None or self._ink.shade is not shade:
            self._ink = self._resolved(shade=shade)
        return self._ink

    def _resolved(self, *, shade: bool) -> Ink:
        looks = self._looks
        text, quiet, here = looks.text, looks.part("charts--quiet"), looks.part("charts--here")
        return Ink(
            cells=self._cells(shade=shade),
            words={NAME: text + Style(bold=True), VALUE: text, QUIET: quiet, HERE: here},
            tints={
                it.tint: looks.tint(it.tint) + Style(bold=True)
                for it in (*SIGNS.values(), FIRST_START)
            },
            text=text,
            quiet=quiet,
            hindrance=looks.tint("$container-restarting"),
            here=here + _TURNED,
            chosen=looks.part("charts--chosen"),
            shade=shade,
        )

    def _cells(self, *, shade: bool) -> dict[str, Style]:
        looks = self._looks
        text, quiet = looks.text, looks.part("charts--quiet")
        bar = _faded(looks.tint("$chart-bar"), text, _BAR)
        other = _faded(looks.tint("$chart-other"), text, _BAR)
        peak = _faded(bar, text, _PEAK)
        behind = Style(bgcolor=peak.color)
        return {
            bars.BLANK: text,
            bars.BAR: bar,
            bars.PEAK: quiet if shade else peak,
            bars.BAR_ON_PEAK: bar + behind,
            bars.DOWN: other,
            bars.DOWN_END: other + _TURNED,
            bars.DOWN_PEAK: peak + _TURNED,
            bars.DOWN_ON_PEAK: other + behind + _TURNED,
            bars.RULE: _faded(quiet, text, _RULE),
            bars.LIMIT: looks.tint("$chart-limit"),
            bars.WORDS: quiet,
            MARK_LINE: _faded(looks.tint("$danger"), text, _BAR),
            CURSOR: looks.part("charts--here"),
            CURSOR_ON_BAR: bar + _TURNED,
            CURSOR_ON_OTHER: other + _TURNED,
        }


def _faded(style: Style, ground: Style, by: float) -> Style:
    """The same, closer to the colour of the ground."""
    if style.color is None or ground.bgcolor is None:
        return style
    ink, back = Color.from_rich_color(style.color), Color.from_rich_color(ground.bgcolor)
    return style + Style(color=ink.blend(back, by).rich_color)
