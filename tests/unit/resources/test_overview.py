"""What an engine's overview says, from what is known of it."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from datetime import timedelta

import pytest

from dockertui.engine import Forbidden, Problem, ProblemKind
from dockertui.model import Container, ContainerState, EngineInfo, Health, Key
from dockertui.resources import cells, exit_codes, overview
from dockertui.resources.host_tabs import TABS
from dockertui.resources.overview.eaters import eaters
from dockertui.resources.overview.happenings import all_events
from dockertui.resources.overview.machine import machine
from dockertui.resources.overview.section import Section
from dockertui.resources.overview.troubles import what_is_wrong
from dockertui.store import Store
from dockertui.sync import Link, Member, Phase, Watcher
from tests.unit.resources.known import (
    NOW,
    container,
    exited,
    failed,
    happened,
    host,
    known,
    measured,
    texts,
)

MODULES = [it.name for it in pkgutil.walk_packages(overview.__path__, f"{overview.__name__}.")]


def wrong(member: Member) -> Section:
    (section,) = what_is_wrong(member, NOW)
    return section


def said(member: Member) -> list[str]:
    """What is wrong, in words."""
    return texts(wrong(member))


@pytest.mark.parametrize("name", [*MODULES, cells.__name__, exit_codes.__name__])
def test_what_a_docstring_shows_is_so(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_when_nothing_is_wrong_it_says_so() -> None:
    member = known(container("web"), exited("job", 0, 60))
    assert said(member) == []
    assert wrong(member).empty == "Nothing is wrong. 1 of 2 containers run."
    assert wrong(known()).empty == "Nothing is wrong. There are no containers."


def test_nothing_is_claimed_before_the_engine_has_said_anything() -> None:
    engine, store = known().engine, Store()
    member = Member(engine, store, Watcher(engine, store, [Container]))
    assert wrong(member).empty == "Asking the engine…"


def test_a_failure_is_explained() -> None:
    member = known(exited("web", 127, 180))
    assert said(member) == ["✖ 3m web failed with exit code 127: its command was not found"]


def test_a_kill_for_memory_is_told_as_one() -> None:
    member = known(exited("web", 137, 60))
    failed(member, 60, code=137, oom=True)
    (line,) = said(member)
    assert line == (
        "✖ 1m web failed with exit code 137 (SIGKILL): the kernel killed it, out of memory"
    )


def test_who_was_asked_to_end_is_not_wrong() -> None:
    member = known(exited("web", 137, 60))
    happened(member, 61, "kill", signal="9")
    failed(member, 60, code=137)
    assert said(member) == []
    assert wrong(member).more == "Ended with an error, but longer ago or as asked: web."


def test_a_failure_of_long_ago_is_only_named() -> None:
    member = known(*(exited(f"job-{it}", 1, 7200) for it in range(5)))
    assert said(member) == []
    assert wrong(member).more == (
        "Ended with an error, but longer ago or as asked: job-0, job-1, job-2 and 2 more."
    )


def test_a_loop_is_seen_while_it_runs() -> None:
    member = known(container("web"))
    for ago in range(500, 0, -100):
        failed(member, ago, code=78)
        happened(member, ago - 20, "start")
    assert said(member) == ["↻ 1m web restarted 5 times in 10m; last exit code 78"]


def test_a_loop_is_seen_while_it_waits() -> None:
    waiting = container("web", state=ContainerState.RESTARTING, exit_code=78)
    assert said(known(waiting)) == ["↻ web restarting; last exit code 78"]


def test_restarts_of_long_ago_are_no_loop() -> None:
    member = known(container("web"))
    failed(member, 1200, code=3)
    happened(member, 1199, "start")
    assert said(member) == ["! 20m web failed with exit code 3; it runs again"]


def test_what_was_more_than_an_hour_ago_is_past() -> None:
    member = known(container("web"))
    failed(member, 3700, code=3)
    happened(member, 3699, "start")
    assert said(member) == []


def test_the_unhealthy_are_told_with_the_time_if_it_is_known() -> None:
    member = known(
        container("web", health=Health.UNHEALTHY), container("db", health=Health.UNHEALTHY)
    )
    happened(member, 120, "health_status", detail="unhealthy")
    assert said(member) == [
        "! 2m web unhealthy: its health check fails",
        "! db unhealthy: its health check fails",
    ]


def test_who_is_near_its_limit_is_told() -> None:
    member = known(container("web"), container("db"), container("big"), host=host())
    measured(member, "web", mib=250, limit_mib=256)
    measured(member, "db", mib=100, limit_mib=256)
    measured(member, "big", mib=1000)
    assert said(member) == [
        "! big takes 1000.0M of memory, 98% of all there is, 1.0G",
        "! web takes 250.0M of memory, 98% of its limit, 256.0M",
    ]


def test_a_process_killed_within_is_told_though_it_runs_on() -> None:
    member = known(container("web"))
    happened(member, 60, "oom")
    assert said(member) == ["✖ 1m web the kernel killed a process in it, out of memory"]


def test_all_that_is_wrong_with_one_is_told_together() -> None:
    member = known(container("web", health=Health.UNHEALTHY), host=host())
    failed(member, 60, code=1)
    happened(member, 59, "start")
    measured(member, "web", mib=250, limit_mib=256)
    (line,) = said(member)
    assert "restarted 1 time in 10m; last exit code 1" in line
    assert "; unhealthy: its health check fails; takes 250.0M" in line


def test_the_dead_are_told() -> None:
    member = known(container("web", state=ContainerState.DEAD))
    assert said(member) == ["✖ web dead: the engine could not remove it"]


def test_who_failed_and_is_gone_is_told_in_one_line() -> None:
    member = known(container("web"))
    for place in range(5):
        failed(member, 100 - place, f"job-{place}", 2)
    (line,) = said(member)
    assert line == (
        "! 1m gone by now 5 containers failed and were removed, the last with exit code 2: "
        "job-4, job-3, job-2 and 2 more"
    )
    assert wrong(member).rows[0].target is None


def test_warnings_are_told_in_the_engines_own_words_and_last() -> None:
    member = known(exited("web", 1, 60), host=host(warnings=("No swap limit support", "Slow")))
    assert [it.partition(" ")[2] for it in said(member)[1:]] == [
        "engine warns No swap limit support",
        "engine warns Slow",
    ]


def test_a_lost_engine_is_the_worst() -> None:
    member = known(exited("web", 1, 60))
    problem = Problem(ProblemKind.REFUSED, "Nobody answers at unix:///nowhere.")
    member.watcher.link = Link(Phase.LOST, EngineInfo(), problem)
    assert said(member)[0] == (
        "✖ fake The engine does not answer: Nobody answers at unix:///nowhere."
    )


def test_the_worst_comes_first_and_of_equals_the_last() -> None:
    member = known(
        exited("old", 1, 600),
        exited("new", 1, 60),
        container("sick", health=Health.UNHEALTHY),
        container("loop", state=ContainerState.RESTARTING),
    )
    assert [it.name for it in wrong(member).rows] == ["loop", "sick", "new", "old"]


def test_a_line_leads_to_its_container() -> None:
    section = wrong(known(exited("web", 1, 60)))
    assert section.target(section.rows[0]) == Key("fake", "web")


def test_a_line_is_the_same_while_its_words_change() -> None:
    member = known(exited("web", 1, 60))
    before = wrong(member)
    (after,) = what_is_wrong(member, NOW + timedelta(seconds=70))
    assert before.key(before.rows[0]) == after.key(after.rows[0])
    assert texts(before) != texts(after)


def test_times_are_those_of_the_engines_clock() -> None:
    member = known(exited("web", 1, 0), host=host(clock_ahead_s=120))
    failed(member, 0)
    assert said(member)[0].startswith("✖ 2m web")


def test_those_who_use_most_come_first() -> None:
    names = [f"c{it}" for it in range(7)]
    member = known(*map(container, names), host=host())
    for place, name in enumerate(names):
        measured(member, name, cpu_percent=10 * place, mib=100 - place, limit_mib=200)
    list(member.measured.add_up(member.store.snapshot(Container).values(), age_s=10))
    cpu, memory = eaters(member, NOW)
    assert [it.container.name for it in cpu.rows] == ["c6", "c5", "c4", "c3", "c2"]
    assert texts(cpu)[0] == "c6 ━━━━━━━━━━━━ 60%"
    assert cpu.note == "210% of 400%"
    assert [it.container.name for it in memory.rows] == ["c0", "c1", "c2", "c3", "c4"]
    assert texts(memory)[0] == "c0 ━━━━━━━━━━━━ 100.0M 50% of 200.0M"
    assert memory.note == "679.0M of 1.0G"


def test_what_is_not_measured_is_not_zero() -> None:
    member = known(container("web"))
    cpu, memory = eaters(member, NOW)
    assert (cpu.rows, memory.rows) == ([], [])
    assert cpu.empty == memory.empty == "– Nothing is measured yet."
    assert (cpu.note, memory.note) == ("", "")
    measured(member, "web", cpu_percent=None, mib=5)
    cpu, memory = eaters(member, NOW)
    assert cpu.rows == []
    assert len(memory.rows) == 1


def test_without_a_limit_none_is_told() -> None:
    member = known(container("web"), host=host())
    measured(member, "web", mib=512)
    assert texts(eaters(member, NOW)[1]) == ["web ━━━━━━━━━━━━ 512.0M"]


def test_an_idle_machine_has_no_bars() -> None:
    member = known(container("web"), host=host())
    measured(member, "web", cpu_percent=0.0)
    assert texts(eaters(member, NOW)[0]) == ["web 0%"]


def test_the_machine_is_described() -> None:
    member = known(
        container("web"),
        exited("job", 0, 5),
        host=host(
            hostname="harbour",
            version="27.1.1",
            system="Debian GNU/Linux 12",
            kernel="6.1",
            storage_driver="overlay2",
            file_system="extfs",
            cgroup_version="2",
            cgroup_driver="systemd",
            runtimes=("runc", "kata"),
            swarm="active",
            is_manager=True,
            is_rootless=True,
            live_restore=True,
            clock_ahead_s=-200.0,
        ),
    )
    member.watcher.link = Link(Phase.UP, EngineInfo(api_version="1.46"))
    (section,) = machine(member, NOW)
    assert section.note == "harbour"
    assert texts(section) == [
        "Engine Docker 27.1.1, API 1.46",
        "System Debian GNU/Linux 12",
        "Kernel 6.1",
        "Has 4 cores and 1.0G of memory",
        "Containers 1 running, 1 exited",
        "Storage overlay2 on extfs",
        "Cgroups version 2, by systemd",
        "Runtime runc, or kata",
        "Rootless it runs as an ordinary user",
        "Restarts containers outlive the engine's own",
        "Swarm active, as a manager",
        "Clock 3m behind the one here",
    ]


def test_what_all_use_is_told_if_it_is_measured() -> None:
    member = known(container("web"), host=host())
    measured(member, "web", cpu_percent=25, mib=64)
    list(member.measured.add_up(member.store.snapshot(Container).values(), age_s=10))
    (section,) = machine(member, NOW)
    assert "Used 25% CPU, 64.0M of memory" in texts(section)


def test_an_engine_that_does_not_describe_itself_says_why() -> None:
    member = known()
    (section,) = machine(member, NOW)
    assert section.more == "Asking the engine…"
    member.host.error = Forbidden("/info is not allowed here")
    (section,) = machine(member, NOW)
    assert section.more == "The engine does not describe itself: /info is not allowed here"
    assert texts(section) == ["Containers none"]


def test_all_events_are_told_the_newest_first() -> None:
    member = known(container("web"))
    happened(member, 60, "create")
    happened(member, 59, "start")
    failed(member, 30, code=137, oom=True)
    failed(member, 20, "gone", 3)
    (section,) = all_events(member, NOW)
    words = [it.partition(" ")[2] for it in texts(section)]
    assert words == [
        "gone failed with exit code 3",
        "web failed with exit code 137 (SIGKILL): the kernel killed it, out of memory",
        "web the kernel killed a process in it, out of memory",
        "web started",
        "web was created",
    ]
    assert section.note.startswith("5 events since ")
    assert [section.target(it) for it in section.rows[:2]] == [None, Key("fake", "web")]


def test_without_events_it_says_so() -> None:
    (section,) = all_events(known(), NOW)
    assert section.rows == ()
    assert section.empty.startswith("Nothing has happened")


def test_each_tab_has_a_title_and_a_sentence() -> None:
    assert [it.title for it in TABS] == ["Overview", "Disk", "Stats", "Events"]
    assert all(it.help.endswith(".") for it in TABS)
