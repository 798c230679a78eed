"""Without TLS, and without a certificate that is right, nobody is spoken to unasked."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dockertui.engine.errors import RegistryUnreachable, Unreachable
from dockertui.engine.registry.calls import Call
from dockertui.engine.registry.registries import Registries
from dockertui.engine.registry.transport import Request, Transport
from dockertui.model.reference import Reference
from dockertui.model.registry import Trust
from tests.support.http_server import LocalServer, serving
from tests.support.real_registry import make_certificates, openssl
from tests.support.scripted_registry import ScriptedRegistry
from tests.unit.engine.registry.conftest import Asker


@pytest.fixture
def registry() -> ScriptedRegistry:
    """An open registry with an image."""
    made = ScriptedRegistry()
    made.add_image("app:1")
    return made


@pytest.fixture
def server(registry: ScriptedRegistry) -> Iterator[LocalServer]:
    """Where it is."""
    with serving(registry.answer) as made:
        yield made


@pytest.fixture
def app(server: LocalServer) -> Reference:
    """The image there."""
    return Reference(server.host, "app", "1")


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets every name that ends in `.example` be this machine, though it does not look like it."""
    real: Callable[..., Any] = socket.getaddrinfo

    def found(name: str, *rest: Any, **named: Any) -> Any:
        return real("127.0.0.1" if name.endswith(".example") else name, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", found)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an authority and a certificate of it for the loopback."""
    folder = tmp_path_factory.mktemp("certificates")
    make_certificates(folder)
    return folder


def trusted(folder: Path, host: str, certificates: Path) -> None:
    """Put the authority where the engine looks for it."""
    place = folder / "certs.d" / host
    place.mkdir(parents=True)
    (place / "ca.crt").write_bytes((certificates / "ca.crt").read_bytes())


@pytest.mark.usefixtures("names")
async def test_plain_http_is_for_this_machine_alone(
    ours: Registries, server: LocalServer, app: Reference
) -> None:
    remote = f"registry.example:{server.host.partition(':')[2]}"
    with pytest.raises(RegistryUnreachable) as told:
        await ours.greet(remote)
    assert told.value.kind is Unreachable.PLAIN
    assert str(told.value).startswith(f"{remote} speaks plain http: passwords and images would")
    assert "insecure-registries" in told.value.advice[1]
    assert not server.asked
    ours.allow(remote)
    assert await ours.greet(remote) == f"http://{remote}"
    assert (await ours.tags(Reference(remote, "app"))).names == ("1",)


async def test_a_certificate_that_nobody_vouches_for_is_told(
    ours: Registries, registry: ScriptedRegistry, certificates: Path, tmp_path: Path
) -> None:
    with serving(registry.answer, certificates=certificates) as server:
        with pytest.raises(RegistryUnreachable) as told:
            await ours.greet(server.host)
        assert told.value.kind is Unreachable.CERTIFICATE
        assert str(told.value) == (
            f"The certificate of {server.host} is not trusted: it is from an authority that nobody "
            "here knows."
        )
        assert told.value.advice[1] == f"/etc/docker/certs.d/{server.host}/ca.crt"
        assert not server.asked
        ours.allow(server.host)
        assert await ours.greet(server.host) == server.url


async def test_an_authority_in_the_engines_folder_is_believed(
    asker: Asker, registry: ScriptedRegistry, certificates: Path, tmp_path: Path
) -> None:
    with serving(registry.answer, certificates=certificates) as server:
        trusted(tmp_path, server.host, certificates)
        ours = asker()
        assert await ours.greet(server.host) == server.url
        assert (await ours.image(Reference(server.host, "app", "1"))).config.platform.os == "linux"


@pytest.mark.usefixtures("names")
async def test_a_certificate_for_another_host_is_told(
    asker: Asker, registry: ScriptedRegistry, certificates: Path, tmp_path: Path
) -> None:
    with serving(registry.answer, certificates=certificates) as server:
        host = f"registry.example:{server.host.partition(':')[2]}"
        trusted(tmp_path, host, certificates)
        with pytest.raises(RegistryUnreachable, match="not trusted: it is for another host"):
            await asker().greet(host)


async def test_a_certificate_that_signed_itself_is_told(
    ours: Registries, registry: ScriptedRegistry, tmp_path: Path
) -> None:
    sign_itself(tmp_path)
    with (
        serving(registry.answer, certificates=tmp_path) as server,
        pytest.raises(RegistryUnreachable, match="not trusted: it is self-signed"),
    ):
        await ours.greet(server.host)


def sign_itself(folder: Path) -> None:
    """Make a certificate that no authority vouches for."""
    asked = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=127.0.0.1"
    openssl(folder, *asked.split(), "-keyout", "server.key", "-out", "server.crt")


async def test_a_certificate_of_our_own_is_shown_to_who_wants_one(
    asker: Asker, registry: ScriptedRegistry, certificates: Path, tmp_path: Path
) -> None:
    with serving(registry.answer, certificates=certificates, wants_certificates=True) as server:
        trusted(tmp_path, server.host, certificates)
        with pytest.raises(RegistryUnreachable) as told:
            await asker().greet(server.host)
        assert told.value.kind in {Unreachable.TLS, Unreachable.ENDED}
        place = tmp_path / "certs.d" / server.host
        for ours, made in (("client.cert", "server.crt"), ("client.key", "server.key")):
            (place / ours).write_bytes((certificates / made).read_bytes())
        assert await asker().greet(server.host) == server.url


@pytest.mark.parametrize("name", ["ca.crt", "client.cert"])
async def test_a_certificate_that_cannot_be_used_is_told(
    ours: Registries, server: LocalServer, tmp_path: Path, name: str
) -> None:
    place = tmp_path / "certs.d" / server.host
    place.mkdir(parents=True)
    (place / name).write_text("rubbish")
    with pytest.raises(RegistryUnreachable) as told:
        await ours.greet(server.host)
    assert f"{place / name} cannot be used" in str(told.value)


def test_a_proxy_is_gone_through(registry: ScriptedRegistry) -> None:
    with serving(registry.answer) as proxy:
        environ = {"http_proxy": proxy.url.replace("//", "//user:word@")}
        # Nobody listens there, so what answers can only be the proxy.
        trust = Trust(frozenset({"registry.example:1"}))
        ours = Transport((), trust, environ)
        request = Request("GET", "http://registry.example:1/v2/", {}, 1000)
        assert ours.send(Call(), request).status == 200
        ours.close()
    (asked,) = proxy.asked
    assert asked.target == "http://registry.example:1/v2/"
    assert asked.headers["Proxy-Authorization"].startswith("Basic ")
