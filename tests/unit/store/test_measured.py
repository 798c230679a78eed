"""What is measured is told of, added up, and forgotten when it is no longer true."""

from __future__ import annotations

from collections.abc import Collection

from dockertui.model import Container, ContainerState
from dockertui.model.project import project_id
from dockertui.model.system import ENGINE
from dockertui.model.usage import Metric, Reading
from dockertui.store.measured import Measured

S = 10**9


def reading(id_: str, at_s: float, cpu_s: float = 0.0, memory: int = 100) -> Reading:
    return Reading(
        container_id=id_, read_ns=round(at_s * S), cpu_ns=round(cpu_s * S), memory_bytes=memory
    )


def container(id_: str, project: str = "") -> Container:
    labels = {"com.docker.compose.project": project} if project else {}
    return Container(id=id_, name=id_, state=ContainerState.RUNNING, labels=labels)


def cpu(measured: Measured, id_: str) -> float | None:
    usage = measured.now(id_)
    return None if usage is None else usage.cpu_percent


def test_the_first_reading_has_no_rate_and_the_second_has() -> None:
    measured = Measured()
    measured.take([reading("a", 10, 1)])
    assert cpu(measured, "a") is None
    measured.take([reading("a", 12, 2)])
    assert cpu(measured, "a") == 50.0
    history = measured.history("a")
    assert history is not None
    assert history.last == measured.now("a")


def test_who_was_measured_is_told_once_a_batch() -> None:
    measured, told = Measured(), list[Collection[str]]()
    let_go = measured.subscribe(told.append)
    measured.take([reading("a", 10), reading("b", 10)])
    measured.take([])
    assert told == [["a", "b"]]
    let_go()
    measured.take([reading("a", 11)])
    assert len(told) == 1


def test_a_reading_that_was_taken_already_is_no_news() -> None:
    measured, told = Measured(), list[Collection[str]]()
    measured.take([reading("a", 10, 1)])
    measured.subscribe(told.append)
    measured.take([reading("a", 10, 1), reading("a", 9, 1)])
    assert told == []


def test_projects_and_the_engine_are_the_sums_of_what_runs_in_them() -> None:
    measured = Measured()
    for at_s, cpu_s in ((10, 0.0), (12, 1.0)):
        measured.take(reading(it, at_s, cpu_s) for it in "abc")
    list(measured.add_up([container("a", "shop"), container("b", "shop"), container("c")], age_s=5))
    assert cpu(measured, project_id("shop")) == 100.0
    assert cpu(measured, ENGINE) == 150.0
    engine = measured.now(ENGINE)
    assert engine is not None
    assert engine.memory_bytes == 300
    assert engine.received_per_s is None


def test_figures_that_are_too_old_do_not_count() -> None:
    measured = Measured()
    measured.take([reading("a", 10), reading("b", 10)])
    measured.take([reading("a", 30)])
    list(measured.add_up([container("a"), container("b")], age_s=10))
    engine = measured.now(ENGINE)
    assert engine is not None
    assert engine.memory_bytes == 100


def test_a_project_whose_containers_all_stopped_uses_nothing_that_is_known() -> None:
    measured = Measured()
    measured.take([reading("a", 10)])
    list(measured.add_up([container("a", "shop")], age_s=5))
    measured.forget_now(["a"])
    list(measured.add_up([container("a", "shop")], age_s=5))
    assert measured.now(project_id("shop")) is None
    assert measured.history(project_id("shop")) is not None


def test_what_stopped_is_not_known_now_but_its_history_stays() -> None:
    measured, told = Measured(), list[Collection[str]]()
    measured.take([reading("a", 10, 1), reading("a", 11, 2)])
    measured.subscribe(told.append)
    measured.forget_now(["a", "unknown"])
    assert measured.now("a") is None
    assert measured.history("a") is not None
    assert told == [["a"]]
    measured.take([reading("a", 20, 0.5)])
    assert cpu(measured, "a") is None


def test_what_is_gone_is_forgotten_whole() -> None:
    measured = Measured()
    measured.take([reading("a", 10)])
    measured.forget(["a"])
    assert measured.history("a") is None


def test_an_order_goes_by_the_mean_of_the_last_seconds() -> None:
    measured = Measured()
    used_s = 0.0
    for second in range(20):
        measured.take([reading("a", 100 + second, used_s)])
        used_s += 1.0 if second % 2 else 0.0
    history = measured.history("a")
    assert history is not None
    steady = history.lately(Metric.CPU, 10)
    assert steady is not None
    assert 40 < steady < 60


def test_adding_up_lets_others_have_their_turn_when_there_are_many() -> None:
    measured = Measured()
    measured.take(reading(str(it), 10) for it in range(1000))
    containers = [container(str(it), f"project {it}") for it in range(1000)]
    assert len(list(measured.add_up(containers[:200], age_s=5))) == 0
    assert len(list(measured.add_up(containers, age_s=5))) > 6
    engine = measured.now(ENGINE)
    assert engine is not None
    assert engine.memory_bytes == 100_000
