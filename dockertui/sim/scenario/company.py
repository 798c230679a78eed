"""The demo: a shop in Compose, its monitoring, and what else lies about on the machine."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dockertui.sim.answers import JSON
from dockertui.sim.behaviour import Behaviour, Load
from dockertui.sim.frames import STDERR
from dockertui.sim.scenario import scripts
from dockertui.sim.scenario.builder import Builder
from dockertui.sim.scenario.catalogue import CACHE, IMAGES, OFFERS, VERSION
from dockertui.sim.scenario.drafts import (
    DAY_S,
    HOUR_S,
    MINUTE_S,
    ContainerDraft,
    Past,
    publish,
)
from dockertui.sim.scenario.memories import recall
from dockertui.sim.scenario.story import Story
from dockertui.sim.world import World

_PREFIX = "com.docker.compose"
_COMPOSE = {f"{_PREFIX}.version": "2.29.1"}
_MIB = 1 << 20
_DEPLOYED_S = 21 * MINUTE_S
"""How long ago the shop's own images were deployed last."""
_SECRETS = ["DATABASE_URL=postgres://shop:correct-horse-battery@db:5432/shop"]


@dataclass(frozen=True, slots=True)
class Project:
    """A Compose project."""

    name: str
    """Its name."""
    place: str
    """Where its file lies."""
    subnet: int
    """Its network's addresses begin with `172.<subnet>`."""
    days: float
    """How old it is."""
    volumes: tuple[tuple[str, float], ...]
    """Its volumes, and how many millions of bytes are in each."""
    containers: tuple[ContainerDraft, ...]
    """Its containers, oldest first."""


def build(world: World, *, flood: bool) -> World:
    """Fill a world with the company; `flood` adds a container that never stops writing."""
    builder = Builder(world)
    builder.images(IMAGES)
    builder.offers(OFFERS)
    for project in (SHOP, MONITORING):
        _add_project(builder, project)
    for draft in (*STRAYS, *([FLOOD] if flood else [])):
        builder.container(draft)
    builder.build_cache(CACHE)
    world.events.forget()
    recall(world)
    return world


def _add_project(builder: Builder, project: Project) -> None:
    mine = {f"{_PREFIX}.project": project.name, **_COMPOSE}
    network = builder.network(f"{project.name}_default", project.subnet, project.days)
    network.labels = {**mine, f"{_PREFIX}.network": "default"}
    for name, size_mb in project.volumes:
        labels = {**mine, f"{_PREFIX}.volume": name}
        builder.volume(f"{project.name}_{name}", size_mb, project.days, labels)
    for draft in project.containers:
        builder.container(_as_compose_does(builder.world, project, draft))


def _as_compose_does(world: World, project: Project, draft: ContainerDraft) -> ContainerDraft:
    """Give a service's container the name, labels and network that Compose would."""
    network, name = f"{project.name}_default", f"{project.name}-{draft.name}-{draft.number}"
    labels = {
        f"{_PREFIX}.project": project.name,
        f"{_PREFIX}.service": draft.name,
        f"{_PREFIX}.container-number": str(draft.number),
        f"{_PREFIX}.oneoff": "False",
        f"{_PREFIX}.config-hash": world.new_id(f"{project.name}/{draft.name}"),
        f"{_PREFIX}.depends_on": ",".join(f"{it}:service_started:false" for it in draft.after),
        f"{_PREFIX}.project.config_files": f"{project.place}/compose.yaml",
        f"{_PREFIX}.project.working_dir": project.place,
        **_COMPOSE,
    }
    host = {"RestartPolicy": {"Name": "unless-stopped"}, **draft.asked.get("HostConfig", {})}
    asked: JSON = {
        **draft.asked,
        "Labels": labels,
        "HostConfig": {**host, "NetworkMode": network},
        "NetworkingConfig": {"EndpointsConfig": {network: {"Aliases": [name, draft.name]}}},
    }
    return replace(draft, name=name, asked=asked)


def _check(*test: str) -> JSON:
    """A health check each quarter of a minute."""
    return {
        "Test": list(test),
        "Interval": 15_000_000_000,
        "Timeout": 3_000_000_000,
        "Retries": 3,
    }


def _web(number: int, port: str) -> ContainerDraft:
    return ContainerDraft(
        "web",
        f"shop/web:{VERSION}",
        Past(_DEPLOYED_S - 4 - 3 * number),
        {
            "HostConfig": {"PortBindings": publish(p80=port)},
            "Healthcheck": _check("CMD", "wget", "-qO-", "localhost/health"),
        },
        number=number,
        after=("api",),
    )


_DATA_PAST = Past(3 * DAY_S + 4000, age_s=12 * DAY_S)

SHOP = Project(
    "shop",
    "/srv/shop",
    20,
    41.0,
    (("db-data", 1840), ("cache-data", 12.5), ("queue-data", 88)),
    (
        ContainerDraft(
            "db",
            "postgres:16",
            _DATA_PAST,
            {
                "HostConfig": {
                    "Binds": ["shop_db-data:/var/lib/postgresql/data"],
                    "PortBindings": publish(p5432="127.0.0.1:5432"),
                    "ShmSize": 256 * _MIB,
                },
                "Env": [
                    "POSTGRES_USER=shop",
                    "POSTGRES_PASSWORD=correct-horse-battery",
                    "POSTGRES_DB=shop",
                ],
                "Healthcheck": _check("CMD-SHELL", "pg_isready -U shop"),
            },
        ),
        ContainerDraft(
            "cache",
            "redis:7-alpine",
            _DATA_PAST,
            {
                "HostConfig": {"Binds": ["shop_cache-data:/data"]},
                "Healthcheck": _check("CMD", "redis-cli", "ping"),
            },
        ),
        ContainerDraft(
            "queue",
            "rabbitmq:3.13-management",
            _DATA_PAST,
            {
                "HostConfig": {
                    # It needs almost all of that, so that there is something to see.
                    "Memory": 150 * _MIB,
                    "Binds": ["shop_queue-data:/var/lib/rabbitmq"],
                    "PortBindings": publish(p15672="15672"),
                }
            },
        ),
        ContainerDraft(
            "worker",
            f"shop/worker:{VERSION}",
            Past(94.0, age_s=_DEPLOYED_S + 2, ended_s=97.2, restarts=5),
            {
                "HostConfig": {"Memory": 256 * _MIB, "RestartPolicy": {"Name": "always"}},
                "Env": [*_SECRETS, "CONCURRENCY=4"],
            },
            after=("db", "queue"),
        ),
        ContainerDraft(
            "api",
            f"shop/api:{VERSION}",
            Past(_DEPLOYED_S, wrote_mb=2.3),
            {
                "HostConfig": {"PortBindings": publish(p8000="8000")},
                "Env": [*_SECRETS, "LOG_FORMAT=json", "STRIPE_SECRET_KEY=sk_test_not_a_real_one"],
                "Healthcheck": _check("CMD", "curl", "-fsS", "localhost:8000/health"),
            },
            after=("db", "cache", "queue"),
        ),
        ContainerDraft(
            "mailer",
            "shop/mailer:0.4",
            Past(16.5, 31 * MINUTE_S, "restarting", ended_s=15.0, exit_code=78, restarts=12),
            {"HostConfig": {"RestartPolicy": {"Name": "always"}}},
            after=("queue",),
        ),
        _web(1, "8080"),
        _web(2, "8081"),
    ),
)
"""What the company lives on."""


def _alerts(_story: Story) -> Behaviour:
    return Behaviour(
        scripts.metrics(scripts.ALERTS, 30.0),
        probe=lambda number: (1, f"wget: server returned error: HTTP/1.1 503 ({number})\n"),
    )


MONITORING = Project(
    "monitoring",
    "/srv/monitoring",
    21,
    63.0,
    (("prometheus-data", 3120), ("grafana-data", 44)),
    (
        ContainerDraft(
            "prometheus",
            "prom/prometheus:v2.54.1",
            Past(8 * DAY_S + 9000),
            {
                "HostConfig": {
                    "Binds": [
                        "monitoring_prometheus-data:/prometheus",
                        "/srv/monitoring/prometheus.yml:/etc/prometheus/prometheus.yml:ro",
                    ],
                    "PortBindings": publish(p9090="127.0.0.1:9090"),
                }
            },
        ),
        ContainerDraft(
            "grafana",
            "grafana/grafana:11.2.0",
            Past(8 * DAY_S + 8990),
            {
                "HostConfig": {
                    "Binds": ["monitoring_grafana-data:/var/lib/grafana"],
                    "PortBindings": publish(p3000="3000"),
                }
            },
            after=("prometheus",),
        ),
        ContainerDraft(
            "alerts",
            "prom/alertmanager:v0.27.0",
            Past(2 * HOUR_S),
            {"Healthcheck": _check("CMD", "wget", "-qO-", "localhost:9093/-/healthy")},
            _alerts,
        ),
    ),
)
"""What watches over the shop."""

_IMPORT_FAILS = scripts.lines(
    "reading orders-2024.csv",
    "Traceback (most recent call last):",
    '  File "/app/import.py", line 77, in <module>',
    "    main(sys.argv)",
    "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9 in position 4711",
    stream=STDERR,
)

STRAYS = (
    ContainerDraft(
        "old-queue",
        "legacy/queue:0.9",
        Past(52 * DAY_S, wrote_mb=24.6),
    ),
    ContainerDraft(
        "registry",
        "registry:2",
        Past(19 * DAY_S, wrote_mb=641),
        {
            "HostConfig": {
                "PortBindings": publish(p5000="5000"),
                "RestartPolicy": {"Name": "always"},
            }
        },
    ),
    ContainerDraft(
        "quiet-proxy",
        "haproxy:3.0",
        Past(11 * DAY_S),
        {"HostConfig": {"LogConfig": {"Type": "none", "Config": {}}}},
    ),
    ContainerDraft(
        "nightly-backup",
        "shop/backup:1.9",
        Past(6.2 * HOUR_S, 30 * DAY_S, "exited", ended_s=6.1 * HOUR_S),
        {"HostConfig": {"Binds": ["shop_db-data:/source:ro", "backups:/backups"]}},
    ),
    ContainerDraft(
        "import-2024",
        "python:3.12-slim",
        Past(2.1 * DAY_S, state="exited", ended_s=2.09 * DAY_S, exit_code=1, wrote_mb=318),
        {"Cmd": ["python", "import.py", "--year", "2024"]},
        lambda _story: Behaviour(_IMPORT_FAILS),
    ),
    ContainerDraft(
        "mailpit",
        "axllent/mailpit:v1.20",
        Past(5 * HOUR_S, state="paused", wrote_mb=0.4),
        {"HostConfig": {"PortBindings": publish(p8025="8025")}},
    ),
    ContainerDraft(
        "ci-runner",
        "shop/ci:latest",
        Past(47 * MINUTE_S, wrote_mb=1912),
        # It would have 46 % of a core on average.
        {"Tty": True, "OpenStdin": True, "HostConfig": {"NanoCpus": 500_000_000}},
    ),
    ContainerDraft("new-landing-page", "nginx:1.27", Past(age_s=25 * MINUTE_S, state="created")),
    ContainerDraft(
        "scratchpad",
        "alpine:3.20",
        Past(12 * MINUTE_S),
        {"Tty": True, "OpenStdin": True, "HostConfig": {"AutoRemove": True}},
    ),
)
"""What else lies about."""

FLOOD = ContainerDraft(
    "flood",
    "alpine:3.20",
    Past(60.0),
    {"Cmd": ["yes"]},
    lambda _story: Behaviour(flood_per_s=200_000, load=Load(cpu_percent=97.0)),
)
"""One that writes as fast as anybody can read."""
