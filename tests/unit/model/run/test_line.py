"""Lines that people paste, read as the Docker CLI reads them."""

from __future__ import annotations

import shlex
import subprocess
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dockertui.model.run.fields import FLAGS
from dockertui.model.run.here import Here
from dockertui.model.run.line import is_run_line, read_line
from dockertui.model.run.mistakes import BadLine
from dockertui.model.run.spec import RunSpec
from dockertui.model.run.written import run_line, run_parts, unmasked, wrapped
from dockertui.text import clean
from tests.unit.model.run.specs import TEXTS, specs

HERE = Here(
    folder="/srv/app",
    home="/home/ann",
    environ={"HOME": "/home/ann", "PWD": "/srv/app", "TAG": "1.2", "USER": "ann"},
    user_id=1000,
    group_id=100,
)


def spec_in(text: str) -> RunSpec:
    read = read_line(text, HERE)
    assert read.notes == ()
    return read.spec


def notes_on(text: str) -> str:
    return " ".join(read_line(text, HERE).notes)


@given(specs())
@settings(max_examples=200)
def test_what_is_written_is_read_back(spec: RunSpec) -> None:
    assert spec_in(run_line(spec)) == spec


@given(specs())
def test_a_line_over_several_lines_says_the_same(spec: RunSpec) -> None:
    assert spec_in("\n".join(wrapped(run_parts(spec), 40))) == spec


@given(specs())
def test_what_is_written_can_be_drawn(spec: RunSpec) -> None:
    assert run_line(spec).isprintable()


@given(specs(TEXTS.filter(lambda it: bool(it) and "\0" not in it)))
@settings(max_examples=40, deadline=None)
def test_a_shell_reads_what_is_written(spec: RunSpec) -> None:
    spec = RunSpec(image=spec.image, env=spec.env, labels=spec.labels, name=spec.name)
    line = run_line(spec).removeprefix("docker run ")
    script = f"printf '%s\\0' {line}"
    seen = subprocess.run(
        ["bash", "-c", script], capture_output=True, check=True, env={"LC_ALL": "C.UTF-8"}
    )
    words = seen.stdout.decode().split("\0")[:-1]
    assert spec_in(f"docker run {shlex.join(words)}") == spec


@pytest.mark.parametrize(
    "text",
    [
        "docker run nginx",
        "docker container run nginx",
        "docker create nginx",
        "podman run nginx",
        "/usr/bin/docker run nginx",
        "sudo docker run nginx",
        "sudo -E docker run nginx",
        "sudo -u root docker run nginx",
        "$ docker run nginx",
        "# docker run nginx",
        "ann@host:~/app$ docker run nginx",
        "  docker run nginx  # the web server",
        "docker run -- nginx",
        "docker run \\\n  nginx",
        "docker run \\  \r\n  nginx",
        "docker run `\n  nginx",
        "docker run ^\n  nginx",
        "\n\ndocker run\n  nginx\n",
    ],
)
def test_a_line_may_begin_and_be_broken_in_many_ways(text: str) -> None:
    read = read_line(text, HERE)
    assert read.spec == RunSpec(image="nginx")
    assert read.notes == ()
    assert is_run_line(text)


@pytest.mark.parametrize(
    ("flags", "spec"),
    [
        ("-d", RunSpec(detach=True)),
        ("-itd", RunSpec(interactive=True, tty=True, detach=True)),
        ("-it --rm", RunSpec(interactive=True, tty=True, auto_remove=True)),
        ("-itp8080:80", RunSpec(interactive=True, tty=True, ports=("8080:80",))),
        ("-p=8080:80 -p 81", RunSpec(ports=("8080:80", "81"))),
        ("-e A=1 -eB=2 --env=C=3 --env D", RunSpec(env=("A=1", "B=2", "C=3", "D"))),
        ("--name web --name other", RunSpec(name="other")),
        ("--read-only=true --init=false", RunSpec(read_only=True)),
        ("--net a --network-alias b --net-alias c", RunSpec(
            networks=("a",), network_aliases=("b", "c")
        )),
        ("--cpu-quota -1 --memory-swap=-1", RunSpec(cpu_quota="-1", memory_swap="-1")),
        ("--entrypoint ''", RunSpec(entrypoint="")),
        ("-h h -u 1:2 -w /x -m 1g -c 5 -l a=b -v d:/d -P", RunSpec(
            hostname="h", user="1:2", workdir="/x", memory="1g", cpu_shares="5",
            labels=("a=b",), volumes=("d:/d",), publish_all=True,
        )),
        ("–name web —rm", RunSpec(name="web", auto_remove=True)),
        ("--health-cmd “true || false”", RunSpec(health_cmd="true || false")),
    ],
)  # fmt: skip
def test_flags_are_read_as_the_cli_does(flags: str, spec: RunSpec) -> None:
    from dataclasses import replace

    assert spec_in(f"docker run {flags} nginx") == replace(spec, image="nginx")


def test_every_flag_of_the_table_is_read_in_all_its_forms() -> None:
    for field in FLAGS:
        forms = [f"--{it}" for it in (field.flag, *field.also)]
        forms += [f"-{field.short}"] if field.short else []
        for form in forms:
            value = "" if field.kind == "switch" else " some:value=1"
            assert field.read(spec_in(f"docker run {form}{value} nginx")), form


def test_the_words_after_the_image_are_the_command() -> None:
    spec = spec_in("docker run nginx sh -c 'a && b' -p 1 --rm")
    assert spec == RunSpec(image="nginx", command=("sh", "-c", "a && b", "-p", "1", "--rm"))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("$HOME/x:/x", "/home/ann/x:/x"),
        ('"${PWD}":/x', "/srv/app:/x"),
        ("$(pwd)/y:/x", "/srv/app/y:/x"),
        ("`pwd`:/x", "/srv/app:/x"),
        ("~/d:/x", "/home/ann/d:/x"),
        ("'~/d:/x'", "~/d:/x"),
        ("'$HOME':/x", "$HOME:/x"),
        ("app-${TAG}:/x", "app-1.2:/x"),
        ("${NONE:-d}:/x", "d:/x"),
        ("a\\ b:/x", "a b:/x"),
        (r"$'a\tb':/x", "a\tb:/x"),
        ("'a'\"b\"c:/x", "abc:/x"),
    ],
)
def test_what_a_shell_would_have_put_in_is_put_in(said: str, meant: str) -> None:
    assert spec_in(f"docker run -v {said} nginx").volumes == (meant,)


def test_who_runs_it_is_put_in() -> None:
    assert spec_in("docker run -u $(id -u):$(id -g) nginx").user == "1000:100"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("docker run --cidfile /x nginx", "--cidfile /x"),
        ("docker run -a stdout -a=stdin nginx", "-a stdout"),
        ("docker run --sig-proxy=false nginx", "--sig-proxy false"),
        ("docker run --pod p --replace nginx", "only Podman has it"),
        ("docker run --foo=1 nginx", "--foo 1; docker run knows no such flag"),
        ("docker run --foo bar --rm nginx", "--foo bar"),
        ("docker run --foo nginx", "--foo; docker run knows no such flag"),
        ("docker run -Z nginx", "-Z"),
        ("docker -H tcp://x --context=y run nginx", "--host tcp://x"),
        ("A=1 docker run nginx", "A=…"),
        ("docker run nginx | tee log", "| tee log"),
        ("docker run nginx > /dev/null 2>&1", "> /dev/null"),
        ("docker run nginx && docker ps", "&& docker ps"),
        ("docker run nginx\ndocker ps", "on another line: docker ps"),
        ("docker run -e A=$NOWHERE nginx", "$NOWHERE stands as it is"),
        ("docker run -e A=$(openssl rand -hex 8) nginx", "nothing is run here"),
    ],
)
def test_what_is_left_out_is_told(text: str, words: str) -> None:
    assert words in notes_on(text)
    assert read_line(text, HERE).spec.image == "nginx"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no docker run line"),
        ("docker", "no run after docker"),
        ("docker ps -a", "docker ps runs no image"),
        ("ls -l", "begins with ls"),
        ("docker run", "no image"),
        ("docker run -it", "no image"),
        ("docker run -p", "-p needs a value"),
        ("docker run --name", "--name needs a value"),
        ("docker run -e 'A=1 nginx", "quote is not closed"),
        ("docker run --rm=maybe nginx", "neither true nor false"),
    ],
)
def test_what_runs_nothing_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(BadLine, match=words):
        read_line(text, HERE)


@pytest.mark.parametrize(
    "text", ["docker ps", "docker runs", "run docker", "echo docker run", "dockerrun x", "", "ls"]
)
def test_what_is_no_line_is_not_taken_for_one(text: str) -> None:
    assert not is_run_line(text)
    assert not is_run_line(f"{text}\n" + "x" * 10_000)


def test_a_line_of_any_length_is_looked_at_in_no_time() -> None:
    before = time.process_time()
    assert is_run_line("docker " + "-x y " * 100 + "run " + "z" * 10_000_000)
    assert not is_run_line("docker " + "-x " * 1_000_000)
    assert time.process_time() - before < 0.2


@given(st.text(max_size=60))
@settings(max_examples=300)
def test_no_text_does_harm(text: str) -> None:
    for line in (text, f"docker run {text}", f"docker run {text} nginx"):
        said: list[str] = []
        try:
            said += read_line(line, HERE).notes
        except BadLine as mistake:
            said.append(str(mistake))
        assert all(clean(it) == it for it in said)


def test_secrets_are_masked_and_dots_are_taken_for_what_they_stand_for() -> None:
    spec = RunSpec(
        image="nginx",
        env=("API_TOKEN=abc", "URL=https://ann:pw@host/", "A=1"),
        labels=("my.password=x",),
        command=("--url", "redis://:pw@db"),
    )
    line = run_line(spec, masked=True)
    assert not any(it in line for it in ("abc", "pw@", "password=x"))
    assert "A=1" in line
    assert unmasked(spec_in(line), spec) == spec
    changed = spec_in(line.replace("A=1", "A=2").replace("API_TOKEN=••••••••", "API_TOKEN=new"))
    assert unmasked(changed, spec).env == ("API_TOKEN=new", "URL=https://ann:pw@host/", "A=2")
