"""The small parts that a followed log is made of."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from dockertui.engine import EngineError, Forbidden, NotSupported, ObjectNotFound
from dockertui.engine.translate import error_for
from dockertui.model import Container, ContainerState, Event
from dockertui.store.log_record import split_record
from dockertui.sync.log_history import most_lines, without_known
from dockertui.sync.log_pace import LogPace
from dockertui.sync.log_reasons import why_nothing, why_unread
from dockertui.sync.log_rules import Coroner, Death, RuleQueue, same_place
from dockertui.sync.log_sources import short_names, sources_of
from dockertui.sync.log_span import LogSpan
from dockertui.sync.log_times import SECOND_NS, stamp_of

NOW_S = 1_795_435_200.0


def record(age_s: float, text: str = "x") -> bytes:
    """A line that was written so long before now."""
    return f"1{stamp_of(round((NOW_S - age_s) * SECOND_NS))} {text}\n".encode()


def container(
    name: str, state: ContainerState = ContainerState.RUNNING, **labels: str
) -> Container:
    """A container as a list has it."""
    prefix = "com.docker.compose."
    marked = {f"{prefix}{key.replace('_', '-')}": value for key, value in labels.items()}
    return Container(id=name, name=name, state=state, labels=marked)


def test_spans_go_round() -> None:
    span, seen = LogSpan(), []
    for _ in range(6):
        span = span.next_since()
        seen.append(span.words)
    assert seen == ["last 1m", "last 5m", "last 15m", "last 1h", "last 6h", "last 2,000 lines"]
    assert LogSpan().next_tail().next_tail().words == "all"
    assert LogSpan(tail=None).next_tail() == LogSpan(tail=200)
    assert LogSpan(since_s=3_600).next_until().words == "1h to 1m ago"


def test_a_log_is_behind_only_while_it_is_busy() -> None:
    pace = LogPace(NOW_S)
    pace.note(record(0.1), NOW_S + 0.1)
    assert pace.status(NOW_S + 0.1, 1) == ""
    pace.note(record(-1), NOW_S + 10.0)
    assert pace.status(NOW_S + 10.0, 2) == ""
    pace.note(record(-1), NOW_S + 10.2)
    assert pace.status(NOW_S + 10.2, 3) == "behind by 9 s"
    assert pace.status(NOW_S + 10.8, 3) == ""


def test_being_behind_does_not_flicker() -> None:
    pace = LogPace(NOW_S)
    pace.note(record(0), NOW_S)
    said = []
    for step, lag_s in enumerate([1.8, 2.2, 1.8, 1.2, 0.8, 1.8, 2.2]):
        now_s = NOW_S + 1 + step * 0.1
        pace.note(record(NOW_S - now_s + lag_s), now_s)
        said.append(bool(pace.status(now_s, 1)))
    assert said == [False, True, True, True, False, False, True]


def test_a_long_history_says_where_it_is() -> None:
    pace = LogPace(NOW_S)
    for step in range(1, 8):
        pace.note(record(3_600 - step), NOW_S + step * 0.1)
    status = pace.status(NOW_S + 0.7, 120_000)
    assert status.startswith("reading: ")
    assert status.endswith(", 120,000 lines so far")


@pytest.mark.parametrize(
    ("code", "oom", "words"),
    [
        ("0", False, "exited 0"),
        ("137", True, "exited 137, out of memory"),
        ("137", False, "exited 137, killed"),
        ("3", False, "exited 3"),
        ("odd", False, ""),
    ],
)
def test_a_death_is_told_by_its_events(code: str, oom: bool, words: str) -> None:
    coroner = Coroner()
    if oom:
        assert coroner.heed(Event("container", "oom", "a", 1)) is None
    death = coroner.heed(Event("container", "die", "a", 2, {"exitCode": code}))
    assert death is not None
    assert death.outcome == words


def test_want_of_memory_is_forgotten_with_the_next_start() -> None:
    coroner = Coroner()
    for action in ("oom", "start"):
        coroner.heed(Event("container", action, "a", 1))
    assert coroner.heed(Event("container", "die", "a", 2, {"exitCode": "1"})) == Death(2, 1)


def test_a_rule_stands_before_the_first_later_line() -> None:
    rules = RuleQueue()
    rules.add(round((NOW_S - 5) * SECOND_NS), "restarted")
    before = record(9, "old") + record(6, "older still")
    assert rules.place(before) == before
    placed = rules.place(record(5, "same moment") + record(4, "new"))
    lines = [split_record(it).text for it in placed.split(b"\n")[:-1]]
    assert lines == [b"same moment", b"restarted", b"new"]
    assert not rules
    assert rules.take() == b""


def test_a_place_is_a_name_or_a_services_number() -> None:
    web = container("shop-web-1", project="shop", service="web", container_number="1")
    assert same_place(web, replace(web, id="b", name="abc_shop-web-1"))
    assert same_place(container("job"), replace(container("job"), id="b"))
    assert not same_place(web, container("x", project="shop", service="web", container_number="2"))
    once = container(
        "shop-web-run-1", project="shop", service="web", container_number="1", oneoff="True"
    )
    assert not same_place(web, once)


def test_known_lines_are_left_out_as_often_as_they_are_known() -> None:
    lines = record(3, "a") + record(2, "same") + record(2, "same")
    assert without_known(lines, Counter([record(2, "same")])) == record(3, "a") + record(2, "same")


def test_a_long_line_may_be_several_to_the_engine() -> None:
    assert most_lines(record(1, "x" * 40_000)) == 3


def test_sources_are_told_apart_by_as_little_as_it_takes() -> None:
    assert short_names(["shop-web-1", "shop-web-2"]) == ["web-1", "web-2"]
    assert short_names(["web", "web"]) == ["web", "web"]
    sources = sources_of([replace(container("a-web"), engine="east"), container("a-db")])
    assert [(it.tag, it.number, it.short) for it in sources.values()] == [
        (b"A", 0, "web"),
        (b"B", 1, "db"),
    ]


def test_why_there_is_nothing_is_said_with_what_to_do() -> None:
    web = container("web")
    assert why_nothing(web, LogSpan(since_s=900)) == (
        "No lines in the last 15 minutes. Press s for a longer time."
    )
    assert why_nothing(web, LogSpan(since_s=3_600)).startswith("No lines in the last hour.")
    assert "no time at all" in why_nothing(web, LogSpan(since_s=60, until_s=300))
    assert why_nothing(None, LogSpan()).startswith("It has been removed")
    created = container("web", ContainerState.CREATED)
    assert why_nothing(created, LogSpan(since_s=60)).startswith("It has never run")


def test_every_refusal_is_explained() -> None:
    refused = error_for(403, b"<html>Forbidden</html>")
    assert isinstance(refused, Forbidden)
    assert "must allow" in why_unread(refused)
    assert "--log-driver" in why_unread(NotSupported("does not support reading"))
    assert why_unread(ObjectNotFound("x")).startswith("It has been removed")
    assert why_unread(EngineError("It hurts.")).endswith("The engine says: It hurts.")
