"""The table of all figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.figure import Figure, Samples, Scenario
from tests.bench.tool import OURS

TABLE = re.compile(r"(?:^\|.*\n)+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of every tool."""

    figure: Figure
    """What it is."""
    values: dict[str, float | None]
    """The number of each tool, by its name."""

    @property
    def ours(self) -> float | None:
        """The number that must reach the bar."""
        return self.values.get(OURS.name)

    @property
    def missed(self) -> str:
        """What is wrong with ours; empty if nothing is, or if the tool is not there."""
        peers = [value for name, value in self.values.items() if name != OURS.name and value]
        if OURS.name not in self.values:
            return ""
        return self.figure.misses(self.ours, min(peers, default=None))


class Report:
    """All that was measured in one run."""

    def __init__(self, tools: list[str]) -> None:
        self.tools = tools
        self.rows: list[Row] = []
        self._samples: dict[str, dict[str, Samples]] = {}

    @property
    def missed(self) -> bool:
        """Was any bar missed?"""
        return any(row.missed for row in self.rows)

    def add(self, scenario: Scenario, samples: dict[str, Samples]) -> None:
        """Take over what was measured in a scenario."""
        self._samples[scenario.name] = samples
        for figure in scenario.figures:
            values = {tool: figure.value(taken) for tool, taken in samples.items()}
            self.rows.append(Row(figure, values))

    def table(self) -> str:
        """The figures as a table in Markdown, which is also good to read as it is."""
        head = ["figure", "unit", "bar", *self.tools, ""]
        rows = [
            head,
            ["-", "-", "-:", *("-:" for _ in self.tools), "-"],
            *map(self._cells, self.rows),
        ]
        widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
        return "\n".join(line(row, widths) for row in rows)

    def write_into(self, page: Path) -> None:
        """Put the table in the place of the first one that a page in Markdown has."""
        text = page.read_text()
        page.write_text(TABLE.sub(lambda _: f"{self.table()}\n", text, count=1))

    def as_json(self) -> dict[str, Any]:
        """The figures and all samples."""
        figures = {
            row.figure.name: {"unit": row.figure.unit, "bar": row.figure.bar, **row.values}
            for row in self.rows
        }
        return {"figures": figures, "samples": self._samples}

    def _cells(self, row: Row) -> list[str]:
        numbers = [short(row.values.get(tool)) for tool in self.tools]
        verdict = row.missed or ("ok" if row.figure.bar is not None and row.ours else "")
        return [row.figure.name, row.figure.unit, bar(row.figure), *numbers, verdict]


def line(cells: list[str], widths: list[int]) -> str:
    """One row; a rule's right end and every number stand to the right."""
    drawn = []
    for cell, width in zip(cells, widths, strict=True):
        if cell.startswith("-"):
            drawn.append(cell.rjust(width, "-"))
        elif cell[:1].isdigit():
            drawn.append(cell.rjust(width))
        else:
            drawn.append(cell.ljust(width))
    return f"| {' | '.join(drawn)} |"


def bar(figure: Figure) -> str:
    """What ours must be."""
    if figure.bar is None:
        return ""
    return f"{'>=' if figure.at_least else '<='} {figure.bar:g}"


def short(value: float | None) -> str:
    """A number with three significant digits."""
    if value is None:
        return ""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
