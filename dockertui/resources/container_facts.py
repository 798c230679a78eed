"""What the Info tab says of a container."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from shlex import join

from dockertui.model import Container, ContainerState, Endpoint, Health, Mount, Port
from dockertui.model.container_detail import ContainerDetail, Probe
from dockertui.resources.exit_codes import exit_words
from dockertui.resources.moments import duration, moment, moment_and_age
from dockertui.resources.tab import Fact
from dockertui.secrecy import masked, masked_url
from dockertui.text import binary_size, counted

_STATE_STYLES = {
    ContainerState.RUNNING: "$container-running",
    ContainerState.PAUSED: "$container-paused",
    ContainerState.RESTARTING: "$container-restarting",
}
_HEALTH_STYLES = {
    Health.STARTING: "$health-starting",
    Health.HEALTHY: "$health-good",
    Health.UNHEALTHY: "$health-bad",
}
_COMPOSE = "com.docker.compose."


def container_facts(
    container: Container, detail: ContainerDetail, now: datetime
) -> tuple[Fact, ...]:
    """Everything worth reading of a container, in the order in which one asks.

    Args:
        container: What the list says.
        detail: What the inspection adds.
        now: The time to count from, in UTC.
    """
    groups = (
        ("", _state(container, detail, now)),
        ("Health", _health(container, detail)),
        ("Program", _program(container, detail)),
        ("Ports", _ports(detail.ports or container.ports)),
        ("Networks", _networks(detail.networks or container.networks)),
        ("Mounts", _mounts(detail.mounts or container.mounts)),
        ("Compose", _compose(container.labels)),
        ("Labels", label_facts(container.labels)),
    )
    return tuple(grouped(groups))


def grouped(groups: Iterable[tuple[str, Iterable[Fact]]]) -> Iterator[Fact]:
    """Put each group under its heading, and leave out those that are empty."""
    for title, facts in groups:
        if some := tuple(facts):
            if title:
                yield Fact(title, heading=True)
            yield from some


def label_facts(labels: Mapping[str, str]) -> Iterator[Fact]:
    """Labels by name; those that look like secrets are masked."""
    for name, value in sorted(labels.items()):
        shown = masked(name, value)
        yield Fact(name, value, masked=shown if shown != value else "")


def _state(container: Container, detail: ContainerDetail, now: datetime) -> Iterator[Fact]:
    style = "$container-failed" if container.failed else _STATE_STYLES.get(container.state, "")
    yield Fact("State", _state_words(container, detail, now), style)
    if container.state is ContainerState.RESTARTING or not container.state.is_live:
        yield from _ending(container, detail, now)
    else:
        yield from _said("Started", moment(detail.started))
    if detail.error:
        yield Fact("Error", detail.error, "$danger")
    if detail.restart_count:
        yield Fact(
            "Restarted",
            f"{counted(detail.restart_count, 'time')} by its policy",
            "$container-restarting",
        )
    yield Fact("Restarts", _policy(detail))
    yield Fact("Image", container.image)
    yield from _said("Image ID", container.image_id)
    yield from _said("Created", moment_and_age(container.created, now))
    yield Fact("ID", container.id)


def _state_words(container: Container, detail: ContainerDetail, now: datetime) -> str:
    state = container.state
    if state is ContainerState.UNKNOWN:
        return container.status or "unknown"
    since = detail.started if state is ContainerState.RUNNING else container.since
    if state is ContainerState.RUNNING and since is not None:
        return f"running for {duration((now - since).total_seconds())}"
    return f"{state}, but it never ran" if state is ContainerState.CREATED else str(state)


def _ending(container: Container, detail: ContainerDetail, now: datetime) -> Iterator[Fact]:
    code = container.exit_code if detail.exit_code is None else detail.exit_code
    if code is not None:
        style = "$container-failed" if code else ""
        yield Fact("Exit code", exit_words(code, oom_killed=detail.oom_killed), style)
    if detail.started is None:
        return
    yield from _said("Started", moment(detail.started))
    if detail.finished is not None:
        lasted = duration((detail.finished - detail.started).total_seconds())
        yield Fact("Ended", f"{moment_and_age(detail.finished, now)}, after {lasted}")


def _policy(detail: ContainerDetail) -> str:
    policy = detail.restart_policy or "never"
    return f"{policy}; it is removed as soon as it ends" if detail.auto_remove else policy


def _health(container: Container, detail: ContainerDetail) -> Iterator[Fact]:
    if container.health is Health.NONE:
        return
    words = str(container.health)
    if detail.health_failing_streak:
        words += f", {counted(detail.health_failing_streak, 'probe')} failed in a row"
    yield Fact("Status", words, _HEALTH_STYLES[container.health])
    for probe in reversed(detail.probes):
        yield from _probe(probe)


def _probe(probe: Probe) -> Iterator[Fact]:
    passed = probe.exit_code == 0
    words = "passed" if passed else f"failed with exit code {probe.exit_code}"
    yield Fact(moment(probe.start, day=False) or "Probe", words, "" if passed else "$health-bad")
    if output := probe.output.strip():
        yield Fact("", output, "$dim")


def _program(container: Container, detail: ContainerDetail) -> Iterator[Fact]:
    words = join(detail.command) or ("" if detail.entrypoint else container.command)
    yield from _said("Entrypoint", masked_url(join(detail.entrypoint)))
    yield from _said("Command", masked_url(words))
    yield Fact("User", detail.user or "root")
    yield from _said("Folder", detail.working_dir)
    yield from _said("PID", str(detail.pid or ""))
    memory = detail.memory_limit_bytes
    yield Fact("Memory", f"{binary_size(memory)} at most" if memory else "as much as there is")
    yield from _said("Stop signal", detail.stop_signal)
    if detail.stop_timeout_s is not None:
        yield Fact("Grace", f"{detail.stop_timeout_s} s to stop before it is killed")
    yield from _said("Terminal", "yes" if detail.tty else "")
    yield from _said("Log driver", detail.log_driver)


def _ports(ports: Iterable[Port]) -> Iterator[Fact]:
    for port in sorted(ports, key=lambda it: (it.public is None, it.private, it.protocol)):
        inside = f"{port.private}/{port.protocol}"
        if port.public is None:
            yield Fact("exposed", f"{inside}, not published", "$dim")
        else:
            host = f"[{port.host_ip}]" if ":" in port.host_ip else port.host_ip or "0.0.0.0"
            yield Fact("published", f"{host}:{port.public} → {inside}")


def _networks(networks: Iterable[Endpoint]) -> Iterator[Fact]:
    for each in networks:
        yield Fact(each.network, each.address or "no address", "" if each.address else "$dim")


def _mounts(mounts: Iterable[Mount]) -> Iterator[Fact]:
    for each in sorted(mounts, key=lambda it: it.target):
        kind = "anonymous volume" if each.is_anonymous else each.kind
        path = f"{each.source} → {each.target}" if each.source else each.target
        yield Fact(kind, path if each.writable else f"{path}, read only")


def _compose(labels: Mapping[str, str]) -> Iterator[Fact]:
    yield from _said("Project", labels.get(f"{_COMPOSE}project", ""))
    yield from _said("Service", labels.get(f"{_COMPOSE}service", ""))
    yield from _said("Number", labels.get(f"{_COMPOSE}container-number", ""))
    yield from _said("Folder", labels.get(f"{_COMPOSE}project.working_dir", ""))
    yield from _said("Files", labels.get(f"{_COMPOSE}project.config_files", ""))


def _said(label: str, value: str) -> Iterator[Fact]:
    if value:
        yield Fact(label, value)
