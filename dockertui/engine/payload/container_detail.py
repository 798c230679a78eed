"""A container, as `GET /containers/{id}/json` describes it."""

from __future__ import annotations

from typing import Any

from dockertui.engine.payload.container import parse_endpoints, parse_mounts
from dockertui.engine.payload.fields import (
    Payload,
    block,
    is_true,
    moment,
    rows,
    table,
    text,
    whole,
    words,
)
from dockertui.model import Port
from dockertui.model.container_detail import ContainerDetail, Probe


def parse_container_detail(payload: Payload) -> ContainerDetail:
    """Read an inspection."""
    config, state = table(payload.get("Config")), table(payload.get("State"))
    host, network = table(payload.get("HostConfig")), table(payload.get("NetworkSettings"))
    # Podman has called it `Healthcheck`.
    health = table(state.get("Health")) or table(state.get("Healthcheck"))
    finished = moment(state.get("FinishedAt"))
    return ContainerDetail(
        id=text(payload.get("Id")),
        pid=whole(state.get("Pid")),
        started=moment(state.get("StartedAt")),
        finished=finished,
        exit_code=_exit_code(state) if finished else None,
        oom_killed=is_true(state.get("OOMKilled")),
        error=text(state.get("Error")),
        restart_count=whole(payload.get("RestartCount")),
        restart_policy=_restart_policy(host.get("RestartPolicy")),
        auto_remove=is_true(host.get("AutoRemove")),
        tty=is_true(config.get("Tty")),
        open_stdin=is_true(config.get("OpenStdin")),
        log_driver=text(table(host.get("LogConfig")).get("Type")),
        entrypoint=words(config.get("Entrypoint")),
        command=words(config.get("Cmd")),
        image=text(config.get("Image")),
        user=text(config.get("User")),
        working_dir=text(config.get("WorkingDir")),
        env=_environment(config.get("Env")),
        stop_signal=_stop_signal(config.get("StopSignal")),
        stop_timeout_s=stop_timeout_s(payload),
        memory_limit_bytes=max(0, whole(host.get("Memory"))),
        health_failing_streak=whole(health.get("FailingStreak")),
        probes=_probes(health.get("Log")),
        ports=_ports(config.get("ExposedPorts"), network.get("Ports")),
        networks=parse_endpoints(network.get("Networks")),
        mounts=parse_mounts(payload.get("Mounts")),
    )


def stop_timeout_s(payload: Payload) -> int | None:
    """A container's own grace before SIGKILL, in an inspection; `None` for the engine's."""
    said = table(payload.get("Config")).get("StopTimeout")
    return whole(said) if isinstance(said, int | float) and not isinstance(said, bool) else None


def _exit_code(state: Payload) -> int | None:
    running = is_true(state.get("Running")) and not is_true(state.get("Restarting"))
    return None if running else whole(state.get("ExitCode"))


def _restart_policy(value: Any) -> str:
    policy = table(value)
    name, most = text(policy.get("Name")), whole(policy.get("MaximumRetryCount"))
    if name in {"", "no"}:
        return ""
    return f"{name}, at most {most} times" if most else name


def _environment(value: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, list):
        return ()
    pairs = (it.partition("=") for it in value if isinstance(it, str))
    return tuple((text(name), block(said)) for name, _, said in pairs)


def _stop_signal(value: Any) -> str:
    """Podman gives the signal's number; 15 is what everybody means by saying nothing."""
    signal = str(value) if isinstance(value, int) else text(value)
    return "" if signal in {"0", "15"} else signal


def _probes(value: Any) -> tuple[Probe, ...]:
    return tuple(
        Probe(moment(it.get("Start")), whole(it.get("ExitCode")), block(it.get("Output")))
        for it in rows(value)
    )


def _ports(exposed: Any, published: Any) -> tuple[Port, ...]:
    ports: set[Port] = set()
    for name, bindings in {**dict.fromkeys(table(exposed)), **table(published)}.items():
        private, _, protocol = name.partition("/")
        if not private.isascii() or not private.isdigit():
            continue
        bound = [
            Port(int(private), text(protocol) or "tcp", public, text(it.get("HostIp")))
            for it in rows(bindings)
            if (public := _number(it.get("HostPort")))
        ]
        ports.update(bound or [Port(int(private), text(protocol) or "tcp")])
    return tuple(
        sorted(ports, key=lambda it: (it.private, it.protocol, it.public or 0, it.host_ip))
    )


def _number(value: Any) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value[:6])
    return whole(value)
