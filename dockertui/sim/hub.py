"""What Docker Hub's web says of repositories; roughly as it does, and for ever the same."""

from __future__ import annotations

from typing import NamedTuple


class Described(NamedTuple):
    """What is said of a repository."""

    words: str
    """Its description."""
    stars: int
    """How many like it."""
    pulls: int
    """How often it was pulled."""


_M = 1_000_000

DESCRIBED = {
    "nginx": Described("Official build of Nginx.", 20_871, 12_400 * _M),
    "postgres": Described(
        "The PostgreSQL object-relational database system provides reliability and data integrity.",
        14_420,
        10_100 * _M,
    ),
    "redis": Described("Redis is the world's fastest data platform.", 13_352, 10_600 * _M),
    "python": Described(
        "Python is an interpreted, interactive, object-oriented, open-source programming language.",
        10_102,
        5_300 * _M,
    ),
    "alpine": Described(
        "A minimal Docker image based on Alpine Linux with a complete package index and only 5 MB "
        "in size!",
        11_340,
        11_900 * _M,
    ),
    "busybox": Described("Busybox base image.", 3_412, 9_500 * _M),
    "debian": Described(
        "Debian is a Linux distribution that's composed entirely of free software.", 5_188, 900 * _M
    ),
    "rabbitmq": Described("RabbitMQ is an open source multi-protocol broker.", 5_240, 3_500 * _M),
    "haproxy": Described("HAProxy: The Reliable, High Performance Proxy.", 1_951, 700 * _M),
    "registry": Described("Distribution implementation for storing images.", 4_161, 450 * _M),
    "hello-world": Described("Hello World! (an example of minimal Dockerization)", 2_402, 900 * _M),
    "prom/prometheus": Described("The Prometheus monitoring system.", 2_011, 1_500 * _M),
    "prom/alertmanager": Described("Prometheus Alertmanager.", 402, 500 * _M),
    "grafana/grafana": Described("The official Grafana docker container.", 3_305, 4_100 * _M),
    "axllent/mailpit": Described(
        "An email and SMTP testing tool with API for developers.", 121, 30 * _M
    ),
}
"""Repositories, the official ones first."""
