"""What engines and BuildKit say of work that lasts."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dockertui.engine.payload.buildkit import Solve
from dockertui.engine.payload.image import parse_layer_sizes
from dockertui.engine.payload.progress import failure_in, words_in
from dockertui.model.progress import Phase, Progress


def only(payload: dict[str, Any]) -> Progress:
    (word,) = words_in(payload)
    return word


@pytest.mark.parametrize(
    ("status", "phase"),
    [
        ("Pulling fs layer", Phase.WAITING),
        ("Downloading", Phase.MOVING),
        ("Download complete", Phase.MOVED),
        ("Extracting", Phase.UNPACKING),
        ("Pull complete", Phase.DONE),
        ("Layer already exists", Phase.KEPT),
        ("Mounted from library/busybox", Phase.KEPT),
        ("Retrying in 5 seconds", Phase.WAITING),
    ],
)
def test_a_layers_status_means_a_phase(status: str, phase: Phase) -> None:
    detail = {"current": 5, "total": 9}
    word = only({"status": status, "id": "abc", "progressDetail": detail})
    assert (word.part, word.status, word.phase, word.done, word.total) == (
        "abc",
        status,
        phase,
        5,
        9,
    )


def test_seconds_are_not_taken_for_bytes() -> None:
    detail = {"current": 3, "units": "s"}
    assert only({"status": "Extracting", "id": "abc", "progressDetail": detail}).done == 0


def test_all_else_is_a_line() -> None:
    assert only({"status": "Pulling from library/nginx", "id": "1.27"}).line == (
        "1.27: Pulling from library/nginx"
    )
    assert only({"status": "Digest: sha256:1"}).line == "Digest: sha256:1"


def test_a_builders_output_is_lines_and_steps() -> None:
    first, second = words_in({"stream": "Step 2/7 : RUN make\n\n \x1b[31mred\x1b[0m\r\n"})
    assert (first.step, first.steps, first.line) == (2, 7, "Step 2/7 : RUN make")
    assert second.line == " \x1b[31mred\x1b[0m"


def test_a_failure_is_told_in_full() -> None:
    assert failure_in({"errorDetail": {"code": 1, "message": "a\nb"}, "error": "a"}) == "a\nb"
    assert failure_in({"error": "denied"}) == "denied"
    assert failure_in({"status": "error"}) == ""


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda it: st.lists(it, max_size=3) | st.dictionaries(st.text(max_size=9), it, max_size=3),
    max_leaves=8,
)
keys = st.sampled_from(
    [
        *("status", "id", "progressDetail", "stream", "error", "errorDetail", "aux", "data"),
        *("vertexes", "statuses", "logs", "warnings", "digest", "name", "vertex", "started"),
    ]
)


@settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(keys, json | st.lists(st.dictionaries(keys, json), max_size=3)))
def test_whatever_is_said_raises_nothing(payload: dict[str, Any]) -> None:
    list(words_in(payload))
    failure_in(payload)
    list(Solve().words(payload))


BASE = "[1/2] FROM docker.io/library/busybox"


def vertex(digest: str, name: str, **more: Any) -> dict[str, Any]:
    return {"digest": digest, "name": name, **more}


def log(digest: str, text: str) -> dict[str, Any]:
    return {"vertex": digest, "stream": 1, "data": base64.b64encode(text.encode()).decode()}


def test_a_build_of_buildkit_is_steps_lines_and_transfers() -> None:
    solve = Solve()
    began, ended = "2026-11-23T12:00:00Z", "2026-11-23T12:00:01Z"
    first = list(
        solve.words(
            {
                "vertexes": [
                    vertex("a", "[internal] load build definition", started=began),
                    vertex("b", BASE, started=began),
                    vertex("c", "[2/2] RUN make"),
                ],
                "statuses": [
                    {"id": "sha256:0123456789abcdef", "vertex": "b", "current": 3, "total": 9}
                ],
            }
        )
    )
    assert [it.line for it in first if it.line] == [
        "#1 [internal] load build definition",
        "#2 [1/2] FROM docker.io/library/busybox",
    ]
    assert [(it.step, it.steps) for it in first if it.step] == [(1, 2)]
    moving = first[-1]
    assert (moving.part, moving.done, moving.total) == ("0123456789ab", 3, 9)
    then = list(
        solve.words(
            {
                "vertexes": [
                    vertex(
                        "b", "[1/2] FROM docker.io/library/busybox", completed=ended, cached=True
                    ),
                    vertex("c", "[2/2] RUN make", started=began),
                ],
                "logs": [log("c", "cc -o a\nboom\n")],
            }
        )
    )
    assert [it.line for it in then] == [
        "#2 CACHED",
        "#3 [2/2] RUN make",
        "#3 cc -o a",
        "#3 boom",
    ]
    error = 'process "/bin/sh -c make" did not complete successfully: exit code: 2'
    list(solve.words({"vertexes": [vertex("c", "[2/2] RUN make", started=began, error=error)]}))
    assert solve.failure == f"[2/2] RUN make\ncc -o a\nboom\n{error}"


def test_sizes_of_layers_come_from_the_history_where_that_is_clear() -> None:
    inspected = {"RootFS": {"Layers": ["l1", "l2"]}}
    history = [{"Size": 5}, {"Size": 0}, {"Size": 70}]
    assert parse_layer_sizes(inspected, history) == (("l1", 70), ("l2", 5))
    assert parse_layer_sizes(inspected, history[1:]) == (("l1", 70), ("l2", 0))
    assert parse_layer_sizes(inspected, [{"Size": 1}] * 3) == (("l1", -1), ("l2", -1))
    assert parse_layer_sizes({}, []) == ()
    # Newest first: a RUN that added nothing made a layer, and what only configures did not.
    steps = [(0, "RUN true"), (0, "/bin/sh -c #(nop)  CMD x"), (0, "ENV A=1"), (9, "COPY . .")]
    named = [{"Size": size, "CreatedBy": made_by} for size, made_by in steps]
    assert parse_layer_sizes(inspected, named) == (("l1", 9), ("l2", 0))
