"""What can be read about a container."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dockertui.engine import Engine
from dockertui.model import Container, ContainerState, ProcessTable
from dockertui.resources.resource import Column
from dockertui.resources.tab import Charts, Fact, Facts, Known, Log, Rows, Sheet, Tab, Tree
from dockertui.secrecy import masked

if TYPE_CHECKING:
    from dockertui.model.container_detail import ContainerDetail
    from dockertui.resources.chart import Chart
    from dockertui.sync import Member

_NUMBERS = {"PID", "PPID", "UID", "C", "%CPU", "%MEM", "CPU", "VSZ", "RSS", "NI", "PRI", "TIME"}
_RANKS = {"PID": 9, "%CPU": 8, "C": 7, "CPU": 7, "USER": 6, "UID": 6, "%MEM": 5, "TIME": 4}
"""Which columns of a process last while the pane narrows; any other gives way first."""
_LEAST_COMMAND = 24
_BUSY = ("%CPU", "CPU", "C")


async def _detail(engine: Engine, container: Container) -> ContainerDetail:
    return await engine.detail(container.id)


def _facts(container: Container, detail: ContainerDetail, now: datetime) -> Iterable[Fact]:
    # One of the larger imports, and not for the first screen.
    from dockertui.resources.container_facts import container_facts

    return container_facts(container, detail, now)


async def _inspected(engine: Engine, container: Container) -> Any:  # noqa: ANN401 - it is JSON
    return await engine.inspect(container)


async def _processes(engine: Engine, container: Container) -> Sheet:
    return process_sheet(await engine.processes(container.id))


def environment(_container: Container, detail: ContainerDetail, _now: datetime) -> Iterator[Fact]:
    """The environment, in the engine's order; what looks secret is masked."""
    for name, value in detail.env:
        shown = masked(name, value)
        yield Fact(name, value, masked=shown if shown != value else "")


def process_sheet(table: ProcessTable) -> Sheet:
    """The processes, the busiest first where the engine says how busy they are.

    Podman may give one heading with everything in it, so nothing is expected of the titles.
    """
    last = len(table.titles) - 1
    columns = tuple(
        _process_column(title, place, last=place == last)
        for place, title in enumerate(table.titles)
    )
    busy = next((table.titles.index(title) for title in _BUSY if title in table.titles), None)
    rows = table.rows if busy is None else sorted(table.rows, key=lambda it: -_number(it, busy))
    pid = table.titles.index("PID") if "PID" in table.titles else last + 1
    return Sheet(columns, rows, lambda row, place: row[pid] if pid < len(row) else place)


def _process_column(title: str, place: int, *, last: bool) -> Column[tuple[str, ...]]:
    return Column(
        title,
        lambda it: it[place] if place < len(it) else "",
        right=title in _NUMBERS and not last,
        keep=_RANKS.get(title, 10 if last else 0),
        width=_LEAST_COMMAND if last else 0,
        flexible=last,
    )


def _number(row: tuple[str, ...], place: int) -> float:
    try:
        return float(row[place])
    except (IndexError, ValueError):
        return 0.0


def _why_no_processes(container: Container) -> str:
    match container.state:
        case ContainerState.CREATED:
            return "It has never run, so there are no processes."
        case ContainerState.RESTARTING:
            return "It is waiting to be restarted, so there are no processes."
        case state if state.is_live or state is ContainerState.UNKNOWN:
            return ""
        case _:
            return "It is not running, so there are no processes."


def _charts() -> Sequence[Chart]:
    # Not for the first screen.
    from dockertui.resources.usage_charts import CONTAINER_CHARTS

    return CONTAINER_CHARTS


def _why_not_measured(container: Container) -> str:
    match container.state:
        case ContainerState.CREATED:
            return "It has never run."
        case ContainerState.RESTARTING:
            return "It is waiting to be restarted."
        case state if state.is_live or state is ContainerState.UNKNOWN:
            return ""
        case _:
            return "It is not running."


async def _update(member: Member, container: Container) -> Sequence[Fact]:
    from dockertui.resources.update_facts import update_facts

    return await update_facts(member, container)


TABS: tuple[Tab[Container], ...] = (
    Tab("Logs", Log(), "What it writes, as it writes it."),
    Tab(
        "Info",
        Facts(_detail, _facts, every_s=1),
        "Its state with exact times, health probes, ports, networks, mounts and labels.",
    ),
    Tab(
        "Stats",
        Charts(_charts, _why_not_measured),
        "What it uses over time, and the moments of restarts, failures and health changes.",
    ),
    Tab("Inspect", Tree(_inspected), "Everything that the engine knows of it, to fold and search."),
    Tab(
        "Env",
        Facts(_detail, environment, empty="Its environment is empty."),
        "Its environment; what looks secret is masked until revealed.",
    ),
    Tab(
        "Processes",
        Rows(_processes, empty="The engine names no processes in it.", every_s=2),
        "The processes in it, the busiest first.",
        unless=_why_no_processes,
    ),
    Tab(
        "Update",
        Known(_update),
        "Is there a newer image in its registry, and what changes with it?",
    ),
)
"""The tabs of a container's detail, the first one first."""
