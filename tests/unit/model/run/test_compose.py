"""Specs as Compose services."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dockertui.model.run.compose import compose_lines
from dockertui.model.run.here import Here
from dockertui.model.run.line import read_line
from dockertui.model.run.spec import RunSpec
from dockertui.model.run.yaml import yaml_lines
from dockertui.text import clean
from tests.unit.model.run.specs import TEXTS, specs

NODES: st.SearchStrategy[Any] = st.recursive(
    TEXTS | st.booleans() | st.integers(-(10**9), 10**9) | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=12,
)

LINES = (
    "docker run -d --name web -p 8080:80 -p 127.0.0.1:53:53/udp -v data:/d:ro -v /x nginx:1.27",
    "docker run -it --rm -e A=1 -e 'B=$x: #' -e C -l a=b --entrypoint sh alpine -c 'echo $HOME'",
    "docker run --network back --network-alias db --ip 10.0.0.7 --network name=b,alias=q nginx",
    "docker run --network host --pid host --ipc host --uts host --userns host nginx",
    "docker run -m 512m --memory-swap 1g --cpus 1.5 -c 512 --cpuset-cpus 0-1 --pids-limit 9 nginx",
    "docker run --ulimit nofile=1:2 --ulimit core=-1 --oom-score-adj -5 --shm-size 64m nginx",
    "docker run --health-cmd 'curl x' --health-interval 1m30s --health-retries 3 nginx",
    "docker run --no-healthcheck --restart on-failure:3 --stop-timeout 5 --init --read-only nginx",
    "docker run --mount type=bind,source=/s,target=/t,readonly,bind-propagation=rslave nginx",
    "docker run --mount type=volume,source=v,target=/t --mount type=tmpfs,target=/u nginx",
    "docker run --tmpfs /run:size=64m --device /dev/fuse --cap-add NET_ADMIN --privileged nginx",
    "docker run --log-driver json-file --log-opt max-size=10m --sysctl net.core.somaxconn=9 nginx",
    "docker run --gpus all --add-host a:1.2.3.4 --dns 1.1.1.1 --group-add audio nginx",
    "docker run --gpus '\"device=0,1\",capabilities=utility' --annotation a=b nginx",
    "docker run --device-read-bps /dev/sda:1mb --blkio-weight 300 --isolation default n",
    "docker run -p published=8085,target=80,protocol=udp --volumes-from x:ro --link a:b nginx",
    "docker run --env-file ./.env --label-file ./l --pull always --platform linux/arm64 nginx",
    "docker run --entrypoint '' --security-opt no-new-privileges --cgroupns private nginx true",
)


def spec_of(line: str) -> RunSpec:
    return read_line(line, Here()).spec


def text_of(spec: RunSpec, **more: bool) -> str:
    return "\n".join(compose_lines(spec, **more)) + "\n"


def service_of(line: str) -> dict[str, Any]:
    document = yaml.safe_load(text_of(spec_of(line)))
    (service,) = document["services"].values()
    assert isinstance(service, dict)
    return service


@given(st.dictionaries(TEXTS, NODES, max_size=4))
@settings(max_examples=200)
def test_any_value_is_read_back_as_what_it_was(node: dict[str, Any]) -> None:
    assert yaml.safe_load("\n".join(yaml_lines(node)) or "{}") == node


@pytest.mark.parametrize(
    "text", ["yes", "No", "on", "y", "null", "~", "1", "1.5", "0x10", "1e3", "1:30", "2001-01-01",
             ".inf", "-", "- a", "a: b", "a #b", "#", "&a", "*a", "!x", "%", "@a", "", " a", "="]
)  # fmt: skip
def test_what_looks_like_something_else_stays_a_text(text: str) -> None:
    assert yaml.safe_load("\n".join(yaml_lines({text: text}))) == {text: text}


def test_a_service_says_what_the_line_does() -> None:
    service = service_of(LINES[0])
    assert service == {
        "image": "nginx:1.27",
        "container_name": "web",
        "ports": ["8080:80", "127.0.0.1:53:53/udp"],
        "volumes": ["data:/d:ro", "/x"],
    }
    document = yaml.safe_load(text_of(spec_of(LINES[0])))
    assert document["volumes"] == {"data": {"name": "data"}}


def test_a_dollar_is_no_variable_of_composes() -> None:
    service = service_of(LINES[1])
    assert service["environment"] == {"A": "1", "B": "$$x: #", "C": None}
    assert service["command"] == ["-c", "echo $$HOME"]


def test_what_compose_has_no_word_for_is_told() -> None:
    assert text_of(spec_of(LINES[1])).startswith("# Compose has no word for --rm.\n")


def test_networks_are_those_that_there_are() -> None:
    document = yaml.safe_load(text_of(spec_of(LINES[2])))
    assert document["networks"] == {"back": {"external": True}, "b": {"external": True}}
    (service,) = document["services"].values()
    assert service["networks"]["back"] == {"aliases": ["db"], "ipv4_address": "10.0.0.7"}
    assert service_of(LINES[3])["network_mode"] == "host"


def test_secrets_are_masked_when_asked() -> None:
    spec = RunSpec(image="nginx", env=("TOKEN=abc",), command=("redis://:pw@db",))
    assert "abc" in text_of(spec)
    masked = text_of(spec, masked=True)
    assert "abc" not in masked
    assert "pw@" not in masked


def test_a_hostile_name_is_no_yaml() -> None:
    text = text_of(RunSpec(image="x: y\n- z", name="a b:\n\x1b[2J"))
    assert text.replace("\n", "").isprintable()
    assert yaml.safe_load(text)["services"].keys() == {"a-b-2J"}


@given(specs())
@settings(max_examples=100)
def test_whatever_an_engine_holds_becomes_yaml(spec: RunSpec) -> None:
    lines = compose_lines(spec)
    assert all(clean(it) == it for it in lines)
    document = yaml.safe_load("\n".join(lines))
    assert next(iter(document["services"].values()))["image"] == spec.image


@pytest.mark.parametrize("line", LINES)
def test_compose_itself_takes_it(line: str, tmp_path: Path) -> None:
    places = (str(Path(sys.executable).parent), os.environ.get("PATH", ""))
    program = shutil.which("docker-compose", path=os.pathsep.join(places))
    if program is None:
        pytest.skip("docker-compose is not installed")
    for name in (".env", "l"):
        (tmp_path / name).write_text("A=1\n")
    path = tmp_path / "compose.yaml"
    path.write_text(text_of(spec_of(line)))
    done = subprocess.run(
        [program, "-f", str(path), "config", "--quiet"], capture_output=True, check=False
    )
    assert done.returncode == 0, f"{done.stderr.decode()}\n{path.read_text()}"
