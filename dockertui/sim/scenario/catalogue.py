"""The images on the company's machine, ordinary and odd."""

from __future__ import annotations

from dockertui.sim.behaviour import Behaviour, Load
from dockertui.sim.scenario import scripts
from dockertui.sim.scenario.builder import PATH, Builder
from dockertui.sim.scenario.scripts import Story

VERSION = "2.4.1"
_MIB = 1 << 20


def add_images(builder: Builder, story: Story) -> None:
    """Add them all."""
    _own(builder, story)
    _services(builder, story)
    _tools(builder)
    _oddities(builder)
    add_offers(builder, story)


def _own(builder: Builder, story: Story) -> None:
    """Images that the company builds itself."""
    web = Behaviour(
        scripts.web(story),
        processes=("nginx: worker process",) * 4,
        load=Load(2.1, 18 * _MIB, received_per_s=21_000, sent_per_s=184_000),
    )
    api = Behaviour(
        scripts.api(story, VERSION),
        processes=("uvicorn: worker",) * 4,
        load=Load(11.0, 214 * _MIB, received_per_s=48_000, sent_per_s=61_000),
        changes=(("/app", 0), ("/app/__pycache__", 1), ("/tmp/uvicorn.sock", 1)),
    )
    worker = Behaviour(
        scripts.worker("amqp://queue:5672"),
        lives_s=240.0,
        exit_code=137,
        dies_of_memory=True,
        load=Load(34.0, 250 * _MIB, leaks=True, read_per_s=90_000),
    )
    python = ["RUN pip install -r requirements.txt # buildkit", "COPY . /app # buildkit"]
    for version, days in ((VERSION, 0.9), ("2.4.0", 9.0), ("2.3.7", 33.0)):
        newest = version == VERSION
        for name, size_mb, behaviour, command, port in (
            ("web", 71.2, web, ["nginx", "-g", "daemon off;"], "80/tcp"),
            ("api", 243.9, api, ["uvicorn", "shop.api:app", "--host", "0.0.0.0"], "8000/tcp"),
            ("worker", 251.3, worker, ["python", "-m", "shop.worker"], ""),
        ):
            if not newest and name != "web" and version != "2.4.0":
                continue
            tags = [f"shop/{name}:{version}"]
            if newest:
                tags += [f"shop/{name}:latest", f"localhost:5000/shop/{name}:{version}"]
            builder.image(
                *tags,
                size_mb=size_mb - days / 10,
                days=days,
                cmd=command,
                steps=python if name != "web" else ["COPY dist /usr/share/nginx/html # buildkit"],
                behaviour=behaviour,
                shells=("bash", "sh") if name != "web" else ("ash", "sh"),
                flavour="debian" if name != "web" else "alpine",
                pulled=newest,
                config={
                    "ExposedPorts": {port: {}} if port else None,
                    "Labels": {"org.opencontainers.image.version": version},
                    "WorkingDir": "/app" if name != "web" else "",
                },
            )
    builder.image(
        "shop/backup:1.9",
        size_mb=96.4,
        days=80,
        cmd=["/usr/local/bin/backup", "--all"],
        pulled=False,
        behaviour=Behaviour(
            scripts.lines(
                "backup: dumping shop", "backup: 1.8 GB in 212 s", "backup: done, 14 kept"
            ),
            lives_s=20.0,
        ),
    )
    builder.image(
        "shop/ci:latest",
        size_mb=612.0,
        days=3,
        cmd=["watch-builds"],
        pulled=False,
        behaviour=Behaviour(scripts.builds(), load=Load(46.0, 390 * _MIB)),
    )


def _services(builder: Builder, story: Story) -> None:
    """Images of well-known services."""
    builder.image(
        "postgres:16",
        size_mb=432.1,
        days=48,
        entrypoint=["docker-entrypoint.sh"],
        cmd=["postgres"],
        steps=[
            "RUN apt-get install -y postgresql-16 # buildkit",
            "COPY entrypoint.sh / # buildkit",
        ],
        behaviour=Behaviour(
            scripts.database(story),
            processes=("postgres: checkpointer", "postgres: walwriter", "postgres: shop shop idle"),
            load=Load(6.5, 148 * _MIB, read_per_s=120_000, written_per_s=260_000),
        ),
        config={"ExposedPorts": {"5432/tcp": {}}, "Env": [PATH, "PG_MAJOR=16", "LANG=en_US.utf8"]},
    )
    builder.image(
        "redis:7-alpine",
        "redis:7.4-alpine",
        size_mb=41.4,
        days=61,
        entrypoint=["docker-entrypoint.sh"],
        cmd=["redis-server"],
        flavour="alpine",
        shells=("ash", "sh"),
        behaviour=Behaviour(scripts.cache(), load=Load(0.9, 11 * _MIB)),
        config={"ExposedPorts": {"6379/tcp": {}}},
    )
    builder.image(
        "rabbitmq:3.13-management",
        size_mb=251.0,
        days=70,
        entrypoint=["docker-entrypoint.sh"],
        cmd=["rabbitmq-server"],
        behaviour=Behaviour(scripts.queue(), stops_in_s=2.6, load=Load(3.2, 139 * _MIB)),
        config={"ExposedPorts": {"5672/tcp": {}, "15672/tcp": {}}},
    )
    builder.image(
        "nginx:1.27",
        "nginx:latest",
        size_mb=187.7,
        days=97,
        cmd=["nginx", "-g", "daemon off;"],
        behaviour=Behaviour(scripts.web(story), processes=("nginx: worker process",) * 8),
        config={"ExposedPorts": {"80/tcp": {}}, "StopSignal": "SIGQUIT"},
    )
    builder.image("haproxy:3.0", size_mb=103.0, days=110, cmd=["haproxy", "-f", "/etc/haproxy.cfg"])
    builder.image(
        "prom/prometheus:v2.54.1",
        size_mb=273.5,
        days=86,
        entrypoint=["/bin/prometheus"],
        flavour="busybox",
        shells=("sh",),
        behaviour=Behaviour(
            scripts.metrics(
                (
                    'component=tsdb msg="Head GC completed" duration={n}ms',
                    'component=tsdb msg="compact blocks" count=3 duration={n}ms',
                    'component=web msg="Completed loading of configuration file" total={n}ms',
                )
            ),
            load=Load(4.0, 310 * _MIB, written_per_s=44_000),
        ),
        config={"ExposedPorts": {"9090/tcp": {}}, "User": "nobody"},
    )
    builder.image(
        "grafana/grafana:11.2.0",
        size_mb=464.9,
        days=92,
        entrypoint=["/run.sh"],
        behaviour=Behaviour(
            scripts.metrics(('logger=context msg="Request Completed" status=200 duration={n}us',)),
            load=Load(1.1, 92 * _MIB),
        ),
        config={"ExposedPorts": {"3000/tcp": {}}, "User": "472"},
    )
    builder.image(
        "prom/alertmanager:v0.27.0",
        size_mb=70.4,
        days=270,
        entrypoint=["/bin/alertmanager"],
        flavour="busybox",
        shells=("sh",),
        config={"ExposedPorts": {"9093/tcp": {}}},
    )
    builder.image(
        "registry:2",
        size_mb=25.4,
        days=400,
        entrypoint=["/entrypoint.sh"],
        cmd=["/etc/docker/registry/config.yml"],
        flavour="alpine",
        shells=("ash", "sh"),
        behaviour=Behaviour(
            scripts.metrics(('msg="response completed" http.response.duration={n}us',), 60.0)
        ),
        config={"ExposedPorts": {"5000/tcp": {}}},
    )
    builder.image(
        "axllent/mailpit:v1.20",
        size_mb=29.9,
        days=88,
        entrypoint=["/mailpit"],
        flavour="scratch",
        shells=(),
        behaviour=Behaviour(scripts.lines("[smtpd] starting on [::]:1025 (no encryption)")),
        config={"ExposedPorts": {"1025/tcp": {}, "8025/tcp": {}}},
    )


def _tools(builder: Builder) -> None:
    """Images to build on and to play with."""
    builder.busybox()
    builder.image(
        "alpine:3.20",
        size_mb=7.8,
        days=120,
        cmd=["/bin/sh"],
        flavour="alpine",
        shells=("ash", "sh"),
    )
    builder.image("python:3.12-slim", size_mb=124.3, days=76, cmd=["python3"])
    builder.image("debian:12", "debian:bookworm", size_mb=116.5, days=76, cmd=["bash"])


def add_offers(builder: Builder, story: Story) -> None:
    """Let some more be pulled."""
    apt = ["RUN apt-get install -y packages # buildkit", "COPY entrypoint.sh / # buildkit"]
    web = Behaviour(scripts.web(story), processes=("nginx: worker process",) * 8)
    command = ["nginx", "-g", "daemon off;"]
    for tag in ("nginx:1.28", "nginx:mainline"):
        builder.offer(tag, size_mb=192.4, days=12, cmd=command, steps=apt, behaviour=web)
    builder.offer(
        "postgres:17",
        size_mb=438.8,
        days=20,
        cmd=["postgres"],
        steps=apt,
        behaviour=Behaviour(scripts.database(story)),
    )
    builder.offer("python:3.13-slim", size_mb=121.0, days=16, cmd=["python3"], steps=apt)
    builder.offer(
        "alpine:3.21", size_mb=7.8, days=30, cmd=["/bin/sh"], flavour="alpine", shells=("ash", "sh")
    )
    builder.offer(
        "hello-world:latest",
        size_mb=0.013,
        days=600,
        cmd=["/hello"],
        flavour="scratch",
        shells=(),
        behaviour=Behaviour(scripts.lines("", "Hello from Docker!", pause_s=0.0), lives_s=0.2),
    )
    builder.offer(
        "localhost:5000/shop/web:2.5.0",
        size_mb=72.0,
        days=0.1,
        cmd=command,
        steps=apt,
        behaviour=web,
    )


def _oddities(builder: Builder) -> None:
    """Images that are not as most are."""
    builder.image(size_mb=251.0, days=1.1, cmd=["python", "-m", "shop.worker"], pulled=False)
    builder.image(size_mb=198.6, days=9.2, cmd=["uvicorn", "shop.api:app"], pulled=False)
    builder.image(
        "legacy/queue:0.9",
        size_mb=311.0,
        days=3800,
        cmd=["/opt/queue/run"],
        pulled=False,
        behaviour=Behaviour(
            scripts.lines("queue: SIGTERM is not handled", "queue: 0 jobs"), stops_in_s=None
        ),
    )
    builder.image(
        "registry.example.com:5443/équipe/données:v1".replace("é", "e"),
        size_mb=88.1,
        days=14,
        cmd=["serve"],
        config={
            "Labels": {
                "org.opencontainers.image.title": "Données de l'équipe",
                "org.opencontainers.image.authors": "山田太郎, Ольга, محمد",
            }
        },
    )
    builder.image("gcr.io/distroless/static-debian12:nonroot", size_mb=2.1, days=19_000, shells=())
