"""The images on the company's machine, ordinary and odd, and those that it can pull."""

from __future__ import annotations

from dockertui.sim.answers import JSON
from dockertui.sim.behaviour import Behaviour, Load, Script
from dockertui.sim.frames import STDERR
from dockertui.sim.scenario import filesystems, scripts
from dockertui.sim.scenario.builder import BUSYBOX, PATH
from dockertui.sim.scenario.drafts import Act, CacheDraft, ImageDraft
from dockertui.sim.scenario.story import Story

VERSION = "2.4.1"
_MIB = 1 << 20
_ALL_S = 1e9
_NGINX = ("nginx", "-g", "daemon off;")
_UVICORN = ("uvicorn", "shop.api:app", "--host", "0.0.0.0")
_PYTHON = (
    "RUN pip install -r requirements.txt # buildkit",
    filesystems.APP,
    f"{filesystems.TIDY} # buildkit",
)
_SITE = (
    "RUN apk add --no-cache nginx # buildkit",
    "COPY dist /usr/share/nginx/html # buildkit",
)
_APT = ("RUN apt-get install -y packages # buildkit", "COPY entrypoint.sh / # buildkit")
_ASH = ("ash", "sh")
_MOUNT = "exec.cachemount"


def _web(story: Story) -> Behaviour:
    return Behaviour(
        scripts.web(story),
        processes=("nginx: worker process",) * 4,
        load=Load(2.1, 18 * _MIB, received_per_s=21_000, sent_per_s=184_000),
    )


def _api(story: Story) -> Behaviour:
    return Behaviour(
        scripts.api(story, VERSION),
        processes=("uvicorn: worker",) * 4,
        load=Load(11.0, 214 * _MIB, received_per_s=48_000, sent_per_s=61_000),
        changes=(("/app", 0), ("/app/__pycache__", 1), ("/tmp/uvicorn.sock", 1)),
    )


def _worker(_story: Story) -> Behaviour:
    return Behaviour(
        scripts.worker("amqp://queue:5672"),
        lives_s=240.0,
        exit_code=137,
        dies_of_memory=True,
        load=Load(34.0, 250 * _MIB, leaks=True, read_per_s=90_000),
    )


def _mailer(_story: Story) -> Behaviour:
    lines = (
        "mailer: 214 letters are waiting",
        "mailer: connecting to smtp.example.com:587",
        "mailer: fatal: certificate has expired (depth 0: CN=smtp.example.com)",
    )
    return Behaviour(scripts.lines(*lines, stream=STDERR), lives_s=1.5, exit_code=78)


def _database(story: Story) -> Behaviour:
    return Behaviour(
        scripts.database(story),
        processes=("postgres: checkpointer", "postgres: walwriter", "postgres: shop shop idle"),
        load=Load(6.5, 148 * _MIB, read_per_s=120_000, written_per_s=260_000),
    )


def _writing(
    script: Script,
    cpu_percent: float,
    mib: int,
    *,
    lives_s: float | None = None,
    stops_in_s: float = 0.15,
    history_s: float = 1500.0,
) -> Act:
    """Write a script, and be of some weight."""
    load = Load(cpu_percent, mib * _MIB)
    return lambda _story: Behaviour(script, history_s, lives_s, stops_in_s=stops_in_s, load=load)


def _ports(*ports: int, **more: object) -> JSON:
    return {"ExposedPorts": {f"{port}/tcp": {} for port in ports}, **more}


_KINDS: dict[str, tuple[float, Act, tuple[str, ...], JSON]] = {
    "web": (71.2, _web, _NGINX, _ports(80)),
    "api": (243.9, _api, _UVICORN, _ports(8000, WorkingDir="/app")),
    "worker": (251.3, _worker, ("python", "-m", "shop.worker"), {"WorkingDir": "/app"}),
}


def _built(name: str, version: str, days: float) -> ImageDraft:
    """One of the company's own."""
    size_mb, act, command, config = _KINDS[name]
    is_newest, is_web = version == VERSION, name == "web"
    more = (f"shop/{name}:latest", f"localhost:5000/shop/{name}:{version}") if is_newest else ()
    return ImageDraft(
        (f"shop/{name}:{version}", *more),
        size_mb - days / 10,
        days,
        command,
        steps=_SITE if is_web else _PYTHON,
        on="alpine:3.20" if is_web else "python:3.12-slim",
        act=act,
        shells=_ASH if is_web else ("bash", "sh"),
        flavour="alpine" if is_web else "debian",
        is_pulled=is_newest,
        config={**config, "Labels": {"org.opencontainers.image.version": version}},
    )


def _redis(version: str, size_mb: float, days: float) -> ImageDraft:
    return ImageDraft(
        ("redis:7-alpine", "redis:7.4-alpine"),
        size_mb,
        days,
        ("redis-server",),
        ("docker-entrypoint.sh",),
        act=_writing(scripts.cache(), 0.9, 11),
        shells=_ASH,
        flavour="alpine",
        config=_ports(6379, Env=[PATH, f"REDIS_VERSION={version}"]),
    )


_BUILT = (
    *(_built(name, VERSION, 0.9) for name in ("web", "api", "worker")),
    *(_built(name, "2.4.0", 9.0) for name in ("web", "api", "worker")),
    _built("web", "2.3.7", 33.0),
    ImageDraft(
        ("shop/backup:1.9",),
        96.4,
        80,
        ("/usr/local/bin/backup", "--all"),
        act=_writing(
            scripts.lines("backup: dumping shop", "backup: 1.8 GB in 212 s", "backup: 14 are kept"),
            60.0,
            40,
            lives_s=20.0,
        ),
        is_pulled=False,
    ),
    ImageDraft(("shop/mailer:0.4",), 58.3, 2.2, ("mailer",), act=_mailer, is_pulled=False),
    ImageDraft(
        ("shop/ci:latest",),
        612.0,
        3,
        ("watch-builds",),
        act=_writing(scripts.builds(), 46.0, 390),
        is_pulled=False,
    ),
)

_SERVICES = (
    ImageDraft(
        ("postgres:16",),
        432.1,
        48,
        ("postgres",),
        ("docker-entrypoint.sh",),
        _APT,
        _database,
        on="debian:12-slim",
        config=_ports(5432, Env=[PATH, "PG_MAJOR=16", "LANG=en_US.utf8"]),
    ),
    _redis("7.4.0", 41.4, 61),
    ImageDraft(
        ("rabbitmq:3.13-management",),
        251.0,
        70,
        ("rabbitmq-server",),
        ("docker-entrypoint.sh",),
        act=_writing(scripts.queue(), 3.2, 139, stops_in_s=2.6),
        config=_ports(5672, 15672),
    ),
    ImageDraft(
        ("nginx:1.27", "nginx:latest"),
        187.7,
        97,
        _NGINX,
        steps=_APT,
        on="debian:12-slim",
        act=_web,
        config=_ports(80, StopSignal="SIGQUIT"),
    ),
    ImageDraft(("haproxy:3.0",), 103.0, 110, ("haproxy", "-f", "/etc/haproxy.cfg")),
    ImageDraft(
        ("prom/prometheus:v2.54.1",),
        273.5,
        86,
        entrypoint=("/bin/prometheus",),
        act=_writing(scripts.metrics(scripts.PROMETHEUS), 4.0, 310),
        shells=("sh",),
        flavour="busybox",
        config=_ports(9090, User="nobody"),
    ),
    ImageDraft(
        ("grafana/grafana:11.2.0",),
        464.9,
        92,
        entrypoint=("/run.sh",),
        act=_writing(scripts.metrics(scripts.GRAFANA), 1.1, 92),
        config=_ports(3000, User="472"),
    ),
    ImageDraft(
        ("prom/alertmanager:v0.27.0",),
        70.4,
        270,
        entrypoint=("/bin/alertmanager",),
        shells=("sh",),
        flavour="busybox",
        config=_ports(9093),
    ),
    ImageDraft(
        ("registry:2",),
        25.4,
        400,
        ("/etc/docker/registry/config.yml",),
        ("/entrypoint.sh",),
        act=_writing(scripts.metrics(scripts.REGISTRY, 60.0), 0.2, 19),
        shells=_ASH,
        flavour="alpine",
        config=_ports(5000),
    ),
    ImageDraft(
        ("axllent/mailpit:v1.20",),
        29.9,
        88,
        entrypoint=("/mailpit",),
        act=_writing(
            scripts.lines("[smtpd] starting on [::]:1025 (no encryption)"),
            0.1,
            22,
            history_s=_ALL_S,
        ),
        shells=(),
        flavour="scratch",
        config=_ports(1025, 8025),
    ),
)

_TOOLS = (
    BUSYBOX,
    ImageDraft(("alpine:3.20",), 7.8, 120, ("/bin/sh",), shells=_ASH, flavour="alpine"),
    ImageDraft(("debian:12-slim",), 74.8, 76, ("bash",)),
    ImageDraft(
        ("python:3.12-slim",),
        124.3,
        76,
        ("python3",),
        steps=("RUN apt-get update && apt-get install -y ca-certificates python3 # buildkit",),
        on="debian:12-slim",
    ),
    ImageDraft(("debian:12", "debian:bookworm"), 116.5, 76, ("bash",)),
)

_ODDITIES = (
    ImageDraft((), 251.2, 1.1, ("python", "-m", "shop.worker"), is_pulled=False),
    ImageDraft((), 198.6, 9.2, ("uvicorn", "shop.api:app"), is_pulled=False),
    ImageDraft(
        ("legacy/queue:0.9",),
        311.0,
        3800,
        ("/opt/queue/run",),
        act=lambda _story: Behaviour(
            scripts.lines("queue: SIGTERM is not handled", "queue: 0 jobs"),
            _ALL_S,
            stops_in_s=None,
        ),
        is_pulled=False,
    ),
    ImageDraft(
        ("registry.example.com:5443/equipe/donnees:v1",),
        88.1,
        14,
        ("serve",),
        config={
            "Labels": {
                "org.opencontainers.image.title": "Données de l'équipe",
                "org.opencontainers.image.authors": "山田太郎, Ольга, محمد",
            }
        },
    ),
    ImageDraft(("gcr.io/distroless/static-debian12:nonroot",), 2.1, 19_000, shells=()),
)

IMAGES = (*_TOOLS, *_BUILT, *_SERVICES, *_ODDITIES)
"""What is there."""

CACHE = (
    CacheDraft("mount / from exec /bin/sh -c pip install -r requirements.txt", 168.0, 0.9, 7),
    CacheDraft("[api 2/5] RUN pip install -r requirements.txt", 96.4, 0.9, 3, is_shared=True),
    CacheDraft("[worker 2/5] RUN pip install -r requirements.txt", 103.1, 9.0, 2),
    CacheDraft("cached mount /home/node/.npm from exec /bin/sh -c npm ci", 421.7, 2.4, 19, _MOUNT),
    CacheDraft("[web build 4/6] RUN npm run build", 88.2, 0.9, 1),
    CacheDraft("[web build 4/6] RUN npm run build (2.3.7)", 87.9, 33.0, 1),
    CacheDraft("local source for context", 14.3, 0.9, 31, "source.local"),
    CacheDraft("local source for dockerfile", 0.004, 0.9, 31, "source.local"),
)
"""What builds left."""

OFFERS = (
    # Whoever looks for newer images finds that this one is newer than the one that runs.
    _redis("7.4.1", 41.9, 6),
    ImageDraft(("nginx:1.28",), 192.4, 12, _NGINX, steps=_APT, act=_web, config=_ports(80)),
    ImageDraft(("nginx:mainline",), 193.0, 5, _NGINX, steps=_APT, act=_web, config=_ports(80)),
    ImageDraft(("postgres:17",), 438.8, 20, ("postgres",), steps=_APT, act=_database),
    ImageDraft(("python:3.13-slim",), 121.0, 16, ("python3",), steps=_APT),
    ImageDraft(("alpine:3.21",), 7.8, 30, ("/bin/sh",), shells=_ASH, flavour="alpine"),
    ImageDraft(("localhost:5000/shop/web:2.5.0",), 72.0, 0.1, _NGINX, steps=_APT, act=_web),
    ImageDraft(
        ("hello-world:latest",),
        0.013,
        600,
        ("/hello",),
        act=_writing(scripts.lines("", "Hello from Docker!", pause_s=0.0), 0.0, 1, lives_s=0.2),
        shells=(),
        flavour="scratch",
    ),
)
"""What can be pulled besides."""
