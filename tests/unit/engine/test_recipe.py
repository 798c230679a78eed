"""What a container was made from, told from inspections of every kind."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dockertui.engine.payload.recipe import EngineDefaults, declared, parse_defaults, recipe
from dockertui.engine.payload.recipe_host import limit_values
from dockertui.model.run.compose import compose_lines
from dockertui.model.run.fields import problems
from dockertui.model.run.here import Here
from dockertui.model.run.line import read_line
from dockertui.model.run.spec import RunSpec
from dockertui.model.run.surroundings import Surroundings
from dockertui.model.run.written import run_line

USUAL = EngineDefaults()
CONFIG = (
    *("Hostname", "Domainname", "User", "Tty", "OpenStdin", "AttachStdin", "ExposedPorts", "Env"),
    *("Cmd", "Healthcheck", "Image", "Volumes", "WorkingDir", "Entrypoint", "Labels"),
    *("StopSignal", "StopTimeout", "MacAddress"),
)
HOST = (
    *("Binds", "LogConfig", "NetworkMode", "PortBindings", "RestartPolicy", "AutoRemove", "Dns"),
    *("CapAdd", "CapDrop", "ExtraHosts", "GroupAdd", "IpcMode", "Links", "PidMode", "Privileged"),
    *("SecurityOpt", "UTSMode", "ShmSize", "Runtime", "Memory", "NanoCpus", "Devices", "Ulimits"),
    *("MemorySwap", "MemorySwappiness", "PidsLimit", "Mounts", "Tmpfs", "Sysctls", "StorageOpt"),
    *("DeviceRequests", "MaskedPaths", "ReadonlyPaths", "BlkioWeightDevice", "CpusetCpus"),
    *("BlkioDeviceReadBps", "OomKillDisable", "Init", "Annotations", "VolumesFrom"),
)
TEXTS = st.text(max_size=8)
VALUES = st.recursive(
    TEXTS | st.integers(-5, 1 << 40) | st.booleans() | st.none() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


def inspection(config: dict[str, Any], host: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"Id": "a" * 64, "Name": "/web", "Config": config, "HostConfig": host, **more}


def read(config: dict[str, Any], image: dict[str, Any] | None = None, **host: Any) -> RunSpec:
    seen = recipe(inspection({"Image": "nginx", **config}, host), {"Config": image or {}}, USUAL)
    return seen.spec


@given(
    st.dictionaries(st.sampled_from(CONFIG), VALUES, max_size=8),
    st.dictionaries(st.sampled_from(HOST), VALUES, max_size=8),
    st.dictionaries(st.sampled_from(CONFIG), VALUES, max_size=4),
    st.dictionaries(TEXTS, VALUES, max_size=2),
)
@settings(max_examples=300)
def test_whatever_an_engine_says_becomes_a_spec_a_line_and_a_service(
    config: dict[str, Any], host: dict[str, Any], image: dict[str, Any], networks: dict[str, Any]
) -> None:
    seen = inspection(config, host, NetworkSettings={"Networks": networks})
    spec = recipe(seen, {"Config": image}, USUAL).spec
    assert run_line(spec).isprintable()
    assert compose_lines(spec)
    if spec.image:
        assert read_line(run_line(spec), Here()).spec == spec
    list(problems(spec, Surroundings()))
    declared({"Config": image})
    limit_values(host)
    parse_defaults(image)


def test_what_the_image_declares_is_left_out() -> None:
    own = {
        "Cmd": ["serve"],
        "Env": ["A=1", "B=2"],
        "ExposedPorts": {"80/tcp": {}},
        "Volumes": {"/data": {}},
        "Labels": {"maker": "me", "kept": "no"},
        "User": "app",
        "WorkingDir": "/srv",
        "Healthcheck": {"Test": ["CMD", "true"], "Interval": 5_000_000_000},
    }
    spec = read({**own, "Env": ["A=1", "B=3"], "Labels": {"maker": "me", "kept": "yes"}}, own)
    assert spec == RunSpec(
        image="nginx", name="web", detach=True, env=("B=3",), labels=("kept=yes",)
    )


def test_another_entrypoint_takes_its_words_and_the_command_along() -> None:
    own = {"Entrypoint": ["entry"], "Cmd": ["serve"]}
    spec = read({"Entrypoint": ["sh", "-c"], "Cmd": ["a && b"]}, own)
    assert (spec.entrypoint, spec.command) == ("sh", ("-c", "a && b"))
    spec = read({"Entrypoint": None, "Cmd": ["serve"]}, own)
    assert (spec.entrypoint, spec.command) == ("", ("serve",))
    spec = read({"Entrypoint": ["entry"], "Cmd": None}, own)
    assert (spec.entrypoint, spec.command) == ("entry", ())
    spec = read({"Entrypoint": ["entry"], "Cmd": ["other"]}, own)
    assert (spec.entrypoint, spec.command) == (None, ("other",))


def test_labels_of_compose_are_left_out_and_told() -> None:
    labels = {"com.docker.compose.project": "shop", "com.docker.compose.service": "web", "a": "b"}
    seen = recipe(inspection({"Labels": labels}, {}), {}, USUAL)
    assert seen.spec.labels == ("a=b",)
    assert seen.notes[0].startswith("Left out: 2 labels of Compose")


def test_a_check_without_a_shell_and_a_profile_from_a_file_are_told() -> None:
    config = {"Healthcheck": {"Test": ["CMD", "curl", "a b"]}}
    seen = recipe(inspection(config, {"SecurityOpt": ["seccomp={}"]}), {}, USUAL)
    assert seen.spec.health_cmd == "curl 'a b'"
    assert len(seen.notes) == 2


def test_what_an_engine_fills_in_is_left_out() -> None:
    host: dict[str, Any] = {
        "Memory": 1 << 26,
        "MemorySwap": 1 << 27,
        "ShmSize": 64 << 20,
        "IpcMode": "private",
        "CgroupnsMode": "private",
        "Runtime": "runc",
        "LogConfig": {"Type": "json-file", "Config": {}},
        "NetworkMode": "default",
        "PidsLimit": -1,
        "MemorySwappiness": -1,
        "RestartPolicy": {"Name": "no", "MaximumRetryCount": 0},
    }
    assert read({"Hostname": "a" * 12}, **host) == RunSpec(
        image="nginx", name="web", detach=True, memory="64m"
    )
    other = EngineDefaults(log_driver="local", runtime="crun", cgroupns="host")
    seen = recipe(inspection({"Image": "nginx"}, host), {}, other).spec
    assert (seen.log_driver, seen.runtime, seen.cgroupns) == ("json-file", "runc", "private")
