"""The machine, and the engine's own settings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from dockertui.model import Container, ContainerState
from dockertui.model.host import Host
from dockertui.model.system import ENGINE
from dockertui.resources.cells import percent, styled
from dockertui.resources.overview.section import Section
from dockertui.resources.resource import Column
from dockertui.sync import Member
from dockertui.text import age, binary_size, counted

_CLOCK_S = 2.0
"""By how much a clock may be off before it is worth a word."""


class Said(NamedTuple):
    """One thing to know."""

    label: str
    """What it is."""
    value: str
    """The value."""
    style: str = ""
    """A theme variable to draw it in."""


COLUMNS: tuple[Column[Said], ...] = (
    Column("", lambda it: it.label, style=styled("$dim"), width=10, keep=2),
    Column("", lambda it: it.value, style=lambda it: it.style, width=12, keep=3, flexible=True),
)
"""What is said of the machine."""


def machine(member: Member, now: datetime) -> tuple[Section, ...]:
    """What there is, and how it is set up."""
    host = member.host.answer
    rows = [*_machine(host, member)] if host is not None else []
    rows += _used(member)
    return (
        Section(
            title="The machine",
            note=host.hostname if host is not None else "",
            columns=COLUMNS,
            now=now,
            rows=rows + (_settings(host) if host is not None else []),
            key=lambda it: it.label,
            more=_unknown(member),
            beside=True,
        ),
    )


def _unknown(member: Member) -> str:
    inquiry = member.host
    if inquiry.error is not None:
        return f"The engine does not describe itself: {inquiry.error}"
    return "" if inquiry.answer is not None else "Asking the engine…"


def _machine(host: Host, member: Member) -> Iterator[Said]:
    link = member.watcher.link.info
    product, api = (link.product, link.api_version) if link is not None else ("Engine", "")
    yield Said("Engine", f"{product} {host.version}" + (f", API {api}" if api else ""))
    system = ", ".join(filter(None, (host.system, host.architecture)))
    yield from _said("System", system)
    yield from _said("Kernel", host.kernel)
    if host.cores:
        memory = f" and {binary_size(host.memory_bytes)} of memory" if host.memory_bytes else ""
        yield Said("Has", f"{counted(host.cores, 'core')}{memory}")


def _used(member: Member) -> Iterator[Said]:
    """What all containers use together, if it is measured, and how they are."""
    if (usage := member.measured.now(ENGINE)) is not None:
        words = []
        if usage.cpu_percent is not None:
            words.append(f"{percent(usage.cpu_percent)} CPU")
        if usage.memory_bytes is not None:
            words.append(f"{binary_size(usage.memory_bytes)} of memory")
        if usage.processes is not None:
            words.append(f"{usage.processes:,.0f} processes")
        yield from _said("Used", ", ".join(words))
    if member.store.knows(Container):
        states = Counter(it.state for it in member.store.snapshot(Container).values())
        shown = ", ".join(f"{states[it]} {it}" for it in ContainerState if states[it])
        yield Said("Containers", shown or "none")


def _settings(host: Host) -> list[Said]:
    storage = host.storage_driver + (f" on {host.file_system}" if host.file_system else "")
    version = f"version {host.cgroup_version}" if host.cgroup_version else ""
    runtime, *others = host.runtimes or ("",)
    swarm = f"{host.swarm}, as a {'manager' if host.is_manager else 'worker'}" if host.swarm else ""
    return [
        *_said("Storage", storage),
        *_said("Folder", host.root),
        *_said("Cgroups", ", by ".join(filter(None, (version, host.cgroup_driver)))),
        *_said("Logs", host.log_driver),
        *_said("Runtime", runtime + (f", or {', '.join(others)}" if others else "")),
        *_said("Security", ", ".join(host.security)),
        *_said("Rootless", "it runs as an ordinary user" if host.is_rootless else ""),
        *_said("Restarts", "containers outlive the engine's own" if host.live_restore else ""),
        *_said("Swarm", swarm),
        *_clock(host),
    ]


def _clock(host: Host) -> Iterator[Said]:
    off_s = host.clock_ahead_s
    if abs(off_s) > _CLOCK_S:
        words = f"{age(abs(off_s))} {'ahead of' if off_s > 0 else 'behind'} the one here"
        yield Said("Clock", words, "$container-restarting")


def _said(label: str, value: str) -> Iterator[Said]:
    if value:
        yield Said(label, value)
