"""Measure every scenario, print one table, and fail where a bar is missed."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from tests.bench import (
    crowd,
    event,
    flood,
    idle,
    image_files,
    keys,
    log_open,
    merged,
    million,
    moving,
    numbers,
    startup,
)
from tests.bench.field import Field
from tests.bench.figure import Samples, Scenario
from tests.bench.priority import go_first
from tests.bench.report import Report
from tests.bench.tool import Tool, installed, parse
from tests.support.real_engine import why_no_engine

SCENARIOS = (
    startup.SCENARIO,
    keys.SCENARIO,
    crowd.KEYS,
    crowd.IMAGE_KEYS,
    event.SCENARIO,
    crowd.EVENTS_10000,
    log_open.SCENARIO,
    flood.SCENARIO,
    million.SCENARIO,
    merged.SCENARIO,
    idle.SCENARIO,
    image_files.SCENARIO,
    moving.SCENARIO,
    numbers.NUMBERS_100,
    numbers.NUMBERS_300,
    numbers.AN_HOUR,
)


def main() -> int:
    """Run what was asked for; returns the exit code."""
    args = arguments()
    if lack := why_no_engine():
        sys.exit(f"nothing can be measured: {lack}")
    tools = [*installed(), *args.tool]
    chosen = [
        each for each in SCENARIOS if (each.name in args.only if args.only else not each.on_request)
    ]
    report = Report([each.name for each in tools])
    go_first(os.getpid())
    field = Field()
    try:
        for scenario in chosen:
            report.add(scenario, measured(scenario, tools, field))
    finally:
        field.close()
    print(report.table())
    if args.docs:
        report.write_into(Path(args.docs))
    if args.json:
        Path(args.json).write_text(json.dumps(report.as_json(), indent=1) + "\n")
    return 1 if report.missed else 0


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    names = [each.name for each in SCENARIOS]
    parser.add_argument("--only", action="append", choices=names, help="measure this scenario")
    parser.add_argument(
        "--tool", action="append", default=[], type=parse, help="NAME=COMMAND: one more peer"
    )
    parser.add_argument("--json", metavar="FILE", help="write every sample there")
    parser.add_argument("--docs", metavar="FILE", help="put the table in the place of FILE's")
    args = parser.parse_args()
    if args.docs and args.only:
        parser.error("only a whole run goes into the docs")
    return args


def measured(scenario: Scenario, tools: list[Tool], field: Field) -> dict[str, Samples]:
    """Take all samples of a scenario, the tools in turn, so that a drift hits them alike."""
    load = f"the machine's load is {os.getloadavg()[0]:.1f}"
    print(f"{scenario.name}: {scenario.title} ({load})", file=sys.stderr, flush=True)
    samples: dict[str, dict[str, list[float]]] = {each.name: {} for each in tools}
    speechless: set[str] = set()
    for number in range(scenario.rounds):
        for tool in tools:
            if tool.is_ours or (scenario.includes_peers(number) and tool.name not in speechless):
                taken = one_round(scenario, tool, field)
                speechless |= set() if taken else {tool.name}
                for name, values in taken.items():
                    samples[tool.name].setdefault(name, []).extend(values)
    return dict(samples)


def one_round(scenario: Scenario, tool: Tool, field: Field) -> Samples:
    """Measure once; whoever shows nothing in time has no figures, and the others still have."""
    try:
        return scenario.measure(tool, field)
    except (TimeoutError, AssertionError) as error:
        print(f"{tool.name}: {error if tool.is_ours else first_line(error)}", file=sys.stderr)
        return {}


def first_line(error: Exception) -> str:
    """What went wrong, without the screen on which it did."""
    return next(iter(str(error).splitlines()), type(error).__name__)


if __name__ == "__main__":
    sys.exit(main())
