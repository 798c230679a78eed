"""What takes room, and what could be freed, from an engine's answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dockertui.engine import EngineError
from dockertui.model import Container, ContainerState, Image, Key
from dockertui.model.disk import (
    CacheRoom,
    ContainerRoom,
    DiskUsage,
    ImageRoom,
    Total,
    VolumeRoom,
    total_of_images,
)
from dockertui.resources.overview.disk import disk
from dockertui.resources.overview.section import Section
from dockertui.sync import Member
from tests.unit.resources.known import NOW, container, known, texts

MB = 1_000_000


def usage(**said: Any) -> DiskUsage:
    images = (
        ImageRoom(id="sha256:aa", name="a:1", size_bytes=90 * MB, shared_bytes=0, containers=1),
        ImageRoom(id="sha256:bb", name="", size_bytes=20 * MB, shared_bytes=5 * MB, containers=0),
    )
    given = {
        "images": images,
        "image_total": total_of_images(images, 105 * MB),
        "containers": (
            ContainerRoom(id="web", name="web", state=ContainerState.RUNNING, own_bytes=3 * MB),
            ContainerRoom(id="job", name="job", state=ContainerState.EXITED, own_bytes=7 * MB),
            ContainerRoom(id="idle", name="idle"),
        ),
        "volumes": (VolumeRoom(name="data", size_bytes=MB, containers=0), VolumeRoom(name="nfs")),
        "cache": (CacheRoom(id="c", description="RUN make", size_bytes=2 * MB, uses=3),),
    }
    return DiskUsage(**{**given, **said})


async def asked(answer: DiskUsage | None = None, *containers: Container) -> Member:
    member = known(*containers)
    member.disk.answer = usage() if answer is None else answer
    member.disk.answered_at = NOW - timedelta(minutes=3)
    return member


def sections(member: Member) -> dict[str, Section]:
    return {it.title: it for it in disk(member, NOW)}


async def test_before_it_is_asked_it_says_what_that_costs() -> None:
    (section,) = disk(known(), NOW)
    assert "Not asked yet." in section.empty
    assert "Press r to ask." in section.empty
    assert section.rows == ()


async def test_the_totals_are_told() -> None:
    totals = sections(await asked())["What takes room"]
    assert texts(totals)[0] == "Images 2 1 105.0 MB 15.0 MB 14%"
    assert texts(totals)[-1] == "Together 105.0 MB 15.0 MB 14%"
    assert totals.note == "as of 3m ago"


async def test_what_takes_nothing_has_no_part_that_could_go() -> None:
    totals = sections(await asked(usage(image_total=Total())))["What takes room"]
    assert texts(totals)[0] == "Images 0 0 0 B 0 B"


async def test_images_tell_what_they_share_and_who_uses_them() -> None:
    images = sections(await asked())["Largest images"]
    assert texts(images) == [
        "● a:1 90.0 MB 0 B 90.0 MB 1",
        "◌ bb 20.0 MB 5.0 MB 15.0 MB 0",
    ]


async def test_what_the_engine_did_not_look_at_is_a_dash() -> None:
    room = ImageRoom(id="sha256:aa", name="a:1", size_bytes=MB)
    images = sections(await asked(usage(images=(room,))))["Largest images"]
    assert texts(images) == ["● a:1 1.0 MB – – –"]


async def test_images_have_the_names_that_the_list_gives_them() -> None:
    member = await asked()
    member.store.replace(Image, [Image(id="bb", name="localhost/b:2")])
    assert "localhost/b:2" in texts(sections(member)["Largest images"])[1]


async def test_containers_that_wrote_nothing_are_left_out() -> None:
    section = sections(await asked(None, container("web")))["Containers that wrote most"]
    assert texts(section) == ["○ job 7.0 MB 0 B exited", "● web 3.0 MB 0 B running"]
    assert [section.target(it) for it in section.rows] == [None, Key("fake", "web")]


async def test_volumes_and_cache_are_told() -> None:
    found = sections(await asked())
    assert texts(found["Largest volumes"]) == ["○ data 1.0 MB 0", "● nfs – –"]
    assert texts(found["Largest in the build cache"]) == ["○ RUN make 2.0 MB 3"]


async def test_an_anonymous_volume_is_cut_short() -> None:
    room = VolumeRoom(name="0123456789abcdef" * 4, size_bytes=0, containers=1)
    found = sections(await asked(usage(volumes=(room,))))
    assert texts(found["Largest volumes"]) == ["● 0123456789ab, anonymous 0 B 1"]


async def test_the_largest_come_first_and_the_rest_is_added_up() -> None:
    rooms = tuple(
        VolumeRoom(name=f"v{it}", size_bytes=it * MB, containers=it % 2) for it in range(12)
    )
    volumes = sections(await asked(usage(volumes=rooms)))["Largest volumes"]
    assert [it.name for it in volumes.rows] == [f"v{it}" for it in range(11, 3, -1)]
    assert volumes.more == "and 4 more with 6.0 MB, of which 2.0 MB could be freed"


async def test_an_empty_engine_says_so() -> None:
    found = sections(await asked(DiskUsage()))
    assert [it.empty for it in found.values()][1:] == [
        "There are no images.",
        "No container has written anything on top of its image.",
        "There are no volumes.",
        "There is no build cache.",
    ]


@pytest.mark.parametrize("words", ["a disk usage operation is already running", "No."])
async def test_a_refusal_is_told_in_the_engines_own_words(words: str) -> None:
    member = known()
    member.disk.error = EngineError(words)
    (section,) = disk(member, NOW)
    assert section.more == f"{words.rstrip('.')}. r asks again."
    assert section.empty == ""
