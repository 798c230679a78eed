"""The styles of a table, resolved once for each theme."""

from __future__ import annotations

from rich.style import Style
from textual.color import Color
from textual.widget import Widget

from dockertui.widgets.contrast import readable
from dockertui.widgets.table_painter import Look


class LineStyles(dict[str, Style]):
    """From theme variables such as `$success` to the styles of text in one kind of line.

    The empty variable stands for the line's own style, as does one that the theme lacks.
    """

    def __init__(self, widget: Widget, look: Look) -> None:
        """Begin with the line's own style.

        Args:
            widget: The table.
            look: What the line is.
        """
        plain = widget.get_component_rich_style(f"table--{look}")
        is_stale = widget.has_class("-stale")
        if is_stale and not plain.reverse:
            stale = widget.get_component_rich_style("table--stale")
            plain += Style(color=stale.color, dim=stale.dim)
        super().__init__({"": plain})
        self._widget = widget
        self._is_plain = is_stale or (look is not Look.ROW and bool(plain.reverse))
        # What stands out on the table's ground may drown on the cursor's.
        self._must_be_readable = look is not Look.ROW

    def __missing__(self, variable: str) -> Style:
        plain = self[""]
        style = plain if self._is_plain else plain + self._colour(variable)
        self[variable] = style
        return style

    def _colour(self, variable: str) -> Style:
        app = self._widget.app
        if variable.removeprefix("$") not in app.theme_variables:
            return Style.null()
        ground = Color.from_rich_color(self[""].bgcolor)
        colour = ground + app.stylesheet.parse_style(variable).foreground
        if self._must_be_readable and not readable(colour, ground):
            return Style.null()
        return Style.from_color(colour.rich_color)


class TableStyles:
    """The styles of a table's lines, until the theme or the state of the table is another."""

    def __init__(self, widget: Widget) -> None:
        """Begin with nothing resolved.

        Args:
            widget: A table, with the component classes `table--heading` and so on.
        """
        self._widget = widget
        self._lines: dict[Look, LineStyles] = {}

    def forget(self) -> None:
        """Resolve all styles anew."""
        self._lines.clear()

    def __call__(self, look: Look) -> LineStyles:
        """The styles of text in one kind of line."""
        if (styles := self._lines.get(look)) is None:
            styles = self._lines[look] = LineStyles(self._widget, look)
        return styles
