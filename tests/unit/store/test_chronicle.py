"""A chronicle keeps what happened to containers, in whatever order it is told, and once each."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockertui.model import Event
from dockertui.model.happening import Happening, What
from dockertui.store.chronicle import Chronicle

NS = 1_000_000_000
START = 1_700_000_000
MOST = 2_000


def event(at_s: float, action: str, id_: str = "web", detail: str = "", **said: str) -> Event:
    attributes = {"name": f"{id_}-1", "com.docker.compose.project": "shop", **said}
    at_ns = START * NS + round(at_s * NS)
    return Event("container", action, id_, at_ns, attributes, detail)


def killed(at_s: float, signal: str = "15") -> Event:
    return event(at_s, "kill", signal=signal)


def died(at_s: float, code: int = 1, id_: str = "web") -> Event:
    return event(at_s, "die", id_, exitCode=str(code))


def told(*events: Event) -> Chronicle:
    chronicle = Chronicle()
    for each in events:
        chronicle.heed(each)
    return chronicle


def kinds(chronicle: Chronicle) -> list[What]:
    return [it.what for it in chronicle.all]


def test_a_life_is_told_in_its_own_words() -> None:
    chronicle = told(
        event(0, "create"),
        event(1, "start"),
        event(2, "health_status", detail="healthy"),
        event(3, "health_status", detail="unhealthy"),
        event(4, "pause"),
        event(5, "unpause"),
        died(6, 0),
        event(7, "destroy"),
    )
    assert kinds(chronicle) == [
        *(What.CREATED, What.STARTED, What.HEALTHY, What.UNHEALTHY),
        *(What.PAUSED, What.RESUMED, What.ENDED, What.REMOVED),
    ]
    assert chronicle.all[6] == Happening(
        what=What.ENDED,
        at_ns=(START + 6) * NS,
        container_id="web",
        name="web-1",
        project="shop",
        exit_code=0,
    )


def test_what_is_no_happening_is_passed_over() -> None:
    chronicle = told(
        event(0, "attach"),
        event(1, "health_status", detail="starting"),
        Event("image", "pull", "x", NS),
        Event("network", "start", "x", NS),
    )
    assert not chronicle.all
    assert chronicle.told == 0


def test_who_ends_with_an_error_unasked_has_failed() -> None:
    (failed,) = told(died(0, 137)).all
    assert (failed.what, failed.exit_code, failed.asked) == (What.FAILED, 137, False)


@pytest.mark.parametrize("code", [0, 1, 137, 143])
def test_who_is_asked_to_end_has_not_failed(code: int) -> None:
    (ended,) = told(killed(0), killed(9, "9"), died(9.1, code)).all
    assert (ended.what, ended.exit_code, ended.asked) == (What.ENDED, code, True)


def test_a_stop_that_takes_its_time_was_asked_for() -> None:
    assert kinds(told(killed(0), died(299, 137))) == [What.ENDED]
    assert kinds(told(killed(0), died(301, 137))) == [What.FAILED]


@pytest.mark.parametrize("signal", ["1", "10", "12", "28"])
def test_a_signal_to_reload_does_not_ask_to_end(signal: str) -> None:
    assert kinds(told(killed(0, signal), died(5, 1))) == [What.FAILED]


def test_who_does_end_of_a_signal_to_reload_was_asked() -> None:
    assert kinds(told(killed(0, "1"), died(0.1, 129))) == [What.ENDED]


def test_a_crash_soon_after_a_restart_was_not_asked_for() -> None:
    chronicle = told(killed(0), died(1, 143), event(2, "start"), died(10, 1))
    assert kinds(chronicle) == [What.ENDED, What.STARTED, What.FAILED]


def test_a_signal_to_another_asks_nothing() -> None:
    chronicle = told(event(0, "kill", "db", signal="9"), died(1, 137))
    assert kinds(chronicle) == [What.FAILED]


def test_a_kill_for_memory_is_told_with_the_end() -> None:
    chronicle = told(event(0, "start"), event(5, "oom"), died(5.1, 137))
    assert kinds(chronicle) == [What.STARTED, What.OUT_OF_MEMORY, What.FAILED]
    assert all(it.what.is_bad for it in chronicle.all[1:])


def test_podman_says_the_exit_code_in_its_own_way() -> None:
    said = Event("container", "die", "web", NS, {"containerExitCode": "3"})
    (failed,) = told(said).all
    assert (failed.what, failed.exit_code) == (What.FAILED, 3)


def test_an_end_without_a_code_is_no_failure() -> None:
    (ended,) = told(Event("container", "die", "web", NS, {"exitCode": "?"})).all
    assert (ended.what, ended.exit_code) == (What.ENDED, None)


LIFE = [
    event(0, "create"),
    event(1, "start"),
    killed(2),
    died(3, 143),
    event(4, "start"),
    event(5, "oom"),
    died(6, 137),
    event(7, "start"),
    died(8, 1),
]


def test_what_is_told_again_is_kept_once() -> None:
    once = told(*LIFE)
    twice = told(*LIFE, *LIFE, died(3, 143), died(6, 137))
    assert list(twice.all) == list(once.all)
    assert twice.told == once.told == 8


def test_what_comes_late_has_its_place_in_time() -> None:
    assert list(told(*LIFE[4:], *LIFE[:4]).all) == list(told(*LIFE).all)


@given(st.lists(st.sampled_from([*LIFE, *LIFE]), max_size=30))
def test_whatever_comes_is_in_the_order_of_time_and_kept_once(events: list[Event]) -> None:
    all_ = told(*events).all
    assert [it.at_ns for it in all_] == sorted({it.at_ns for it in all_})
    assert len(all_) == len({it for it in events if it.action != "kill"})


def test_things_of_the_same_moment_are_all_kept() -> None:
    same = [event(1, "start"), event(1, "start", "db"), event(1, "oom")]
    for order in permutations(same):
        assert {(it.container_id, it.what) for it in told(*order).all} == {
            ("web", What.STARTED),
            ("db", What.STARTED),
            ("web", What.OUT_OF_MEMORY),
        }


def test_only_so_many_are_kept_the_newest() -> None:
    chronicle = told(*(event(it, "start", f"c{it}") for it in range(MOST + 50)))
    assert len(chronicle.all) == MOST
    assert chronicle.all[0].container_id == "c50"
    assert chronicle.told == MOST + 50
    chronicle.heed(event(0, "oom", "late"))
    assert len(chronicle.all) == MOST
    assert all(it.container_id != "late" for it in chronicle.all)


def test_one_may_ask_for_some_containers_and_some_time() -> None:
    chronicle = told(event(0, "start"), event(5, "start", "db"), event(9, "oom"))
    assert [it.what for it in chronicle.of(["web"])] == [What.STARTED, What.OUT_OF_MEMORY]
    assert [it.container_id for it in chronicle.since((START + 5) * NS)] == ["db", "web"]
    assert chronicle.since((START + 10) * NS) == []


def test_listeners_hear_each_thing_once_until_they_leave() -> None:
    chronicle = Chronicle()
    heard: list[What] = []
    leave = chronicle.subscribe(lambda it: heard.append(it.what))
    for each in (died(1), died(1), killed(2)):
        chronicle.heed(each)
    leave()
    chronicle.heed(died(3))
    assert heard == [What.FAILED]


def test_a_loop_is_counted_by_its_new_beginnings() -> None:
    loop = [it for at in range(0, 60, 10) for it in (event(at, "start"), died(at + 9, 78))]
    chronicle = told(*loop)
    assert chronicle.restarts(0) == {"web": 5}
    assert chronicle.restarts((START + 20) * NS) == {"web": 4}
    assert chronicle.restarts((START + 60) * NS) == {}


def test_a_loop_without_errors_is_one_all_the_same() -> None:
    loop = [it for at in range(0, 30, 10) for it in (event(at, "start"), died(at + 9, 0))]
    assert told(*loop).restarts(0) == {"web": 2}


def test_a_restart_by_hand_is_none_of_its_own() -> None:
    chronicle = told(event(0, "start"), killed(5), died(6, 143), event(7, "start"))
    assert chronicle.restarts(0) == {}


def test_the_restarts_of_several_are_counted_apart() -> None:
    chronicle = told(died(0), died(1, 1, "db"), event(2, "start"), event(3, "start", "db"))
    assert chronicle.restarts(0) == {"web": 1, "db": 1}


def test_an_end_just_after_a_kill_for_memory_is_because_of_it() -> None:
    (_, killed_, _, later) = told(
        event(0, "oom"), died(0.2, 137), event(1, "start"), died(9, 1)
    ).all
    assert (killed_.out_of_memory, later.out_of_memory) == (True, False)


def test_a_kill_for_memory_of_another_is_none() -> None:
    (_, ended) = told(event(0, "oom", "db"), died(0.2, 137)).all
    assert not ended.out_of_memory
