"""The styles of a widget's text, resolved once for each theme."""

from __future__ import annotations

from rich.style import Style
from textual.color import Color
from textual.widget import Widget


class Looks:
    """From a component class, or a theme variable, to how text is drawn."""

    def __init__(self, widget: Widget) -> None:
        """Begin with nothing resolved.

        Args:
            widget: Whose styles they are.
        """
        self._widget = widget
        self._resolved: dict[str, Style] = {}

    def forget(self) -> None:
        """Resolve all styles anew: the theme, or the state of the widget, is another."""
        self._resolved.clear()

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
