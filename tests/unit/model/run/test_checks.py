"""What is said while one types, of what is around."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dockertui.model import Container, ContainerState, Port
from dockertui.model.run.fields import BY_NAME, EVERY_FIELD, problems, updatable
from dockertui.model.run.here import Here
from dockertui.model.run.mistakes import BadValue, Finding
from dockertui.model.run.resolved import resolved, with_paths
from dockertui.model.run.spec import RunSpec
from dockertui.model.run.surroundings import Surroundings
from dockertui.model.run.updates import cannot_lift, changes, effects

WEB = Container(
    id="w" * 64,
    name="web",
    state=ContainerState.RUNNING,
    ports=(Port(80, "tcp", 8080, "0.0.0.0"),),
)
NGINX = RunSpec(image="nginx")


def around(tmp_path: Path | None = None, **more: object) -> Surroundings:
    here = Here(folder=str(tmp_path or "/"), home=str(tmp_path or "/"), environ={"SET": "yes"})
    return replace(
        Surroundings(
            containers=(WEB,),
            networks=frozenset(("bridge", "backend", "f" * 64)),
            images=("nginx:latest",),
            is_local=True,
            here=here,
        ),
        **more,  # type: ignore[arg-type]
    )


def found(spec: RunSpec, surroundings: Surroundings | None = None) -> dict[str, Finding]:
    return {field.name: it for field, it in problems(spec, surroundings or around())}


def sentence(field: str, around_: Surroundings | None = None, /, **said: object) -> str:
    findings = found(replace(NGINX, **said), around_)  # type: ignore[arg-type]
    return findings[field].sentence if field in findings else ""


def test_nothing_is_wrong_with_a_plain_spec() -> None:
    assert found(NGINX) == {}


def test_an_image_has_to_be_named() -> None:
    assert found(RunSpec())["image"].blocks


def test_a_name_in_use_is_told_with_who_has_it() -> None:
    assert sentence("name", name="web") == "Another container is called web; it is running."
    assert sentence("name", name="a b")
    assert sentence("name", name="web-2") == ""
    assert sentence("name", around(spared=WEB.id), name="web") == ""


def test_a_port_that_is_taken_is_told_with_by_whom() -> None:
    assert sentence("ports", ports=("8080:80",)) == "Port 8080 of the host is taken by web."
    assert sentence("ports", ports=("127.0.0.1:8080:80",))
    assert sentence("ports", ports=("8081:80", "8080:80/udp", "80")) == ""
    assert sentence("ports", around(spared=WEB.id), ports=("8080:80",)) == ""


def test_a_port_that_is_published_twice_is_told() -> None:
    assert "same port" in sentence("ports", ports=("9:80", "9:81"))
    assert "same port" in sentence("ports", ports=("9:80", "9:80"))
    assert sentence("ports", ports=("9:80", "10:80")) == ""


def test_a_folder_that_is_missing_is_told_where_the_engine_is_here(tmp_path: Path) -> None:
    spec = replace(NGINX, volumes=("./data:/data",))
    finding = found(spec, around(tmp_path))["volumes"]
    assert "There is no" in finding.sentence
    assert not finding.blocks
    assert found(spec, around(tmp_path, is_local=False)) == {}
    (tmp_path / "data").mkdir()
    assert found(spec, around(tmp_path)) == {}


def test_a_mount_whose_folder_is_missing_would_fail(tmp_path: Path) -> None:
    spec = replace(NGINX, mounts=("type=bind,source=./no,target=/x",))
    assert found(spec, around(tmp_path))["mounts"].blocks


def test_a_file_of_variables_has_to_be_there(tmp_path: Path) -> None:
    spec = replace(NGINX, env_files=(".env",))
    assert "There is no" in found(spec, around(tmp_path))["env_files"].sentence
    assert "is a folder" in sentence("env_files", around(tmp_path), env_files=(".",))
    (tmp_path / ".env").write_text("A=1")
    assert found(spec, around(tmp_path)) == {}


def test_a_network_has_to_be_there() -> None:
    words = sentence("networks", networks=("nope",))
    assert words == "There is no network called nope; there is backend, bridge."
    for name in ("backend", "none", "host", "container:web", "name=backend,alias=x"):
        assert sentence("networks", networks=(name,)) == ""
    assert sentence("networks", around(networks=None), networks=("nope",)) == ""


def test_addresses_and_aliases_want_a_network_of_their_own() -> None:
    assert sentence("ip", ip="10.0.0.7")
    assert sentence("network_aliases", network_aliases=("x",), networks=("bridge",))
    assert sentence("ip", ip="10.0.0.7", networks=("backend",)) == ""


def test_a_policy_does_not_go_with_rm() -> None:
    assert "--rm" in sentence("restart", restart="always", auto_remove=True)
    assert sentence("restart", restart="no", auto_remove=True) == ""


def test_an_image_that_is_not_here_is_pulled_first() -> None:
    assert found(replace(NGINX, image="redis"))["image"] == Finding(
        "It is not here yet, and will be pulled first.", blocks=False
    )
    assert found(replace(NGINX, image="Redis"))["image"].blocks
    assert found(replace(NGINX, image="sha256:" + "0" * 64)) == {}


def test_a_variable_without_a_value_is_told_and_so_are_dots_in_place_of_a_secret() -> None:
    assert not found(replace(NGINX, env=("UNSET",)))["env"].blocks
    assert sentence("env", env=("SET",)) == ""
    assert found(replace(NGINX, env=("TOKEN=••••••••",)))["env"].blocks


def test_every_field_has_words_of_its_own() -> None:
    labels = [(it.group, it.label) for it in EVERY_FIELD]
    assert len(labels) == len(set(labels))
    for field in EVERY_FIELD:
        assert field.help.endswith("."), field.name
        assert len(field.label) <= 16
        assert field.label[0].isupper() or field.label.startswith("--")
    assert len({it.flag for it in EVERY_FIELD if it.flag}) == len(EVERY_FIELD) - 2
    shorts = [it.short for it in EVERY_FIELD if it.short]
    assert len(shorts) == len(set(shorts))


def test_an_example_is_a_value() -> None:
    plain = {"name": "made up", "hostname": "its ID", "pid": "its own", "uts": "its own"}
    spec = replace(NGINX, networks=("backend",), memory="1g", health_cmd="x")
    for field in EVERY_FIELD:
        words = (" to ", "made up", "its ", "image's")
        if not field.hint or field.name in plain or any(it in field.hint for it in words):
            continue
        finding = field.check(field.hint, spec, around(containers=()))
        missing = finding is not None and "There is no" in finding.sentence
        assert finding is None or missing or not finding.blocks, field.name


def test_what_the_cli_would_read_is_read(tmp_path: Path) -> None:
    here = Here(folder=str(tmp_path), home="/home/ann", environ={"SET": "yes"})
    (tmp_path / "e").write_bytes("\ufeff# no\n\n  A=1\nSET\nUNSET\r\nB= x \r\n".encode())
    (tmp_path / "l").write_text("a=b\nc\n")
    (tmp_path / "s.json").write_text('{ "x": 1 }')
    spec = RunSpec(
        image="nginx",
        env_files=("e",),
        env=("SET", "UNSET", "C=3"),
        label_files=("l",),
        labels=("z=1",),
        security_opts=("seccomp=s.json", "no-new-privileges"),
        volumes=("./d:/d:ro", "~/d:/e", "data:/f", "/g"),
        mounts=("type=bind,source=.,target=/h",),
    )
    done = resolved(spec, here)
    assert done.env == ("A=1", "SET=yes", "B= x ", "SET=yes", "UNSET", "C=3")
    assert done.labels == ("a=b", "c", "z=1")
    assert done.security_opts == ('seccomp={"x":1}', "no-new-privileges")
    assert done.volumes == (f"{tmp_path}/d:/d:ro", "/home/ann/d:/e", "data:/f", "/g")
    assert done.mounts == (f"type=bind,source={tmp_path},target=/h",)
    assert with_paths(done, here) == done == resolved(done, here)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"A B=1\n", "Line 1 of .* is no NAME=value"),
        (b"=1\n", "no NAME=value"),
        (b"\xff\xfe", "no text in UTF-8"),
        (b"A" * (1 << 20) + b"=1\n", "larger than 1 MiB"),
        (None, "cannot be read: no such file"),
    ],
)
def test_a_file_that_says_nothing_is_refused(
    tmp_path: Path, content: bytes | None, words: str
) -> None:
    if content is not None:
        (tmp_path / "e").write_bytes(content)
    with pytest.raises(BadValue, match=words):
        resolved(replace(NGINX, env_files=("e",)), Here(folder=str(tmp_path)))


def test_limits_are_changed_and_lifted_where_that_can_be() -> None:
    before = RunSpec(memory="64m", cpus="1", restart="always", pids_limit="10")
    wish = changes(before, replace(before, memory="128m", restart="", pids_limit=""))
    assert wish == RunSpec(memory="128m", memory_swap="256m", restart="no", pids_limit="-1")
    assert changes(before, before) == RunSpec()
    assert changes(before, replace(before, memory_swap="-1")) == RunSpec(memory_swap="-1")
    assert cannot_lift(BY_NAME["memory"], before) is not None
    assert cannot_lift(BY_NAME["restart"], before) is None
    assert cannot_lift(BY_NAME["cpu_shares"], before) is None
    assert {it.name for it in updatable()} >= {"memory", "cpus", "restart", "pids_limit"}
    assert list(effects(before, replace(before, cpus="2", restart=""))) == [
        "restart always → none",
        "CPUs 1 → 2",
    ]


def test_what_is_typed_to_does_not_stay_in_the_background() -> None:
    spec = replace(NGINX, detach=True).switched("interactive", on=True)
    assert spec.attaches
    assert not spec.detach
    assert spec.switched("interactive", on=False).detach
    assert spec.switched("detach", on=True).interactive
    assert not replace(NGINX, interactive=True, detach=True).attaches
