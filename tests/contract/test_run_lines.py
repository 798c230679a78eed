"""What we make of a `docker run` line is what the Docker CLI makes of it, on a real engine."""

from __future__ import annotations

import asyncio
import json
import re
import shlex
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from docker.types import IPAMConfig, IPAMPool

from dockertui.engine.docker_engine import DockerEngine
from dockertui.model.run.here import Here
from dockertui.model.run.line import read_line
from dockertui.model.run.resolved import with_paths
from dockertui.model.run.written import run_line
from tests.contract.subject import Subject, real
from tests.support.real_engine import RealEngine, busybox_root

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(shutil.which("docker") is None, reason="the docker CLI is not installed"),
]

JSON = Any
DECLARED = "declares:1"
CHANGES = (
    *('CMD ["-c", "sleep 1000"]', 'ENTRYPOINT ["sh"]', "ENV A=1", "ENV PATH=/bin", "USER root"),
    *("EXPOSE 80 53/udp", "VOLUME /data", "WORKDIR /tmp", "LABEL maker=me"),
    "HEALTHCHECK --interval=5s CMD true",
)
NETWORK = "run-lines"
LINES = (
    "busybox:1",
    "-d -p 8080:80 -p 127.0.0.1:9090:90/udp -p 7000-7002:7000-7002 -p 81 busybox:1 sleep 10",
    "-d -p '[::1]:8081:80' -p 127.0.0.1::82 -p 9000-9005:83 busybox:1",
    "-d -p published=8085,target=80,protocol=udp busybox:1",
    "-it --rm busybox:1 sh -c 'echo \"a b\"; sleep 1'",
    "-d -v /tmp/x:/x -v data:/data:ro -v /anon -v ./rel:/rel --tmpfs /run:size=64m busybox:1",
    "-d -e A=1 -e 'B=two words' -e HOME -e UNSET_X --env-file e --label-file l -l c busybox:1",
    f"-d --network {NETWORK} --network-alias db --ip 10.99.0.9 -h h --add-host a:1.2.3.4 busybox:1",
    "-d --dns 1.1.1.1 --dns-search e.org --dns-option ndots:2 --domainname d.org busybox:1",
    "-d --network host --uts host --pid host --ipc host --userns host --privileged busybox:1",
    "-d --network none --cgroupns private --cgroup-parent /foo --init --read-only busybox:1",
    "-d --restart on-failure:3 -m 512m --memory-reservation 256m --memory-swap 2g busybox:1",
    "-d --cpus 1.5 -c 512 --cpuset-cpus 0 --pids-limit 100 --oom-score-adj 10 busybox:1",
    "-d --ulimit nofile=1024:2048 --ulimit core=-1 --cpu-period 100000 --cpu-quota 50000 busybox:1",
    "-d -m 100m --memory-swappiness 10 --oom-kill-disable --shm-size 128m busybox:1",
    "-d -u 1:2 -w /srv --entrypoint /bin/sh busybox:1 -c true",
    "-d --entrypoint '' busybox:1 true",
    "-d declares:1",
    "-d declares:1 -c true",
    "-d --entrypoint sleep declares:1 5",
    "-d --entrypoint '' declares:1 sleep 5",
    "-d -e A=1 -e PATH=/usr/bin --expose 81 --expose 90-92/udp -P -l maker=you declares:1",
    "-d --no-healthcheck declares:1",
    "-d --health-cmd 'test -f /x' --health-interval 30s --health-timeout 1m30s busybox:1",
    "-d --health-interval 7s --health-retries 3 --health-start-period 1500ms declares:1",
    "-d --stop-signal SIGINT --stop-timeout 30 declares:1",
    "-d --cap-add NET_ADMIN --cap-drop ALL --security-opt no-new-privileges busybox:1",
    "-d --security-opt seccomp=unconfined --security-opt systempaths=unconfined busybox:1",
    "-d --device /dev/null:/dev/xnull:r --device-cgroup-rule 'c 42:* rmw' busybox:1",
    "-d --group-add audio --sysctl net.core.somaxconn=1024 --device /dev/zero busybox:1",
    "-d --mount type=bind,source=/tmp,target=/x,readonly busybox:1",
    "-d --mount type=volume,source=vv,target=/v,volume-nocopy,volume-label=a=b busybox:1",
    "-d --mount type=tmpfs,target=/t,tmpfs-size=1m,tmpfs-mode=1777 busybox:1",
    "-d --log-driver json-file --log-opt max-size=10m --log-opt max-file=3 busybox:1",
    "-d --log-driver none --runtime runc --pull never --platform linux/amd64 busybox:1",
    "-d --device-read-bps /dev/null:1mb --device-write-iops /dev/null:100 busybox:1",
    "-d --gpus all busybox:1",
    "-d --gpus '\"device=0,1\",capabilities=utility' busybox:1",
    f"-d --network {NETWORK} --link holder:alias --volumes-from holder:ro busybox:1",
)
IDENTITY = frozenset(
    (
        *("Id", "Created", "Name", "ResolvConfPath", "HostnamePath", "HostsPath", "LogPath"),
        *("GraphDriver", "State", "Path", "Args"),
    )
)
ATTACHED = frozenset(("AttachStdin", "AttachStdout", "AttachStderr", "StdinOnce"))
"""`docker create` attaches; `docker run -d` does not."""
SHORT_ID = re.compile(r"[0-9a-f]{12}")


@pytest.fixture
async def subject(real_engine: RealEngine) -> AsyncIterator[Subject]:
    """A real engine with an image that declares much, a network, and another container."""
    async with real(real_engine) as one:
        await asyncio.to_thread(
            one.api.import_image_from_data,
            busybox_root(),
            repository="declares",
            tag="1",
            changes=list(CHANGES),
        )
        pool = IPAMConfig(pool_configs=[IPAMPool(subnet="10.99.0.0/24")])
        network = await asyncio.to_thread(one.api.create_network, NETWORK, ipam=pool)
        holder = await one.make(name="holder", volumes=["/held"], start=False)
        assert holder
        yield one
        await asyncio.to_thread(one.api.remove_network, network["Id"])
        await asyncio.to_thread(one.api.remove_image, DECLARED, force=True)


async def test_we_create_what_the_cli_creates(subject: Subject, tmp_path: Path) -> None:
    here = here_in(tmp_path)
    for line in LINES:
        spec = with_paths(read_line(f"docker run {line}", here).spec, here)
        written = run_line(spec)
        theirs = await created_by_cli(subject, written, tmp_path)
        ours = await seen(subject, (await subject.engine.runs.create(spec, here)).id)
        assert ours == theirs, line


async def test_what_is_read_off_a_container_makes_one_like_it(
    subject: Subject, tmp_path: Path
) -> None:
    here = here_in(tmp_path)
    engine: DockerEngine = subject.engine
    for line in LINES:
        first = await engine.runs.create(read_line(f"docker run {line}", here).spec, here)
        read = await engine.runs.spec_of(first.id)
        before = await seen(subject, first.id)
        again = read_line(run_line(read.spec), Here())
        assert (again.spec, again.notes) == (read.spec, ()), line
        after = await seen(subject, (await engine.runs.create(again.spec, Here())).id)
        assert after == before, line


def here_in(folder: Path) -> Here:
    (folder / "e").write_text("# remark\nX=1\n  Y=two words\nHOME\nNOPE\n")
    (folder / "l").write_text("l1=a\nl2\n")
    return Here(folder=str(folder), home="/home/ann", environ={"HOME": "/home/ann"})


async def created_by_cli(subject: Subject, line: str, folder: Path) -> JSON:
    """Let the CLI create what a line runs, and look at it."""
    words = [it for it in shlex.split(line)[2:] if it != "-d"]
    words = [
        re.sub(r"^-(?=\w)([a-z]*)d", r"-\1", it) if at == 0 else it for at, it in enumerate(words)
    ]
    done = await asyncio.to_thread(
        subprocess.run,
        ["docker", "-H", subject.base_url, "create", *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={"HOME": "/home/ann", "PATH": "/usr/local/bin:/usr/bin:/bin"},
    )
    assert done.returncode == 0, f"{line}: {done.stderr}"
    return await seen(subject, done.stdout.strip())


async def seen(subject: Subject, id_: str) -> JSON:
    """What an engine knows of a container but for who it is; it is removed then."""
    found = await asyncio.to_thread(subject.api.inspect_container, id_)
    await asyncio.to_thread(subject.api.remove_container, id_, force=True, v=True)
    said = json.loads(json.dumps(found).replace(found["Name"].removeprefix("/"), "NAME"))
    return compared(said)


def compared(said: JSON) -> JSON:
    """What two containers from one line have in common."""
    config, host = said["Config"], said["HostConfig"]
    for key in IDENTITY:
        said.pop(key, None)
    for key in ATTACHED:
        config.pop(key)
    config["Hostname"] = "" if SHORT_ID.fullmatch(config["Hostname"]) else config["Hostname"]
    # The last of several is what counts; the CLI puts those first that it looked up.
    config["Env"] = sorted(set(config["Env"] or ()))
    host.pop("ConsoleSize")
    for key in ("Binds", "Ulimits"):
        host[key] = sorted(host[key] or (), key=str)
    for mount in said["Mounts"]:
        if mount["Type"] == "volume" and len(mount["Name"]) == 64:
            mount["Name"] = mount["Source"] = ""
    said["Mounts"].sort(key=lambda it: it["Destination"])
    for endpoint in said["NetworkSettings"]["Networks"].values():
        aliases = endpoint["Aliases"] or ()
        endpoint["Aliases"] = sorted(it for it in aliases if not SHORT_ID.fullmatch(it))
        endpoint["NetworkID"] = ""
    return without_nothing(said)


def without_nothing(value: JSON) -> JSON:
    """An engine keeps `null`, `[]` and `{}` apart that mean the same."""
    if isinstance(value, dict):
        kept = {name: without_nothing(each) for name, each in value.items()}
        return {name: each for name, each in kept.items() if each not in (None, [], {}, "", 0)}
    return [without_nothing(each) for each in value] if isinstance(value, list) else value
