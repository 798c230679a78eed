"""Which step of an image's history made which of its layers, and what its Dockerfile may be."""

from __future__ import annotations

import time

import pytest

from dockertui.model import Layer
from dockertui.store.dockerfile import BuiltOn, dockerfile, written
from dockertui.store.layer_history import EMPTY_LAYER, layers_of_steps


def step(said: str, size_bytes: int = 0, comment: str = "") -> Layer:
    return Layer("", None, said, size_bytes, comment=comment)


def places(steps: list[Layer], *digests: str) -> list[int | None]:
    """The layer of each step, oldest first."""
    return list(reversed(layers_of_steps(list(reversed(steps)), digests)))


def test_steps_of_some_size_made_the_layers() -> None:
    steps = [step("ADD x /", 5), step("ENV A=1"), step("RUN make", 7), step('CMD ["sh"]')]
    assert places(steps, "a", "b") == [0, None, 1, None]


def test_a_step_of_no_size_may_have_made_a_layer() -> None:
    steps = [step("ADD x /", 5), step("WORKDIR /app"), step("LABEL a=b"), step("RUN make", 7)]
    assert places(steps, "a", "b", "c") == [0, 1, None, 2]


def test_an_empty_layer_was_made_by_a_step_of_no_size() -> None:
    steps = [step("ADD x /", 5), step("RUN true"), step("WORKDIR /"), step("RUN make", 7)]
    assert places(steps, "a", EMPTY_LAYER, "b") in ([0, 1, None, 2], [0, None, 1, 2])
    assert places(steps, "a", EMPTY_LAYER, EMPTY_LAYER, "b") == [0, 1, 2, 3]


def test_configuration_made_a_layer_only_if_nothing_else_can_have() -> None:
    steps = [step("ENV A=1"), step("RUN a"), step("ENV B=1")]
    assert places(steps, "a") == [None, 0, None]


def test_a_squashed_image_has_one_layer_of_many_steps() -> None:
    steps = [step("ADD x /"), step("RUN make"), step("", 12, "merge sha256:1 to sha256:2")]
    assert places(steps, "a") == [None, None, 0]


def test_steps_and_layers_that_do_not_go_together_are_not_guessed_at() -> None:
    assert places([step("RUN a", 1), step("RUN b", 2)], "a") == [None, None]
    assert places([], "a", "b") == []
    assert places([step("ENV A=1")]) == [None]


def test_a_history_without_an_end_takes_no_time() -> None:
    steps = [step("RUN a", 1)] * 20_000
    began_s = time.perf_counter()
    assert set(places(steps, *map(str, range(1_000)))) == {None}
    assert time.perf_counter() - began_s < 1


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ('CMD ["a b" "c\\"d"]', 'CMD ["a b", "c\\"d"]'),
        ('ENTRYPOINT ["/run.sh"]', 'ENTRYPOINT ["/run.sh"]'),
        ("VOLUME [/data]", "VOLUME []"),
        ("EXPOSE map[8080/tcp:{}]", "EXPOSE 8080/tcp"),
        ("ADD dir:0123456789abcdef in / ", "ADD <dir 0123456789ab> /"),
        ("COPY src /app", "COPY src /app"),
        (
            'HEALTHCHECK &{["CMD-SHELL" "curl -f http://x"] "30s" "3s" "0s" \'\\x03\'}',
            "HEALTHCHECK CMD curl -f http://x",
        ),
        ('HEALTHCHECK &{["CMD" "true"] "0s"}', 'HEALTHCHECK CMD ["true"]'),
        ("HEALTHCHECK &{[] x}", "HEALTHCHECK NONE"),
        ("RUN a && b", "RUN a \\\n    && b"),
        ("make all", "RUN make all"),
    ],
)
def test_an_instruction_reads_as_a_dockerfile_has_it(said: str, read: str) -> None:
    assert written(said) == read


OURS = [
    step("/bin/sh -c #(nop) ADD file:0011223344556677 in / ", 900),
    step('/bin/sh -c #(nop)  CMD ["bash"]'),
    step("RUN /bin/sh -c pip install x # buildkit", 70),
    step("COPY . /app # buildkit", 20),
]


def lines(base: BuiltOn | None) -> list[str]:
    return list(dockerfile(list(reversed(OURS)), ("a", "b", "c"), base))


def test_what_the_base_did_is_left_to_it() -> None:
    base = BuiltOn("debian:12", tuple(reversed(OURS[:2])), 1)
    assert lines(base) == ["FROM debian:12", "RUN pip install x", "COPY . /app"]


def test_a_base_with_another_history_ends_with_its_last_layer() -> None:
    base = BuiltOn("debian:12", (step("imported", 900),), 1)
    assert lines(base)[:2] == ["FROM debian:12", 'CMD ["bash"]']


def test_without_a_base_it_begins_from_nothing() -> None:
    assert lines(None)[:2] == ["FROM scratch", "ADD <file 001122334455> /"]


def test_a_step_of_which_nothing_is_told_is_a_remark() -> None:
    history = [step("", 12, "Imported from -")]
    assert list(dockerfile(history, ("a",), None)) == ["FROM scratch", "# Imported from -"]
