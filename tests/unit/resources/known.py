"""What is known of an engine, put together by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, cast

from dockertui.engine import Engine
from dockertui.model import Container, ContainerState, Event
from dockertui.model.host import Host
from dockertui.model.usage import Reading
from dockertui.resources.overview.section import Section
from dockertui.store import Store
from dockertui.sync import Member, Watcher
from tests.unit.sync.fake_engine import FakeEngine

NS = 1_000_000_000
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MIB = 1 << 20


def container(name: str, **said: Any) -> Container:
    """A running container, whose ID is its name."""
    given = {"id": name, "name": name, "engine": "fake", "state": ContainerState.RUNNING}
    return Container(**{**given, **said})


def exited(name: str, code: int, ago_s: float, **said: Any) -> Container:
    """A container that ended some time ago."""
    since = NOW - timedelta(seconds=ago_s)
    return container(name, state=ContainerState.EXITED, exit_code=code, since=since, **said)


def known(*containers: Container, host: Host | None = None) -> Member:
    """An engine with containers."""
    engine, store = cast("Engine", FakeEngine()), Store()
    member = Member(engine, store, Watcher(engine, store, [Container]))
    store.replace(Container, containers)
    member.host.answer = host
    return member


def host(**said: Any) -> Host:
    """A machine with 4 cores and 1 GiB."""
    given = {"id": "fake", "name": "fake", "cores": 4, "memory_bytes": 1024 * MIB}
    return Host(**{**given, **said})


def happened(member: Member, ago_s: float, action: str, id_: str = "web", **said: str) -> None:
    """Tell a member's chronicle of an event."""
    at_ns = round((NOW.timestamp() - ago_s) * NS)
    detail = said.pop("detail", "")
    member.chronicle.heed(
        Event("container", action, id_, at_ns, {"name": said.pop("name", id_), **said}, detail)
    )


def failed(
    member: Member, ago_s: float, id_: str = "web", code: int = 1, *, oom: bool = False
) -> None:
    """Tell that a container has failed."""
    if oom:
        happened(member, ago_s + 0.1, "oom", id_)
    happened(member, ago_s, "die", id_, exitCode=str(code))


def measured(
    member: Member, id_: str, cpu_percent: float | None = None, mib: float = 0, limit_mib: int = 0
) -> None:
    """Let a container be measured."""
    at_ns = round(NOW.timestamp()) * NS
    cpu_ns = None if cpu_percent is None else round(cpu_percent / 100 * NS)
    for ago in (1, 0):
        member.measured.take(
            [
                Reading(
                    container_id=id_,
                    read_ns=at_ns - ago * NS,
                    cpu_ns=cpu_ns if not ago or cpu_ns is None else 0,
                    memory_bytes=round(mib * MIB),
                    memory_limit_bytes=(limit_mib or 1024) * MIB,
                )
            ]
        )


def texts(section: Section) -> list[str]:
    """What each row of a section says."""
    cells = (
        [column.read(row, section.now)[0] for column in section.columns] for row in section.rows
    )
    return [" ".join(filter(None, each)) for each in cells]
