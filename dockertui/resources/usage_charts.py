"""The charts of what containers use."""

from __future__ import annotations

from dockertui.model.usage import Metric
from dockertui.resources.cells import percent
from dockertui.resources.chart import Chart, Track
from dockertui.text import brief_size

_MIB = 1024**2


def _a_second(size_bytes: float) -> str:
    """Bytes in a second.

    >>> _a_second(131_072)
    '128K/s'
    """
    return f"{brief_size(size_bytes)}/s"


def _count(number: float) -> str:
    """A number of things; a mean may have a decimal.

    >>> _count(12.0), _count(2.5), _count(12.4)
    ('12', '2.5', '12')
    """
    is_whole = number >= 10 or abs(number - round(number)) < 0.05  # noqa: PLR2004 - as it reads
    return f"{number:,.0f}" if is_whole else f"{number:.1f}"


_CPU = Chart(
    title="CPU",
    tracks=(Track(Metric.CPU),),
    text=percent,
    least=10,
    lacking="The engine does not say how much processor time it has used.",
)
_MEMORY = Chart(
    title="Memory",
    tracks=(Track(Metric.MEMORY),),
    text=brief_size,
    least=16 * _MIB,
    binary=True,
    limit=lambda it: it.memory_limit_bytes,
    lacking="The engine does not say how much memory it has.",
)
_NETWORK = Chart(
    title="Network",
    tracks=(Track(Metric.RECEIVED, "in"), Track(Metric.SENT, "out")),
    text=_a_second,
    least=1024,
    binary=True,
    lacking="It has no network of its own.",
)
_DISK = Chart(
    title="Disk",
    tracks=(Track(Metric.READ, "read"), Track(Metric.WRITTEN, "written")),
    text=_a_second,
    least=1024,
    binary=True,
    lacking="The engine does not say what it reads and writes.",
)
_PROCESSES = Chart(
    title="Processes",
    tracks=(Track(Metric.PROCESSES),),
    text=_count,
    least=4,
    lacking="The engine does not say how many processes it has.",
)
_THROTTLED = Chart(
    title="Throttled",
    tracks=(Track(Metric.THROTTLED),),
    text=percent,
    least=10,
    lacking="The engine does not say whether it is held back by a CPU limit.",
)

CONTAINER_CHARTS = (_CPU, _MEMORY, _NETWORK, _DISK, _PROCESSES, _THROTTLED)
"""Those of a container, the most important first."""
TOTAL_CHARTS = (_CPU, _MEMORY, _NETWORK, _DISK, _PROCESSES)
"""Those of several containers together, such as a project's or the engine's."""
