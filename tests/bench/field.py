"""The containers that every tool is shown."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import cast

from docker import APIClient

from tests.bench.priority import go_first
from tests.support.real_engine import IMAGE, RealEngine

FIRST = "bench-0000"
"""The name that is looked for on the screen."""


class Field:
    """A real engine that is started when it is first needed, and holds so many containers."""

    @cached_property
    def engine(self) -> RealEngine:
        """The engine."""
        engine = RealEngine()
        go_first(engine.pid)
        engine.import_busybox()
        return engine

    @property
    def host(self) -> str:
        """The URL of the engine."""
        return self.engine.base_url

    def holds(self, count: int) -> None:
        """Make it hold exactly so many running containers, named `bench-0000` and so on."""
        wanted = [f"bench-{number:04d}" for number in range(count)]
        listed = self.engine.client.api.containers(all=True)
        there = {each["Names"][0].removeprefix("/"): each["Id"] for each in listed}
        with ThreadPoolExecutor(4) as pool:
            surplus = [there[name] for name in there if name not in wanted]
            list(pool.map(self.remove, surplus))
            list(pool.map(self._run, [name for name in wanted if name not in there]))

    def _run(self, name: str) -> None:
        self.engine.run(name)

    def create(self, name: str) -> str:
        """Make a container that does not run; returns its ID."""
        api = self.engine.client.api
        made = api.create_container(
            IMAGE, "sleep 1000", name=name, host_config=api.create_host_config(network_mode="none")
        )
        return str(made["Id"])

    def created_s(self, container: str) -> float:
        """When the engine said that it made a container, by `time.perf_counter`."""
        return told_s(self.engine.client.api, container, "create")

    def remove(self, container: str) -> None:
        """Remove a container."""
        self.engine.client.api.remove_container(container, force=True)

    def close(self) -> None:
        """Clear the engine away, if it was started."""
        if "engine" in self.__dict__:
            self.engine.close()


def told_s(api: APIClient, container: str, action: str) -> float:
    """When an engine last said that it did something to a container, by `time.perf_counter`."""
    until = cast("int", time.time())  # The engine takes fractions; the annotations do not.
    events = api.events(since=0, until=until, filters={"container": container}, decode=True)
    told_ns: int = [each["timeNano"] for each in events if each["Action"] == action][-1]
    return told_ns / 1e9 - time.time() + time.perf_counter()
