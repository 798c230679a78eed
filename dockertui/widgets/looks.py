"""The styles of a widget's text, resolved once for each theme."""

from __future__ import annotations

from rich.style import Style
from textual.color import Color
from textual.widget import Widget

from dockertui.widgets.contrast import readable


class Looks:
    """From a component class, or a theme variable, to how text is drawn."""

    def __init__(self, widget: Widget) -> None:
        """Begin with nothing resolved.

        Args:
            widget: Whose styles they are.
        """
        self._widget = widget
        self._resolved: dict[str, Style] = {}
        self._marked: dict[Style, Style] = {}

    def forget(self) -> None:
        """Resolve all styles anew: the theme, or the state of the widget, is another."""
        self._resolved.clear()
        self._marked.clear()

    @property
    def text(self) -> Style:
        """The usual text."""
        if "" not in self._resolved:
            self._resolved[""] = self._widget.rich_style
        return self._resolved[""]

    def alone(self, component: str) -> Style:
        """What a component class asks for, and nothing besides."""
        if component not in self._resolved:
            style = self._widget.get_component_rich_style(component, partial=True)
            self._resolved[component] = style
        return self._resolved[component]

    def part(self, component: str) -> Style:
        """Text as a component class wants it."""
        return self.text + self.alone(component)

    def under(self, component: str, style: Style) -> Style:
        """Text on the ground of a component class; what would drown there has the usual colour."""
        if (marked := self._marked.get(style)) is None:
            marked = style + self.alone(component)
            ink, ground = (Color.from_rich_color(it) for it in (marked.color, marked.bgcolor))
            if not readable(ink, ground):
                marked += Style(color=self.text.color, dim=False)
            self._marked[style] = marked
        return marked

    def tint(self, variable: str) -> Style:
        """Text in the colour of a theme variable; as usual if the theme lacks it, or when stale.

        Args:
            variable: E.g. `$danger`; empty for the usual.
        """
        if not variable or self._widget.has_class("-stale"):
            return self.text
        if variable not in self._resolved:
            colour = self._widget.app.theme_variables.get(variable.removeprefix("$"), "")
            ink = Style(color=Color.parse(colour).rich_color) if colour else Style.null()
            self._resolved[variable] = self.text + ink
        return self._resolved[variable]
