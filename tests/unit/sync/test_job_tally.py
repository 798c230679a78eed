"""How far a job is, added up."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dockertui.model.progress import Phase, Progress
from dockertui.sync.job_tally import Tally


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def moving(part: str, done: int, total: int) -> Progress:
    return Progress(part, "Downloading", Phase.MOVING, done, total)


def test_bytes_of_all_parts_are_added() -> None:
    tally = Tally()
    tally.take(moving("a", 10, 100))
    tally.take(moving("b", 50, 300))
    tally.take(Progress("c", "Already exists", Phase.KEPT))
    assert (tally.done_bytes, tally.total_bytes) == (60, 400)
    assert tally.share == 0.15
    assert [it.name for it in tally.bars] == ["a", "b", "c"]


def test_what_comes_is_half_the_work_of_a_pull() -> None:
    tally = Tally(unpacks=True)
    tally.take(moving("a", 100, 100))
    assert tally.share == 0.5
    tally.take(Progress("a", "Extracting", Phase.UNPACKING, 30, 60))
    assert tally.share == 0.75
    tally.take(Progress("a", "Pull complete", Phase.DONE))
    assert tally.share == 1.0
    assert (tally.done_bytes, tally.total_bytes) == (100, 100)


def test_each_step_of_several_has_its_part_of_the_whole() -> None:
    tally = Tally()
    tally.take(Progress("a", "Downloading", Phase.MOVING, 50, 100, step=1, steps=2))
    assert tally.share == 0.25
    tally.take(Progress("a", "Pull complete", Phase.DONE, step=1, steps=2))
    assert tally.share == 0.5
    tally.take(Progress("b", "Pushing", Phase.MOVING, 30, 100, step=2, steps=2))
    assert tally.share == 0.65


def test_parts_that_wait_count_as_much_as_the_others() -> None:
    tally = Tally()
    tally.take(moving("a", 50, 100))
    tally.take(Progress("b", "Waiting", Phase.WAITING))
    assert tally.share == 0.25
    assert not tally.is_total_sure
    tally.take(moving("b", 0, 900))
    assert tally.share == 0.25, "it never falls"
    assert tally.is_total_sure


def test_a_part_that_sends_more_than_it_promised_is_no_more_than_done() -> None:
    tally = Tally()
    tally.take(moving("a", 120, 100))
    assert tally.share == 1.0
    assert tally.done_bytes == 120


def test_steps_are_work_too_and_nobody_guesses_how_long_they_last() -> None:
    tally = Tally(by_steps=True)
    tally.take(moving("context", 100, 100))
    assert tally.share is None, "what is sent first is no step"
    tally.take(Progress(line="Step 1/4 : FROM a", step=1, steps=4))
    assert tally.share == 0.0
    tally.take(Progress(line="Step 3/4 : RUN b", step=3, steps=4))
    assert tally.share == 0.5
    assert tally.left_s is None


def test_speed_and_time_left_follow_from_the_last_seconds() -> None:
    clock = Clock()
    tally = Tally(clock=clock)
    tally.take(moving("a", 0, 1000))
    tally.mark()
    assert tally.left_s is None, "nothing is known yet"
    for second in range(1, 11):
        clock.now_s += 1
        tally.take(moving("a", second * 50, 1000))
        tally.mark()
    assert 45 <= tally.bytes_per_s <= 55
    assert tally.left_s is not None
    assert 9 <= tally.left_s <= 11
    clock.now_s += 30
    tally.mark()
    assert tally.bytes_per_s < 5


def test_a_line_is_written_when_a_part_is_at_something_else() -> None:
    tally = Tally()
    assert tally.take(moving("a", 1, 9)) == "a: Downloading"
    assert tally.take(moving("a", 2, 9)) == ""
    assert tally.take(Progress("a", "Download complete", Phase.MOVED)) == "a: Download complete"
    assert tally.take(Progress(line="Digest: x")) == "Digest: x"
    assert tally.take(Progress("a", "Retrying in 5 seconds", Phase.WAITING)) != ""
    assert tally.take(Progress("a", "Retrying in 4 seconds", Phase.WAITING)) == ""


words = st.builds(
    Progress,
    part=st.sampled_from(["", "a", "b", "c"]),
    status=st.sampled_from(["x", "y"]),
    phase=st.sampled_from(Phase),
    done=st.integers(0, 10**12),
    total=st.integers(0, 10**12),
    step=st.integers(0, 9),
    steps=st.integers(0, 9),
)


@settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(words, max_size=40), st.booleans())
def test_whatever_is_said_a_share_is_one_and_never_falls(
    said: list[Progress], unpacks: bool
) -> None:
    clock = Clock()
    tally, before = Tally(unpacks=unpacks, clock=clock), 0.0
    for word in said:
        clock.now_s += 0.4
        tally.take(word)
        tally.mark()
        if (share := tally.share) is not None:
            assert before <= share <= 1.0
            before = share
        assert tally.done_bytes >= 0
        assert tally.left_s is None or tally.left_s >= 0
