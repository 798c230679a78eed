"""What is known over time of containers, projects and the whole engine."""

from __future__ import annotations

from typing import cast

import pytest

from dockertui.engine import Engine
from dockertui.model import Container, DockerObject, Event
from dockertui.model.happening import What
from dockertui.model.project import project_id
from dockertui.model.system import ENGINE
from dockertui.model.usage import Reading
from dockertui.sync import Fleet
from dockertui.sync.measurements import FleetMeasurements
from tests.support.detail_screen import container

WEB = container("web-1", engine="here", labels={"com.docker.compose.project": "shop"})
DB = container("db-1", engine="here")
SHOP = DockerObject(id=project_id("shop"), name="shop", engine="here")
ALL = DockerObject(id=ENGINE, name="here", engine="here")


class NamedEngine:
    """An engine that is never asked."""

    def __init__(self, name: str) -> None:
        self.name = name


@pytest.fixture
def fleet() -> Fleet:
    engines = [cast("Engine", NamedEngine(it)) for it in ("here", "there")]
    return Fleet(engines, [Container])


def died(target: Container, at_ns: int) -> Event:
    labels = {"name": target.name, "com.docker.compose.project": target.project, "exitCode": "1"}
    return Event("container", "die", target.id, at_ns, attributes=labels)


def read(fleet: Fleet, target: Container, engine: str = "here") -> None:
    reading = Reading(container_id=target.id, read_ns=10**9, memory_bytes=5)
    fleet.members[engine].measured.take([reading])


def test_each_has_its_own_history(fleet: Fleet) -> None:
    measurements = FleetMeasurements(fleet)
    assert measurements.history(WEB) is None
    read(fleet, WEB)
    read(fleet, DB, "there")
    list(fleet.members["here"].measured.add_up([WEB], age_s=5))
    histories = [measurements.history(it) for it in (WEB, SHOP, ALL)]
    assert all(it is not None and it.last is not None for it in histories)
    assert len({id(it) for it in histories}) == 3
    assert measurements.history(DB) is None


def test_what_happens_to_a_container_happens_to_its_project_and_engine(fleet: Fleet) -> None:
    measurements, chronicle = FleetMeasurements(fleet), fleet.members["here"].chronicle
    chronicle.heed(died(WEB, 1))
    chronicle.heed(died(DB, 2))
    assert [it.container_id for it in measurements.happenings(WEB)] == [WEB.id]
    assert [it.container_id for it in measurements.happenings(SHOP)] == [WEB.id]
    assert [it.what for it in measurements.happenings(ALL)] == [What.FAILED] * 2


def test_who_listens_hears_of_this_object_alone_and_no_more_after(fleet: Fleet) -> None:
    measurements, member = FleetMeasurements(fleet), fleet.members["here"]
    told: list[str] = []
    let_go = [
        measurements.subscribe(it, lambda it=it: told.append(it.name))  # type: ignore[misc] # mypy cannot infer it
        for it in (WEB, SHOP, ALL)
    ]
    read(fleet, DB)
    assert told == []
    read(fleet, WEB)
    assert told == ["web-1"]
    list(member.measured.add_up([WEB], age_s=5))
    assert told[1:] == ["shop", "here"]
    member.chronicle.heed(died(WEB, 3))
    assert told[3:] == ["web-1", "shop", "here"]
    for each in let_go:
        each()
    member.chronicle.heed(died(WEB, 4))
    assert len(told) == 6


def test_what_hinders_is_said_by_who_knows(fleet: Fleet) -> None:
    assert FleetMeasurements(fleet).hindrance(WEB) == ""
    said = FleetMeasurements(fleet, lambda it: f"{it.name} is late.").hindrance(WEB)
    assert said == "web-1 is late."
