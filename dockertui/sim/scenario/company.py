"""The demo: a shop in Compose, its monitoring, and what else lies about on the machine."""

from __future__ import annotations

from typing import Any

from dockertui.sim.behaviour import Behaviour, Load
from dockertui.sim.container import Container
from dockertui.sim.frames import STDERR
from dockertui.sim.scenario import scripts
from dockertui.sim.scenario.builder import DAY_S, Builder
from dockertui.sim.scenario.catalogue import VERSION, add_images
from dockertui.sim.scenario.scripts import Story
from dockertui.sim.world import World

_MIB = 1 << 20
_HOUR_S = 3600.0
_DEPLOYED_S = 21 * 60.0
"""How long ago the shop's own images were deployed last."""
_CHECK = {"Interval": 15_000_000_000, "Timeout": 3_000_000_000, "Retries": 3}


def build(world: World, *, flood: bool) -> World:
    """Fill a world with the company; `flood` adds a container that never stops writing."""
    builder = Builder(world)
    story = Story(world.born_ns)
    add_images(builder, story)
    _Shop(builder, story).build()
    _Monitoring(builder).build()
    _strays(builder)
    if flood:
        _flood(builder)
    world.events.forget()
    return world


class _Project:
    """A Compose project."""

    name = ""
    place = ""
    subnet = 0
    days = 0.0

    def __init__(self, builder: Builder) -> None:
        self.builder = builder

    def service(
        self,
        service: str,
        image: str,
        number: int = 1,
        *,
        after: str = "",
        **more: Any,  # noqa: ANN401 - JSON
    ) -> Container:
        """Add a container of a service; `after` names the services it waits for."""
        prefix = "com.docker.compose"
        labels = {
            f"{prefix}.project": self.name,
            f"{prefix}.service": service,
            f"{prefix}.container-number": str(number),
            f"{prefix}.oneoff": "False",
            f"{prefix}.config-hash": self.builder.world.new_id(f"{self.name}/{service}"),
            f"{prefix}.depends_on": ",".join(f"{it}:service_started:false" for it in after.split()),
            f"{prefix}.project.config_files": f"{self.place}/compose.yaml",
            f"{prefix}.project.working_dir": self.place,
            f"{prefix}.version": "2.29.1",
            **more.pop("labels", {}),
        }
        network = f"{self.name}_default"
        name = f"{self.name}-{service}-{number}"
        settings = {"NetworkMode": network, **more.pop("host", {})}
        settings.setdefault("RestartPolicy", {"Name": "unless-stopped", "MaximumRetryCount": 0})
        return self.builder.container(
            name,
            image,
            Labels=labels,
            HostConfig=settings,
            NetworkingConfig={"EndpointsConfig": {network: {"Aliases": [name, service]}}},
            **more,
        )

    def volume(self, name: str, size_mb: float) -> None:
        """Add a volume of the project."""
        labels = {
            "com.docker.compose.project": self.name,
            "com.docker.compose.volume": name,
            "com.docker.compose.version": "2.29.1",
        }
        self.builder.volume(f"{self.name}_{name}", size_mb, self.days, labels)

    def network(self) -> None:
        """Add the project's network."""
        network = self.builder.network(f"{self.name}_default", self.subnet, self.days)
        network.labels = {
            "com.docker.compose.project": self.name,
            "com.docker.compose.network": "default",
            "com.docker.compose.version": "2.29.1",
        }


class _Shop(_Project):
    """What the company lives on."""

    name = "shop"
    place = "/srv/shop"
    subnet = 20
    days = 41.0

    def __init__(self, builder: Builder, story: Story) -> None:
        super().__init__(builder)
        self.story = story

    def build(self) -> None:
        """Add it all."""
        self.network()
        self.volume("db-data", 1840)
        self.volume("cache-data", 12.5)
        self.volume("queue-data", 88)
        self._data()
        self._own()

    def _data(self) -> None:
        self.service(
            "db",
            "postgres:16",
            up_s=3 * DAY_S + 4000,
            age_s=12 * DAY_S,
            host={
                "Binds": ["shop_db-data:/var/lib/postgresql/data"],
                "PortBindings": {"5432/tcp": [{"HostIp": "127.0.0.1", "HostPort": "5432"}]},
                "ShmSize": 268435456,
            },
            Env=[
                "POSTGRES_USER=shop",
                "POSTGRES_PASSWORD=correct-horse-battery",
                "POSTGRES_DB=shop",
            ],
            Healthcheck={"Test": ["CMD-SHELL", "pg_isready -U shop"], **_CHECK},
        )
        self.service(
            "cache",
            "redis:7-alpine",
            up_s=3 * DAY_S + 4000,
            age_s=12 * DAY_S,
            host={"Binds": ["shop_cache-data:/data"]},
            Healthcheck={"Test": ["CMD", "redis-cli", "ping"], **_CHECK},
        )
        self.service(
            "queue",
            "rabbitmq:3.13-management",
            up_s=3 * DAY_S + 4000,
            age_s=12 * DAY_S,
            host={
                "Binds": ["shop_queue-data:/var/lib/rabbitmq"],
                "PortBindings": {"15672/tcp": [{"HostIp": "", "HostPort": "15672"}]},
            },
        )

    def _own(self) -> None:
        secrets = ["DATABASE_URL=postgres://shop:correct-horse-battery@db:5432/shop"]
        self.service(
            "api",
            f"shop/api:{VERSION}",
            up_s=_DEPLOYED_S,
            after="db cache queue",
            host={"PortBindings": {"8000/tcp": [{"HostIp": "", "HostPort": "8000"}]}},
            Env=[*secrets, "LOG_FORMAT=json", "STRIPE_SECRET_KEY=sk_test_not_a_real_one"],
            Healthcheck={"Test": ["CMD", "curl", "-fsS", "localhost:8000/health"], **_CHECK},
        )
        for number, port in ((1, "8080"), (2, "8081")):
            self.service(
                "web",
                f"shop/web:{VERSION}",
                number,
                up_s=_DEPLOYED_S - 4 - number * 3,
                after="api",
                host={"PortBindings": {"80/tcp": [{"HostIp": "", "HostPort": port}]}},
                Healthcheck={"Test": ["CMD", "wget", "-qO-", "localhost/health"], **_CHECK},
            )
        worker = self.service(
            "worker",
            f"shop/worker:{VERSION}",
            up_s=94.0,
            age_s=_DEPLOYED_S,
            after="db queue",
            host={"Memory": 256 * _MIB, "RestartPolicy": {"Name": "always"}},
            Env=[*secrets, "CONCURRENCY=4"],
        )
        worker.restart_count, worker.finished_ns = 5, worker.started_ns - 3_200_000_000
        worker.exit_code = 0


class _Monitoring(_Project):
    """What watches over the shop."""

    name = "monitoring"
    place = "/srv/monitoring"
    subnet = 21
    days = 63.0

    def build(self) -> None:
        """Add it all."""
        self.network()
        self.volume("prometheus-data", 3120)
        self.volume("grafana-data", 44)
        up_s = 8 * DAY_S + 9000
        self.service(
            "prometheus",
            "prom/prometheus:v2.54.1",
            up_s=up_s,
            host={
                "Binds": [
                    "monitoring_prometheus-data:/prometheus",
                    "/srv/monitoring/prometheus.yml:/etc/prometheus/prometheus.yml:ro",
                ],
                "PortBindings": {"9090/tcp": [{"HostIp": "127.0.0.1", "HostPort": "9090"}]},
            },
        )
        self.service(
            "grafana",
            "grafana/grafana:11.2.0",
            up_s=up_s,
            after="prometheus",
            host={
                "Binds": ["monitoring_grafana-data:/var/lib/grafana"],
                "PortBindings": {"3000/tcp": [{"HostIp": "", "HostPort": "3000"}]},
            },
        )
        self.service(
            "alerts",
            "prom/alertmanager:v0.27.0",
            up_s=2 * _HOUR_S,
            Healthcheck={"Test": ["CMD", "wget", "-qO-", "localhost:9093/-/healthy"], **_CHECK},
            behaviour=Behaviour(
                scripts.metrics(
                    (
                        'component=dispatcher msg="Notify attempt failed" attempts={n} '
                        'err="dial tcp 10.0.0.25:587: i/o timeout"',
                    ),
                    30.0,
                ),
                probe=lambda number: (1, f"wget: server returned error: HTTP/1.1 503 ({number})\n"),
            ),
        )


def _strays(builder: Builder) -> None:
    builder.container(
        "registry",
        "registry:2",
        up_s=19 * DAY_S,
        HostConfig={
            "PortBindings": {"5000/tcp": [{"HostIp": "", "HostPort": "5000"}]},
            "RestartPolicy": {"Name": "always", "MaximumRetryCount": 0},
        },
    )
    builder.container(
        "mailpit",
        "axllent/mailpit:v1.20",
        state="paused",
        up_s=5 * _HOUR_S,
        HostConfig={"PortBindings": {"8025/tcp": [{"HostIp": "", "HostPort": "8025"}]}},
    )
    builder.container(
        "nightly-backup",
        "shop/backup:1.9",
        state="exited",
        up_s=6.2 * _HOUR_S,
        ended_s=6.1 * _HOUR_S,
        age_s=30 * DAY_S,
        HostConfig={"Binds": ["shop_db-data:/source:ro", "backups:/backups"]},
    )
    builder.container(
        "import-2024",
        "python:3.12-slim",
        state="exited",
        up_s=2.1 * DAY_S,
        ended_s=2.09 * DAY_S,
        exit_code=1,
        Cmd=["python", "import.py", "--year", "2024"],
        behaviour=Behaviour(
            scripts.lines(
                "reading orders-2024.csv",
                "Traceback (most recent call last):",
                '  File "/app/import.py", line 77, in <module>',
                "    main(sys.argv)",
                "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9 in position 4711",
                stream=STDERR,
            )
        ),
    )
    builder.container("new-landing-page", "nginx:1.27", state="created", age_s=1500)
    builder.container(
        "quiet-proxy",
        "haproxy:3.0",
        up_s=11 * DAY_S,
        HostConfig={"LogConfig": {"Type": "none", "Config": {}}},
    )
    builder.container(
        "ci-runner", "shop/ci:latest", up_s=47 * 60, Tty=True, OpenStdin=True, Cmd=["watch-builds"]
    )
    builder.container("old-queue", "legacy/queue:0.9", up_s=52 * DAY_S)
    builder.container(
        "scratchpad",
        "alpine:3.20",
        up_s=12 * 60,
        Tty=True,
        OpenStdin=True,
        HostConfig={"AutoRemove": True, "RestartPolicy": {"Name": "no"}},
    )


def _flood(builder: Builder) -> None:
    builder.container(
        "flood",
        "alpine:3.20",
        up_s=60,
        Cmd=["yes"],
        behaviour=Behaviour(flood_per_s=200_000, load=Load(cpu_percent=97.0)),
    )
