"""What happened, as signs and words."""

from __future__ import annotations

import pytest

from dockertui.model.happening import Happening, What
from dockertui.widgets.chart_marks import SIGNS, in_bars, marks_of, summed_up, worst
from dockertui.widgets.chart_span import Span

NS = 1_000_000_000


def happening(what: What, at_s: float = 0, code: int | None = None, id_: str = "a") -> Happening:
    return Happening(
        what=what, at_ns=round(at_s * NS), container_id=id_, name=f"{id_}-1", exit_code=code
    )


def test_each_thing_that_happens_has_a_shape_of_its_own() -> None:
    assert set(SIGNS) == set(What)
    assert len({it.glyph for it in SIGNS.values()}) == len(SIGNS)


def test_a_start_after_an_end_is_another_sign_than_a_first_one() -> None:
    marks = marks_of(
        [
            happening(What.STARTED, 1),
            happening(What.FAILED, 2),
            happening(What.STARTED, 3),
            happening(What.STARTED, 4, id_="b"),
        ]
    )
    assert [it.sign.glyph for it in marks] == ["●", "✖", "↻", "●"]
    assert [it.words for it in marks] == ["started", "failed", "started again", "started"]


@pytest.mark.parametrize(
    ("what", "code", "words"),
    [
        (What.FAILED, 1, "failed with 1"),
        (What.FAILED, 137, "failed with 137, SIGKILL"),
        (What.ENDED, 0, "ended with 0"),
        (What.ENDED, None, "ended"),
        (What.OUT_OF_MEMORY, None, "out of memory"),
    ],
)
def test_how_it_ended_is_said(what: What, code: int | None, words: str) -> None:
    (mark,) = marks_of([happening(what, code=code)])
    assert mark.words == words


def test_marks_stand_in_the_bars_of_their_moments() -> None:
    marks = marks_of(happening(What.PAUSED, it) for it in (99, 100, 109.9, 110, 149, 150))
    assert {bar: len(its) for bar, its in in_bars(marks, Span(100, 10, 5, 2)).items()} == {
        0: 2,
        1: 1,
        4: 1,
    }


def test_the_worst_hides_the_others_and_is_counted_first() -> None:
    marks = marks_of(
        [happening(What.HEALTHY), happening(What.OUT_OF_MEMORY), happening(What.HEALTHY)]
    )
    assert worst(marks).happening.what is What.OUT_OF_MEMORY
    assert [f"{it.glyph} {words}" for it, words in summed_up(marks)] == [
        "◆ 1 out of memory",
        "✚ 2 healthy",
    ]
