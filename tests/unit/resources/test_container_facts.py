"""What the Info tab says of a container."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dockertui.model import Container, ContainerState, Endpoint, Health, Mount, Port, ProcessTable
from dockertui.model.container_detail import ContainerDetail, Probe
from dockertui.resources.container_facts import container_facts
from dockertui.resources.container_tabs import environment, process_sheet
from dockertui.resources.exit_codes import exit_meaning, signal_name
from dockertui.resources.moments import moment
from dockertui.resources.tab import Fact
from dockertui.secrecy import MASK

NOW = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)
WEB = Container(id="a" * 64, name="web-1", image="nginx:1.27", state=ContainerState.RUNNING)
STARTED = ContainerDetail(id=WEB.id, started=NOW - timedelta(hours=2, minutes=14, seconds=31))


def said(
    container: Container = WEB, detail: ContainerDetail = STARTED, now: datetime = NOW
) -> dict[str, str]:
    return {it.label: it.value for it in container_facts(container, detail, now)}


def test_the_uptime_of_a_running_container_counts_from_its_exact_start() -> None:
    assert said()["State"] == "running for 2h 14m 31s"
    assert said(now=NOW + timedelta(seconds=29))["State"] == "running for 2h 15m 0s"
    assert said()["Started"] == moment(STARTED.started)


def test_an_exit_code_is_said_with_its_meaning_and_when_and_after_how_long() -> None:
    ended = replace(
        STARTED, finished=NOW - timedelta(minutes=14, seconds=31), exit_code=137, oom_killed=True
    )
    facts = said(replace(WEB, state=ContainerState.EXITED, exit_code=137), ended)
    assert facts["Exit code"] == "137 (SIGKILL): the kernel killed it, out of memory"
    assert facts["Ended"].endswith("14m ago, after 2h 0m 0s")


def test_a_kill_without_want_of_memory_is_not_called_one() -> None:
    assert "out of memory" not in exit_meaning(137)
    assert "killed by somebody" in exit_meaning(137)


@pytest.mark.parametrize(
    ("code", "word"),
    [
        (0, "without an error"),
        (126, "cannot be executed"),
        (127, "not found"),
        (130, "interrupted"),
        (139, "invalid memory access"),
        (143, "asked to stop"),
    ],
)
def test_the_usual_exit_codes_have_a_meaning(code: int, word: str) -> None:
    assert word in exit_meaning(code)


def test_a_code_of_the_program_itself_is_left_to_the_program() -> None:
    assert exit_meaning(42) == ""
    assert signal_name(200) == ""


def test_memory_that_ran_out_in_a_child_is_told_beside_the_code() -> None:
    assert exit_meaning(1, oom_killed=True).endswith("out of memory")


def test_a_container_that_never_ran_has_no_ending() -> None:
    facts = said(
        replace(WEB, state=ContainerState.CREATED),
        ContainerDetail(id=WEB.id, error="exec: no such file", exit_code=127),
    )
    assert facts["State"] == "created, but it never ran"
    assert facts["Error"] == "exec: no such file"
    assert "Ended" not in facts


def test_a_state_from_the_future_is_told_in_the_engines_words() -> None:
    odd = replace(WEB, state=ContainerState.UNKNOWN, status="Hibernated 2 hours")
    assert said(odd)["State"] == "Hibernated 2 hours"


def test_restarts_by_the_policy_are_counted() -> None:
    facts = said(detail=replace(STARTED, restart_count=3, restart_policy="on-failure"))
    assert facts["Restarted"] == "3 times by its policy"
    assert facts["Restarts"] == "on-failure"


def test_the_newest_probe_comes_first_with_all_of_its_output() -> None:
    probes = (Probe(NOW, 0, "ok\n"), Probe(NOW, 7, "curl: (7)\nrefused\n"))
    sick = replace(STARTED, probes=probes, health_failing_streak=1)
    facts = container_facts(replace(WEB, health=Health.UNHEALTHY), sick, NOW)
    first = next(place for place, it in enumerate(facts) if it.heading and it.label == "Health")
    assert [it.value for it in facts[first + 1 : first + 6]] == [
        "unhealthy, 1 probe failed in a row",
        "failed with exit code 7",
        "curl: (7)\nrefused",
        "passed",
        "ok",
    ]


def test_a_container_without_a_health_check_says_nothing_of_health() -> None:
    assert not any(it.label == "Health" for it in container_facts(WEB, STARTED, NOW))


def test_published_and_exposed_ports_are_told_apart() -> None:
    ports = (Port(9000), Port(80, public=8080, host_ip="0.0.0.0"), Port(53, "udp", 53, "::1"))
    facts = container_facts(replace(WEB, ports=ports), STARTED, NOW)
    assert [(it.label, it.value) for it in facts if "/" in it.value and it.label] == [
        ("published", "[::1]:53 → 53/udp"),
        ("published", "0.0.0.0:8080 → 80/tcp"),
        ("exposed", "9000/tcp, not published"),
    ]


def test_mounts_say_what_they_are_and_whether_they_can_be_written() -> None:
    mounts = (
        Mount("volume", "pgdata", "/data"),
        Mount("volume", "f" * 64, "/cache"),
        Mount("bind", "/etc/app", "/etc/app", writable=False),
        Mount("tmpfs", "", "/tmp"),
    )
    facts = container_facts(replace(WEB, mounts=mounts), STARTED, NOW)
    told = [(it.label, it.value) for it in facts]
    assert ("volume", "pgdata → /data") in told
    assert ("anonymous volume", f"{'f' * 64} → /cache") in told
    assert ("bind", "/etc/app → /etc/app, read only") in told
    assert ("tmpfs", "/tmp") in told


def test_a_network_without_an_address_says_so() -> None:
    facts = said(replace(WEB, networks=(Endpoint("front", "10.0.0.2"), Endpoint("back"))))
    assert facts["front"] == "10.0.0.2"
    assert facts["back"] == "no address"


def test_labels_are_sorted_and_those_with_a_secret_are_masked() -> None:
    labels = {"b": "2", "a": "1", "api.token": "abc"}
    facts = container_facts(replace(WEB, labels=labels), STARTED, NOW)
    start = next(place for place, it in enumerate(facts) if it == Fact("Labels", heading=True))
    assert facts[start + 1 :] == (
        Fact("a", "1"),
        Fact("api.token", "abc", masked=MASK),
        Fact("b", "2"),
    )


def test_a_compose_container_names_its_project_service_and_number() -> None:
    labels = {
        "com.docker.compose.project": "shop",
        "com.docker.compose.service": "web",
        "com.docker.compose.container-number": "2",
    }
    facts = said(replace(WEB, labels=labels))
    assert (facts["Project"], facts["Service"], facts["Number"]) == ("shop", "web", "2")


def test_the_environment_masks_what_looks_secret() -> None:
    env = (("LANG", "C"), ("DB_PASSWORD", "hunter2"), ("URL", "redis://u:p@h"))
    facts = tuple(environment(WEB, replace(STARTED, env=env), NOW))
    assert [it.masked for it in facts] == ["", MASK, f"redis://u:{MASK}@h"]
    assert facts[1].value == "hunter2"


def test_processes_come_busiest_first_where_the_engine_says_how_busy() -> None:
    titles = ("PID", "%CPU", "COMMAND")
    rows = (("1", "0.5", "init"), ("7", "12.0", "work"), ("9", "?", "odd"))
    assert [it[0] for it in process_sheet(ProcessTable(titles, rows)).rows] == ["7", "1", "9"]


def test_processes_of_one_column_are_shown_as_they_come() -> None:
    odd = ProcessTable(("PID   USER     COMMAND",), (("1 root sh",), ()))
    sheet = process_sheet(odd)
    assert [it.title for it in sheet.columns] == ["PID   USER     COMMAND"]
    assert [sheet.columns[0].value(row) for row in sheet.rows] == ["1 root sh", ""]
