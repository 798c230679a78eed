"""What an engine says of its machine and of its disk, as it is recorded."""

from __future__ import annotations

import doctest
import json
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dockertui.engine.payload import disk as disk_payload
from dockertui.engine.payload import host as host_payload
from dockertui.engine.payload.disk import parse_disk_usage
from dockertui.engine.payload.host import parse_host
from dockertui.model import ContainerState
from dockertui.model import disk as disk_model
from dockertui.model.disk import DiskUsage, ImageRoom, Total
from dockertui.model.host import Host

RECORDED = Path(__file__).parent / "recorded"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
GB = 1_000_000_000


def recorded(name: str) -> dict[str, Any]:
    """What an engine once said."""
    content: dict[str, Any] = json.loads((RECORDED / f"{name}.json").read_text())
    return content


def host(name: str = "docker-20.10-info", **said: object) -> Host:
    """What a recorded answer is read as, with some of it said otherwise."""
    return parse_host({**recorded(name), **said}, engine="here", now=NOW)


def disk(name: str) -> DiskUsage:
    """What a recorded answer is read as."""
    return parse_disk_usage(recorded(name))


@pytest.mark.parametrize("module", [disk_payload, host_payload, disk_model])
def test_what_a_docstring_shows_is_so(module: Any) -> None:
    assert doctest.testmod(module).failed == 0


def test_docker_says_what_it_runs_on() -> None:
    read = host()
    assert (read.name, read.hostname, read.version) == ("here", "harbour", "20.10.24+dfsg1")
    assert (read.system, read.kernel) == ("Debian GNU/Linux 12 (bookworm)", "6.1.0-13-amd64")
    assert (read.cores, read.memory_bytes) == (2, 25_276_510_208)
    assert (read.storage_driver, read.file_system) == ("overlay2", "extfs")
    assert (read.cgroup_version, read.cgroup_driver) == ("1", "cgroupfs")
    assert read.runtimes == ("runc", "io.containerd.runc.v2", "io.containerd.runtime.v1.linux")
    assert (read.security, read.is_rootless, read.swarm) == (("seccomp",), False, "")
    assert (read.containers, read.running, read.stopped, read.images) == (3, 2, 1, 3)
    assert read.warnings == ()


def test_podman_says_what_it_runs_on() -> None:
    read = host("podman-4.3-info")
    assert (read.version, read.storage_driver, read.cores) == ("4.3.1", "overlay", 2)
    assert (read.log_driver, read.cgroup_version) == ("", "1")
    assert not read.is_rootless


def test_warnings_are_the_engines_own_words() -> None:
    read = host(Warnings=["WARNING: No swap limit support", "", "the disk is slow", None])
    assert read.warnings == ("No swap limit support", "the disk is slow")


def test_an_ordinary_users_engine_is_told() -> None:
    assert host(SecurityOptions=["name=rootless", "name=seccomp"]).is_rootless
    assert host(SecurityOptions=["name=rootless", "name=seccomp"]).security == ("seccomp",)
    assert host("podman-4.3-info", Rootless=True).is_rootless


def test_a_swarm_is_told_only_where_there_is_one() -> None:
    swarm = {"LocalNodeState": "active", "ControlAvailable": True}
    assert (host(Swarm=swarm).swarm, host(Swarm=swarm).is_manager) == ("active", True)
    assert host(Swarm={"LocalNodeState": "inactive"}).swarm == ""


def test_a_clock_that_is_ahead_is_noticed() -> None:
    ahead = (NOW + timedelta(minutes=3)).isoformat()
    assert host(SystemTime=ahead).clock_ahead_s == 180
    assert host(SystemTime="never").clock_ahead_s == 0


def test_an_answer_without_anything_is_a_host_without_anything() -> None:
    assert parse_host({}, engine="here", now=NOW) == Host(id="here", name="here", engine="here")


def test_dockers_disk_is_read() -> None:
    read = disk("docker-20.10-df")
    images = {it.name: it for it in read.images}
    assert images["child:1"].own_bytes == 3_000_000
    assert images["child:1"].containers == 2
    assert images["busybox:1"].own_bytes == 0
    assert images["child:2"].is_unused
    containers = {it.name: it for it in read.containers}
    assert (containers["w3"].own_bytes, containers["w1"].own_bytes) == (4_000_000, 0)
    assert containers["w3"].state is ContainerState.EXITED
    volumes = {it.name: it for it in read.volumes}
    assert (volumes["data"].size_bytes, volumes["data"].containers) == (1_000_000, 1)
    assert volumes["unused"].is_unused


def test_the_totals_are_added_up_as_the_cli_does() -> None:
    read = disk("docker-20.10-df")
    # `docker system df` of version 28 said 6.982 MB of images, for it also counted what the two
    # images in use share; removing all unused images frees 5 MB, which is what 29 says.
    assert read.image_total == Total(3, 2, 9_982_291, 5_000_000)
    assert read.container_total == Total(3, 2, 6_000_000, 4_000_000)
    assert read.volume_total == Total(2, 1, 1_000_000, 0)
    assert read.cache_total == Total()
    assert read.total == Total(8, 5, 16_982_291, 9_000_000)


def test_podmans_disk_is_read() -> None:
    read = disk("podman-4.3-df")
    # It gives images no size together.
    assert read.image_total == Total(1, 1, 1_997_895, 0)
    assert [(it.name, it.own_bytes) for it in read.containers] == [("pw1", 12)]
    assert {it.name: it.is_unused for it in read.volumes} == {"free": True, "vol": False}


def test_what_an_engine_did_not_look_at_is_not_known() -> None:
    read = parse_disk_usage(
        {
            "Images": [{"Id": "a", "Size": 7, "SharedSize": -1, "Containers": -1}],
            "Volumes": [{"Name": "v", "UsageData": {"Size": -1, "RefCount": -1}}, {"Name": "w"}],
        }
    )
    assert (read.images[0].own_bytes, read.images[0].is_unused) == (None, False)
    assert [(it.size_bytes, it.containers) for it in read.volumes] == [(None, None)] * 2
    assert (read.image_total.free_bytes, read.volume_total) == (0, Total(2, 0, 0, 0))


def test_a_dangling_image_has_no_name() -> None:
    said = {"Images": [{"Id": "a", "RepoTags": ["<none>:<none>"]}, {"Id": "b", "RepoTags": None}]}
    assert [it.name for it in parse_disk_usage(said).images] == ["", ""]


def test_what_is_cached_of_an_image_is_counted_there() -> None:
    cache = [
        {"ID": "a", "Size": 5, "InUse": True, "Shared": False},
        {"ID": "b", "Size": 3, "InUse": False, "Shared": False},
        {"ID": "c", "Size": 9, "InUse": False, "Shared": True},
    ]
    assert parse_disk_usage({"BuildCache": cache}).cache_total == Total(3, 1, 8, 3)


def test_newer_engines_add_up_themselves() -> None:
    old = recorded("docker-20.10-df")
    said: dict[str, Any] = {
        "ImageUsage": {
            "TotalCount": 3,
            "ActiveCount": 2,
            "TotalSize": 9 * GB,
            "Reclaimable": GB,
            "Items": old["Images"],
        },
        "ContainerUsage": {"TotalCount": 3, "Items": old["Containers"]},
        "VolumeUsage": {"Items": old["Volumes"]},
        "BuildCacheUsage": None,
    }
    read = parse_disk_usage(said)
    assert read.image_total == Total(3, 2, 9 * GB, GB)
    assert [it.name for it in read.images] == ["child:1", "child:2", "busybox:1"]
    assert len(read.containers) == 3
    assert len(read.volumes) == 2
    assert read.cache == ()
    quiet = deepcopy(said)
    del quiet["ImageUsage"]["Items"]
    assert parse_disk_usage(quiet).images == ()


def test_shared_layers_are_no_ones_own() -> None:
    assert ImageRoom(id="a", size_bytes=5, shared_bytes=9).own_bytes == 0
