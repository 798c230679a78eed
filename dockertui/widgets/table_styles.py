"""The styles of a table, resolved once for each theme."""

from __future__ import annotations

from rich.style import Style
from textual.color import Color
from textual.widget import Widget

from dockertui.widgets.table_painter import Look

READABLE = 4.5
"""The least contrast of text with its ground, as WCAG 2 counts it (AA)."""


class TableStyles:
    """From what a line is, and a theme variable, to how its text is drawn."""

    def __init__(self, widget: Widget) -> None:
        """Begin with nothing resolved.

        Args:
            widget: A table, with the component classes `table--heading` and so on.
        """
        self._widget = widget
        self._resolved: dict[tuple[Look, str], Style] = {}

    def forget(self) -> None:
        """Resolve all styles anew: the theme, or the state of the table, is another."""
        self._resolved.clear()

    def __call__(self, look: Look, variable: str) -> Style:
        """The style of text in a line.

        Args:
            look: What the line is.
            variable: A theme variable such as `$success`; empty for the line's own colour.
        """
        if (style := self._resolved.get((look, variable))) is None:
            style = self._resolve(look, variable)
            self._resolved[look, variable] = style
        return style

    def component(self, name: str) -> Style:
        """The style of a component class as it is."""
        return self._widget.get_component_rich_style(name)

    def _resolve(self, look: Look, variable: str) -> Style:
        name = f"table--{look.value}"
        if self._widget.has_class("-stale"):
            plain = self._widget.get_component_rich_style(name, "table--stale")
            return plain
        plain = self._widget.get_component_rich_style(name)
        named = self._colour(variable)
        if named is None or (look is not Look.ROW and plain.reverse):
            return plain
        ground = Color.from_rich_color(plain.bgcolor)
        colour = ground + named
        # What stands out on the table's ground may drown on the cursor's.
        if look is not Look.ROW and not _readable(colour, ground):
            return plain
        return plain + Style.from_color(colour.rich_color)

    def _colour(self, variable: str) -> Color | None:
        app = self._widget.app
        if variable.removeprefix("$") not in app.theme_variables:
            return None
        return app.stylesheet.parse_style(variable).foreground


def _readable(text: Color, ground: Color) -> bool:
    if text.ansi is not None or ground.ansi is not None:
        return False
    lighter, darker = sorted((_luminance(text), _luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05) >= READABLE


def _luminance(colour: Color) -> float:
    """The relative luminance of a colour. Source: WCAG 2.1."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
        for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
