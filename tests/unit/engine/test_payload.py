"""The engine's JSON, as it is, and as nobody should send it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from dockertui.engine import EngineError
from dockertui.engine.payload.bodies import object_in, objects_in
from dockertui.engine.payload.container import parse_container
from dockertui.engine.payload.container_detail import parse_container_detail
from dockertui.engine.payload.disk import parse_disk_usage
from dockertui.engine.payload.fields import moment
from dockertui.engine.payload.host import parse_host
from dockertui.engine.payload.image import parse_image, parse_layer
from dockertui.engine.payload.system import parse_event, parse_processes, parse_version
from dockertui.model import Container, ContainerState, Endpoint, Health, Image, Mount, Port

JSON = Any
"""Anything that JSON can hold, right or wrong."""

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
RECORDED = Path(__file__).parent / "recorded"
RUBBISH: tuple[Any, ...] = (
    *(None, 0, -1, 1.5, 10**30, float("nan"), True, "", "x", "\x1b]52;c;aGk=\x07\u202e", [], {}),
    *([None], [[]], [{}], ["x"], {"a": None}, {"": {}}, {"x": [None]}, {"80/tcp": [{}]}, [1, {}]),
)


def recorded(name: str) -> JSON:
    """What an engine once said."""
    return json.loads((RECORDED / f"{name}.json").read_text())


def containers(name: str) -> dict[str, Container]:
    """A recorded list, by name."""
    read = (parse_container(it, engine="here", now=NOW) for it in recorded(name))
    return {it.name: it for it in read}


def mutilated(payload: JSON) -> Iterator[JSON]:
    """The payload with each of its values, however deep, left out or made something else."""

    def places(value: JSON, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
        inside: Any = ()
        if isinstance(value, dict):
            inside = value
        elif isinstance(value, list):
            inside = range(len(value))
        for step in inside:
            yield (*path, step)
            yield from places(value[step], (*path, step))

    for place in places(payload):
        for other in (..., *RUBBISH):
            copy = deepcopy(payload)
            inside = copy
            for step in place[:-1]:
                inside = inside[step]
            if other is ...:
                del inside[place[-1]]
            else:
                inside[place[-1]] = other
            yield copy


def test_a_list_of_docker_is_read() -> None:
    listed = containers("docker-20.10-containers")
    web = listed["web-1"]
    assert (web.state, web.health, web.exit_code) == (
        ContainerState.RUNNING,
        Health.HEALTHY,
        None,
    )
    assert (web.project, web.service, web.engine) == ("shop", "web", "here")
    assert [it.public for it in web.published] == [8080, 8443]
    assert [it.private for it in web.exposed] == [9000]
    assert [it.network for it in web.networks] == ["shop"]
    assert Mount("volume", "data", "/data") in web.mounts
    assert Mount("bind", "/tmp", "/host", writable=False) in web.mounts
    failed = listed["failed-1"]
    assert (failed.state, failed.exit_code) == (ContainerState.EXITED, 3)
    assert failed.failed
    assert listed["unwell-1"].health is Health.UNHEALTHY
    assert listed["paused-1"].state is ContainerState.PAUSED
    assert listed["restarting-1"].exit_code == 1
    assert listed["created-1"].since == listed["created-1"].created


def test_a_list_of_podman_is_read() -> None:
    listed = containers("podman-4.3-containers")
    assert listed["p3"].exit_code == 3
    assert listed["p4"].state is ContainerState.CREATED
    assert listed["p4"].networks == (Endpoint("podman"),)
    assert listed["p4"].published == (Port(80, "tcp", 80),)


def test_an_inspection_is_read() -> None:
    detail = parse_container_detail(recorded("docker-20.10-inspect"))
    assert detail.restart_policy == "on-failure, at most 3 times"
    assert detail.stop_timeout_s == 7
    assert ("B", "x=y") in detail.env
    assert detail.probes[-1].output == "fine\n"
    assert detail.exit_code is None
    assert Port(9000) in detail.ports
    assert Port(443, "tcp", 8443, "127.0.0.1") in detail.ports
    assert detail.log_driver == "json-file"
    assert not detail.tty


def test_an_inspection_of_podman_is_read() -> None:
    detail = parse_container_detail(recorded("podman-4.3-inspect"))
    assert detail.stop_signal == ""
    assert detail.started is not None
    assert detail.command[0] == "sh"


def test_versions_tell_the_product() -> None:
    docker = parse_version(recorded("docker-20.10-version"))
    assert (docker.product, docker.api_version, docker.os) == ("Docker", "1.41", "linux")
    podman = parse_version(recorded("podman-4.3-version"))
    assert (podman.product, podman.version) == ("Podman", "4.3.1")


def test_images_are_read() -> None:
    images = [parse_image(it, engine="here") for it in recorded("docker-20.10-images")]
    assert "busybox:1" in {it.name for it in images}
    dangling = next(it for it in images if it.is_dangling)
    assert dangling.name == dangling.short_id
    assert dangling.digests == ()


def test_a_layer_without_an_image_has_no_id() -> None:
    layer = parse_layer({"Id": "<missing>", "CreatedBy": "RUN x", "Size": 5, "Tags": None})
    assert (layer.id, layer.created_by, layer.size_bytes, layer.tags) == ("", "RUN x", 5, ())


def test_the_health_of_newer_engines_is_read() -> None:
    newer = {"Id": "a", "State": "running", "Health": {"Status": "unhealthy", "FailingStreak": 1}}
    assert parse_container(newer, engine="", now=NOW).health is Health.UNHEALTHY


def test_a_state_of_the_future_is_unknown() -> None:
    assert parse_container({"Id": "a", "State": "hibernating"}, engine="", now=NOW).state is (
        ContainerState.UNKNOWN
    )


def test_a_legacy_link_does_not_name_a_container() -> None:
    linked = {"Id": "a", "Names": ["/web/db", "/db-1", "/app/db"]}
    assert parse_container(linked, engine="", now=NOW).name == "db-1"


def test_hostile_text_is_cleaned() -> None:
    hostile = {
        "Id": "a",
        "Names": ["/we\x1b[31mb\u202e"],
        "Labels": {"k\x07": "v\n"},
        "Image": "\x9b1m",
    }
    read = parse_container(hostile, engine="", now=NOW)
    assert (read.name, read.image) == ("we\ufffd[31mb\ufffd", "\ufffd1m")
    assert read.labels == {"k\ufffd": "v "}


def test_events_lose_the_text_behind_their_colon() -> None:
    event = parse_event(
        {
            "Type": "container",
            "Action": "health_status: healthy",
            "Actor": {"ID": "a", "Attributes": {"name": "web"}},
            "timeNano": 5,
        }
    )
    assert event is not None
    assert (event.action, event.actor_id, event.time_ns) == ("health_status", "a", 5)
    assert event.attributes == {"name": "web"}


@pytest.mark.parametrize("action", ["exec_create: sh", "exec_start: sh", "exec_die", "exec", ""])
def test_events_that_change_nothing_are_dropped(action: str) -> None:
    assert parse_event({"Type": "container", "Action": action}) is None


def test_processes_are_as_wide_as_their_titles() -> None:
    table = parse_processes({"Titles": ["PID", "CMD"], "Processes": [["1"], ["2", "x", "y"]]})
    assert table.rows == (("1", ""), ("2", "x"))
    podman = parse_processes(
        {"Titles": ["PID   USER     COMMAND"], "Processes": [["1 0        sleep 1000"]]}
    )
    assert podman.titles == ("PID", "USER", "COMMAND")
    assert podman.rows == (("1", "0", "sleep 1000"),)


@pytest.mark.parametrize(
    ("stamp", "microsecond"),
    [
        ("2026-11-23T12:03:11.123456789Z", 123456),
        ("2026-11-23T12:03:11.1Z", 100000),
        ("2026-11-23T12:03:11Z", 0),
        ("2026-11-23T13:03:11.5+01:00", 500000),
    ],
)
def test_stamps_are_read_in_utc(stamp: str, microsecond: int) -> None:
    assert moment(stamp) == datetime(2026, 11, 23, 12, 3, 11, microsecond, tzinfo=UTC)


@pytest.mark.parametrize(
    "stamp",
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00+01:00", "never", "", 0, -5, 1e300, None],
)
def test_what_is_no_time_is_none(stamp: object) -> None:
    assert moment(stamp) is None


READERS: list[tuple[str, Callable[[Any], object]]] = [
    ("docker-20.10-containers", lambda it: parse_container(it, engine="", now=NOW)),
    ("podman-4.3-containers", lambda it: parse_container(it, engine="", now=NOW)),
    ("docker-20.10-inspect", parse_container_detail),
    ("podman-4.3-inspect", parse_container_detail),
    ("docker-20.10-images", lambda it: parse_image(it, engine="")),
    ("docker-20.10-version", parse_version),
    ("podman-4.3-version", parse_version),
    ("docker-20.10-info", lambda it: parse_host(it, engine="", now=NOW)),
    ("podman-4.3-info", lambda it: parse_host(it, engine="", now=NOW)),
    ("docker-20.10-df", parse_disk_usage),
    ("podman-4.3-df", parse_disk_usage),
    ("docker-20.10-top", parse_processes),
]


@pytest.mark.parametrize(("name", "read"), READERS)
def test_nothing_that_is_missing_or_wrong_raises(name: str, read: Callable[[Any], object]) -> None:
    content = recorded(name)
    payloads = content if isinstance(content, list) else [content]
    for payload in payloads[:3]:
        for wrong in mutilated(payload):
            hash(read(wrong))


def test_whatever_was_cleaned_holds_no_control_character() -> None:
    for payload in recorded("docker-20.10-containers")[:2]:
        for wrong in mutilated(payload):
            read = parse_container(wrong, engine="", now=NOW)
            assert isinstance(read.labels, dict)
            said = (read.name, read.image, read.status, read.command, *read.labels.values())
            assert all("\x1b" not in it and "\u202e" not in it for it in said)


def test_an_image_without_anything_has_an_empty_name() -> None:
    assert parse_image({}, engine="") == Image(id="", name="")


@pytest.mark.parametrize("blank", ["", " " * 300_000])
def test_the_objects_of_an_array_are_read_however_long_it_is(blank: str) -> None:
    array = f' [ {{"a": 1}} ,{blank} 7, null, {{"b": [{{}}]}} ]\n'
    assert list(objects_in(array.encode())) == [{"a": 1}, {"b": [{}]}]
    assert list(objects_in(f"[{blank}]".encode())) == []
    assert list(objects_in(f"{{}}{blank}".encode())) == []
    for broken in (f"[{blank}{{", f"[1 2{blank}]", f"{blank}", f"[1,{blank}"):
        with pytest.raises(EngineError, match="not JSON"):
            list(objects_in(broken.encode()))


def test_bytes_that_are_no_text_do_no_harm() -> None:
    assert list(objects_in(b'[{"a": "\xff"}]')) == [{"a": "\ufffd"}]
    assert object_in(b"\xff") == {}
