"""From a key to the first lines of a log."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.bench.field import Field
from tests.bench.figure import Figure, Samples, Scenario, p95
from tests.bench.keys import DOWN
from tests.bench.tool import Tool
from tests.support.terminal import Terminal

SEEN = "key to the first lines of a container's log"

COUNT = 12
SCRIPT = "seq -s ' told-{0:02d} GET /cart/items?page=7 200 12 ms\n' 2000; sleep 1000000"
REST_S = 0.4
ESCAPE = "\x1b"


def measure(tool: Tool, field: Field) -> Samples:
    """Go down a list of containers, from log to log."""
    field.holds(0)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: tell(field, number), range(COUNT)))
    with tool.open(field.host) as terminal:
        terminal.wait_for_bytes(b"log-00", timeout_s=20)
        terminal.wait_for_quiet(0.5, timeout_s=3)
        return {SEEN: [log_ms(terminal, tool, number) for number in range(1, COUNT)]}


def tell(field: Field, number: int) -> None:
    """Let a container write some lines that no other one writes, and then nothing."""
    field.engine.run(f"log-{number:02d}", ["sh", "-c", SCRIPT.format(number)])


def log_ms(terminal: Terminal, tool: Tool, number: int) -> float:
    """How long the next container's log takes to be seen."""
    if tool.log_keys:
        terminal.send(ESCAPE)
        terminal.wait_for_quiet(REST_S, timeout_s=2)
        terminal.send(DOWN)
    terminal.wait_for_quiet(REST_S, timeout_s=2)
    seen = len(terminal.painted)
    pressed_s = terminal.send(tool.log_keys or DOWN)
    told_s = terminal.wait_for_bytes(b"told-%02d" % number, timeout_s=5, since=seen)
    return (told_s - pressed_s) * 1000


SCENARIO = Scenario(
    name="log",
    title="The logs of 12 containers are looked at, one after the other.",
    figures=(
        Figure(name=SEEN, unit="ms", bar=50, of_peer=1),
        Figure(name=f"{SEEN}, p95", unit="ms", collapse=p95, samples=SEEN),
    ),
    measure=measure,
)
