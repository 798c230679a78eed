"""What the run form offers to complete."""

from __future__ import annotations

import pytest

from dockertui.actions.making.form import RunForm
from dockertui.model import Container, ContainerState, Port
from dockertui.model.run.fields import BY_NAME
from dockertui.model.run.spec import RunSpec
from dockertui.model.run.surroundings import Surroundings
from dockertui.screens.run_offers import Offers, free_port

WEB = Container(
    id="w", name="web", state=ContainerState.RUNNING, ports=(Port(80, "tcp", 8080, "0.0.0.0"),)
)
AROUND = Surroundings(
    containers=(WEB,), networks=frozenset(("backend", "b" * 64)), images=("nginx:1.27",)
)
DECLARED = RunSpec(
    expose=("80", "53/udp", "5432"),
    volumes=("/var/lib/data",),
    env=("MODE=fast", "TOKEN=abc"),
    command=("serve", "a b"),
    user="app",
)
NGINX = RunSpec(image="nginx:1.27")


def offers() -> Offers:
    return Offers(RunForm(title="", verb="", spec=NGINX, declared=DECLARED, around=lambda: AROUND))


def test_ports_that_the_image_listens_on_are_offered_one_by_one() -> None:
    field, spec = BY_NAME["ports"], NGINX
    offered = []
    while offer := offers().offer(field, spec):
        offered.append(offer)
        spec = field.write(spec, (*spec.ports, offer))
    assert offered == ["8081:80", "8053:53/udp", "5432:5432"]


def test_folders_that_the_image_wants_kept_are_offered_under_a_name() -> None:
    field = BY_NAME["volumes"]
    assert offers().offer(field, NGINX) == "nginx-data:/var/lib/data"
    assert offers().offer(field, RunSpec(name="db", image="x")) == "db-data:/var/lib/data"
    assert offers().offer(field, RunSpec(image="x", volumes=("vv:/var/lib/data",))) == ""


def test_a_free_port_is_one_that_nothing_has() -> None:
    assert free_port(80, NGINX, AROUND) == 8081
    assert free_port(80, RunSpec(ports=("8081:80",)), AROUND) == 8082
    assert free_port(3000, NGINX, AROUND) == 3000


@pytest.mark.parametrize(
    ("name", "text", "completed"),
    [
        ("image", "ngi", "nginx:1.27"),
        ("networks", "ba", "backend"),
        ("restart", "un", "unless-stopped"),
        ("env", "TO", "TOKEN="),
        ("env", "X", ""),
        ("ports", "9090", "9090:80"),
        ("ports", "9090:", ""),
        ("volumes", "data", "data:/var/lib/data"),
        ("name", "x", ""),
        ("restart", "", ""),
    ],
)
def test_what_is_typed_is_completed(name: str, text: str, completed: str) -> None:
    assert offers().complete(BY_NAME[name])(text) == completed


def test_what_holds_while_a_field_is_empty_is_said() -> None:
    assert offers().hint(BY_NAME["command"]) == "serve 'a b'"
    assert offers().hint(BY_NAME["user"]) == "app"
    assert offers().hint(BY_NAME["memory"]) == "512m"
    assert offers().hint(BY_NAME["env"]) == "NAME=value"
