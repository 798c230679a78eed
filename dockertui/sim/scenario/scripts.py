"""What the company's containers write: small talk, and each its part of the story."""

from __future__ import annotations

import heapq
import json
import time
from collections.abc import Callable, Iterator
from random import Random

from dockertui.sim.behaviour import Line, Script
from dockertui.sim.clock import SECOND, log_stamp
from dockertui.sim.frames import STDERR, STDOUT
from dockertui.sim.scenario.story import Story

_TOO_MUCH_MIB = 210
_NOT_MODIFIED = 304
_AGENTS = (
    "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605.1.15",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148",
)
_PATHS = (
    ("GET", "/", 5120, 6),
    ("GET", "/health", 2, 4),
    ("GET", "/product/{n}", 7800, 9),
    ("GET", "/static/app.4f1c.js", 84211, 3),
    ("GET", "/api/cart", 612, 5),
    ("POST", "/api/cart", 188, 3),
    ("POST", "/api/checkout", 96, 1),
    ("GET", "/search?q=teapot", 4410, 2),
)


PROMETHEUS = (
    'component=tsdb msg="Head GC completed" duration={n}ms',
    'component=tsdb msg="compact blocks" count=3 duration={n}ms',
    'component=web msg="Completed loading of configuration file" total={n}ms',
)
GRAFANA = ('logger=context msg="Request Completed" status=200 duration={n}us',)
REGISTRY = ('msg="response completed" http.response.duration={n}us',)
ALERTS = (
    'component=dispatcher msg="Notify attempt failed" attempts={n} '
    'err="dial tcp 10.0.0.25:587: i/o timeout"',
)


def web(story: Story) -> Script:
    """An access log in the combined format, and what goes wrong behind it."""

    def say(rng: Random, now_ns: int) -> Iterator[Line]:
        method, path, size, _ = rng.choices(_PATHS, [each[3] for each in _PATHS])[0]
        path = path.format(n=rng.randint(1, 240))
        client = f"10.0.{rng.randint(1, 4)}.{rng.randint(2, 250)}"
        request = f"{method} {path} HTTP/1.1"
        if story.is_broken(now_ns) and path.startswith(("/api", "/product")):
            answer = f"{rng.choice((502, 504))} 157"
            yield _access(rng, now_ns, client, request, answer, rng.uniform(3.0, 5.0))
            yield _upstream_error(rng, now_ns + 40_000, client, request)
            return
        status = 200 if method == "POST" else rng.choices((200, 304), (92, 8))[0]
        if path.startswith("/product") and not rng.randrange(30):
            status = 404
        answer = f"{status} {0 if status == _NOT_MODIFIED else size + rng.randint(0, 90)}"
        yield _access(rng, now_ns, client, request, answer, rng.expovariate(90) + 0.002)

    def script(rng: Random, start_ns: int) -> Iterator[Line]:
        yield start_ns, STDERR, "nginx: configuration file /etc/nginx/nginx.conf test is ok\n"
        yield start_ns + 2_000_000, STDERR, "start worker processes\n"
        yield from chatter(rng, start_ns, 0.8, say)

    return script


def _access(
    rng: Random, now_ns: int, client: str, request: str, answer: str, took_s: float
) -> Line:
    moment = time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(now_ns // SECOND))
    agent = "kube-probe/1.30" if "/health" in request else rng.choice(_AGENTS)
    text = f'{client} - - [{moment}] "{request}" {answer} "-" "{agent}" {took_s:.3f}\n'
    return now_ns, STDOUT, text


def _upstream_error(rng: Random, now_ns: int, client: str, request: str) -> Line:
    moment = time.strftime("%Y/%m/%d %H:%M:%S", time.gmtime(now_ns // SECOND))
    path = request.split()[1]
    text = (
        f"{moment} [error] 29#29: *{rng.randint(1000, 9999)} upstream timed out (110: Operation "
        f"timed out) while reading response header from upstream, client: {client}, "
        f'request: "{request}", upstream: "http://api:8000{path}"\n'
    )
    return now_ns, STDERR, text


def api(story: Story, version: str) -> Script:
    """A log in JSON, one object on each line."""

    def say(rng: Random, now_ns: int) -> Iterator[Line]:
        method, path, _, _ = rng.choices(_PATHS[4:7], (5, 3, 1))[0]
        body: dict[str, object] = {"method": method, "path": path}
        if not story.is_broken(now_ns):
            took_ms = round(rng.expovariate(1 / 14) + 3, 1)
            body |= {"status": 200, "ms": took_ms, "request": f"{rng.getrandbits(32):08x}"}
            yield now_ns, STDOUT, _entry(now_ns, "info", "request", **body)
        elif rng.getrandbits(1):
            yield now_ns, STDERR, _entry(now_ns, "error", "request failed", **body, status=503)
        else:
            waiting = rng.randint(9, 60)
            text = _entry(now_ns, "warn", "waiting for a connection", waiting=waiting)
            yield now_ns, STDERR, text

    def script(rng: Random, start_ns: int) -> Iterator[Line]:
        yield start_ns, STDOUT, _entry(start_ns, "info", f"shop-api {version} starting", pid=1)
        ready_ns = start_ns + SECOND
        yield ready_ns, STDOUT, _entry(ready_ns, "info", "listening on :8000", workers=4)
        yield from heapq.merge(chatter(rng, ready_ns, 1.1, say), _api_story(story, ready_ns))

    return script


def _entry(now_ns: int, level: str, message: str, **more: object) -> str:
    body = {"time": log_stamp(now_ns)[:23] + "Z", "level": level, "msg": message, **more}
    return json.dumps(body) + "\n"


def _api_story(story: Story, start_ns: int) -> Iterator[Line]:
    for at_ns, stream, beat in story.tell(start_ns, _API_BEATS):
        level, message, detail = beat.split("|")
        more = {"detail": detail} if detail else {}
        yield at_ns, stream, _entry(at_ns, level, message, **more)
        if level == "error":
            for number, text in enumerate(_TRACE, 1):
                yield at_ns + number * 30_000, STDERR, f"{text}\n"


_API_BEATS = (
    (2.4, STDERR, "warn|slow query: 4.8 s|SELECT ... FROM orders JOIN order_items"),
    (9.1, STDERR, "error|checkout failed: no connection within 5 s|"),
    (34.6, STDOUT, "info|connection pool is healthy again|"),
)
_TRACE = (
    "Traceback (most recent call last):",
    '  File "/app/shop/checkout.py", line 118, in place_order',
    "    async with database.transaction() as connection:",
    '  File "/app/shop/database.py", line 64, in transaction',
    "    connection = await self.pool.acquire(timeout=5.0)",
    '  File "/app/shop/pool.py", line 41, in acquire',
    '    raise PoolTimeout(f"no connection within {timeout:g} s")',
    "shop.pool.PoolTimeout: no connection within 5 s",
)


def database(story: Story) -> Script:
    """PostgreSQL: checkpoints, and the query that is too slow."""

    def say(rng: Random, now_ns: int) -> Iterator[Line]:
        written = rng.randint(40, 900)
        yield _postgres(now_ns, "62] LOG:  checkpoint starting: time")
        yield _postgres(
            now_ns + rng.randint(4, 30) * SECOND,
            f"62] LOG:  checkpoint complete: wrote {written} buffers ({written / 163.84:.1f}%); "
            f"0 WAL file(s) added, 0 removed, {rng.randint(0, 2)} recycled; sync files={written}",
        )

    def script(rng: Random, start_ns: int) -> Iterator[Line]:
        yield _postgres(start_ns, "1] LOG:  database system is ready to accept connections")
        told = (_postgres(at_ns, text) for at_ns, _, text in story.tell(start_ns, _SQL_BEATS))
        yield from heapq.merge(chatter(rng, start_ns, 95.0, say), told)

    return script


def _postgres(now_ns: int, text: str) -> Line:
    moment = log_stamp(now_ns)[:23].replace("T", " ")
    return now_ns, STDERR, f"{moment} UTC [{text}\n"


_SQL_BEATS = (
    (
        1.9,
        STDERR,
        "214] LOG:  duration: 4821.402 ms  statement: SELECT o.*, i.* FROM orders o JOIN "
        "order_items i ON i.order_id = o.id WHERE o.placed_at > now() - interval '90 days'",
    ),
    (12.3, STDERR, "219] ERROR:  canceling statement due to statement timeout"),
    (12.4, STDERR, "219] STATEMENT:  UPDATE stock SET reserved = reserved + 1 WHERE sku = $1"),
    (33.8, STDERR, '64] LOG:  automatic vacuum of table "shop.public.orders": index scans: 1'),
)


def worker(queue: str) -> Script:
    """Jobs, with a memory that grows until it is too much."""

    def script(rng: Random, start_ns: int) -> Iterator[Line]:
        now_ns, memory = start_ns, 61
        yield now_ns, STDOUT, f"[worker] connected to {queue}, concurrency 4\n"
        while True:
            now_ns += round(rng.uniform(0.7, 4.2) * SECOND)
            job = rng.choice(("resize-images", "send-receipt", "reindex-products", "export-csv"))
            number = rng.randint(48_000, 49_000)
            memory += rng.randint(1, 5)
            yield now_ns, STDOUT, f"[worker] {job} #{number} done in {rng.randint(80, 900)} ms\n"
            if memory > _TOO_MUCH_MIB:
                text = f"[worker] memory high: rss {memory} MiB of 256 MiB\n"
                yield now_ns + 900_000, STDERR, text

    return script


def cache() -> Script:
    """Redis, saving now and then."""

    def line(rng: Random, now_ns: int) -> Iterator[Line]:
        moment = time.strftime("%d %b %Y %H:%M:%S", time.gmtime(now_ns // SECOND))
        for after, text in (
            (0, f"{rng.randint(100, 900)} changes in 300 seconds. Saving..."),
            (1, "Background saving started by pid 31"),
            (60, "Background saving terminated with success"),
        ):
            stamp = f"{moment}.{(now_ns // 1_000_000 + after) % 1000:03d}"
            yield now_ns + after * 1_000_000, STDOUT, f"1:M {stamp} * {text}\n"

    return lambda rng, start_ns: chatter(rng, start_ns, 180.0, line)


def queue() -> Script:
    """RabbitMQ, with connections that come and go."""

    def line(rng: Random, now_ns: int) -> Iterator[Line]:
        moment = log_stamp(now_ns)[:23].replace("T", " ")
        peer = f"172.20.0.{rng.randint(2, 9)}:{rng.randint(32768, 60999)}"
        verb = rng.choice(("accepting AMQP connection", "closing AMQP connection"))
        text = f"{moment}000+00:00 [info] <0.{rng.randint(700, 9000)}.0> {verb} {peer}\n"
        yield now_ns, STDOUT, text

    return lambda rng, start_ns: chatter(rng, start_ns, 22.0, line)


def metrics(messages: tuple[str, ...], pause_s: float = 45.0) -> Script:
    """A service in Go, in the key=value style."""

    def line(rng: Random, now_ns: int) -> Iterator[Line]:
        text = rng.choice(messages).format(n=rng.randint(2, 900))
        yield now_ns, STDERR, f"ts={log_stamp(now_ns)[:23]}Z level=info {text}\n"

    return lambda rng, start_ns: chatter(rng, start_ns, pause_s, line)


def builds() -> Script:
    """A terminal with colours and a bar that fills."""

    def script(rng: Random, start_ns: int) -> Iterator[Line]:
        now_ns, number = start_ns, 408
        while True:
            number += 1
            yield (
                now_ns,
                STDOUT,
                f"\x1b[1m➜ build #{number}\x1b[0m  shop/web  \x1b[2mmain\x1b[0m\r\n",
            )
            for done in range(0, 25):
                now_ns += round(rng.uniform(0.15, 0.5) * SECOND)
                bar = f"\x1b[36m{'█' * done}\x1b[2m{'░' * (24 - done)}\x1b[0m"
                yield now_ns, STDOUT, f"\r  {bar} {done * 100 // 24:3d}%"
            took = f"{rng.uniform(4, 9):.1f} s"
            good = rng.randrange(7) > 0
            mark = "\x1b[32m✔ passed" if good else "\x1b[31m✘ failed"
            yield now_ns + 1_000_000, STDOUT, f"\r\n  {mark}\x1b[0m in {took}\r\n"
            now_ns += round(rng.uniform(6, 20) * SECOND)

    return script


def lines(*texts: str, stream: int = STDOUT, pause_s: float = 0.4) -> Script:
    """Say a few things and be silent."""

    def script(_rng: Random, start_ns: int) -> Iterator[Line]:
        for index, text in enumerate(texts):
            yield start_ns + round(index * pause_s * SECOND), stream, f"{text}\n"

    return script


def chatter(
    rng: Random, start_ns: int, pause_s: float, say: Callable[[Random, int], Iterator[Line]]
) -> Iterator[Line]:
    """Say something again and again, at irregular moments."""
    now_ns = start_ns
    while True:
        now_ns += round(rng.expovariate(1 / pause_s) * SECOND) + 1
        yield from say(rng, now_ns)
