"""Registries with images in them, pushed by a real engine, and a person who asks them."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dockertui.engine.address import resolve
from dockertui.engine.docker_engine import DockerEngine
from dockertui.engine.registry.registries import Registries
from tests.support.real_engine import RealEngine
from tests.support.real_registry import RealRegistry, why_no_registry

APP = "team/app"
DOCKERFILE = b"""
FROM busybox:1
ENV GREETING="hello world" EMPTY=
LABEL org.opencontainers.image.version=1.2.3
EXPOSE 80 443/udp
VOLUME /data
WORKDIR /srv
USER 1000
STOPSIGNAL SIGINT
ENTRYPOINT ["sh", "-c"]
CMD ["echo $GREETING"]
"""

Made = Callable[..., Registries]


@pytest.fixture(scope="module")
def built(real_engine: RealEngine) -> Iterator[str]:
    """The name of an image in the engine that says much of itself; gone with all its tags after."""
    api = real_engine.client.api
    before = {it["Id"] for it in api.images()}
    for line in api.build(fileobj=io.BytesIO(DOCKERFILE), tag="app:built", decode=True, rm=True):
        assert "error" not in line, line
    yield "app:built"
    for each in api.images():
        if each["Id"] not in before:
            api.remove_image(each["Id"], force=True)


@pytest.fixture(scope="module")
def open_registry(real_engine: RealEngine, built: str) -> Iterator[RealRegistry]:
    """A registry that asks nobody who they are, with a few images."""
    yield from started(real_engine, built)


@pytest.fixture(scope="module")
def locked_registry(real_engine: RealEngine, built: str) -> Iterator[RealRegistry]:
    """A registry that wants a password."""
    yield from started(real_engine, built, locked=True)


@pytest.fixture(scope="module")
def tls_registry(real_engine: RealEngine, built: str) -> Iterator[RealRegistry]:
    """A registry that wants a password and speaks TLS, with an authority that nobody knows."""
    yield from started(real_engine, built, locked=True, tls=True, deletion=False)


def started(engine: RealEngine, built: str, **options: bool) -> Iterator[RealRegistry]:
    """Start a registry and fill it."""
    if lack := why_no_registry():
        pytest.skip(lack)
    with RealRegistry(engine=engine, **options) as registry:
        registry.push(f"{APP}:1.2", built)
        registry.push(f"{APP}:1.10", built)
        registry.push(f"{APP}:latest")
        yield registry


class Person:
    """Somebody with a configuration of their own, and nobody's helper."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.config = home / "config.json"
        (home / "bin").mkdir()
        self.environ = {
            "HOME": str(home),
            "PATH": str(home / "bin"),
            "DOCKER_CONFIG": str(home),
            "XDG_CONFIG_HOME": str(home / "xdg"),
        }

    def has(self, *programs: str) -> None:
        """Let programs of the system be found."""
        for name in programs:
            found = shutil.which(name)
            assert found is not None, name
            link = self.home / "bin" / name
            link.unlink(missing_ok=True)
            link.symlink_to(found)

    def has_all(self) -> None:
        """Let every program of the system be found."""
        self.environ["PATH"] = os.environ["PATH"]


@pytest.fixture
def person(tmp_path: Path) -> Person:
    """Somebody."""
    return Person(tmp_path)


@pytest.fixture
async def made(person: Person, real_engine: RealEngine) -> AsyncIterator[Made]:
    """Makes what asks registries for the person; its engine is the real one."""
    engine = DockerEngine(resolve(real_engine.base_url, {}, Path("/nowhere")))
    all_: list[Registries] = []

    def make(**options: Any) -> Registries:
        all_.append(Registries(person.environ, person.home, engine=engine, **options))
        return all_[-1]

    yield make
    for each in all_:
        await each.close()
    await engine.close()


@pytest.fixture
async def ours(made: Made) -> Registries:
    """What asks registries."""
    return made()
