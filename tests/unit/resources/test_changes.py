"""What changed lately: what belongs together, and what repeats, is told once."""

from __future__ import annotations

from dockertui.model import Container, Key
from dockertui.resources.overview.changes import what_changed
from dockertui.resources.overview.section import Section
from dockertui.sync import Member
from tests.unit.resources.known import NOW, container, failed, happened, host, known, texts

PROJECT = "com.docker.compose.project"


def changed(member: Member) -> Section:
    (section,) = what_changed(member, NOW)
    return section


def told(member: Member) -> list[str]:
    return texts(changed(member))


def test_nothing_changed() -> None:
    assert told(known()) == []
    assert changed(known()).empty == "Nothing changed."


def test_created_and_started_is_one_thing() -> None:
    member = known()
    happened(member, 60, "create")
    happened(member, 59, "start")
    assert told(member) == ["59s web was created and started"]


def test_created_long_before_it_is_started_is_two_things() -> None:
    member = known()
    happened(member, 60, "create")
    happened(member, 5, "start")
    assert told(member) == ["5s web started", "1m web was created"]


def test_a_restart_by_hand_is_one_thing() -> None:
    member = known()
    happened(member, 62, "kill", signal="15")
    failed(member, 61, code=143)
    happened(member, 60, "start")
    assert told(member) == ["1m web was restarted"]


def test_what_restarts_again_and_again_is_told_once() -> None:
    member = known()
    for ago in range(300, 0, -20):
        failed(member, ago + 1, code=78)
        happened(member, ago, "start")
    assert told(member) == ["20s web restarted 15 times: exit code 78"]


def test_the_last_failure_of_a_loop_belongs_to_it() -> None:
    member = known()
    for ago in (60, 40, 20):
        failed(member, ago + 1, code=1)
        happened(member, ago, "start")
    failed(member, 5, code=1)
    assert told(member) == ["5s web restarted 3 times, then failed: exit code 1"]


def test_another_failure_than_before_is_told_by_itself() -> None:
    member = known()
    failed(member, 21, code=1)
    happened(member, 20, "start")
    failed(member, 5, code=2)
    assert told(member) == ["5s web failed: exit code 2", "20s web restarted: exit code 1"]


def test_a_kill_for_memory_is_one_thing() -> None:
    member = known()
    failed(member, 20, code=137, oom=True)
    assert told(member) == ["20s web failed: exit code 137, out of memory"]


def test_a_job_that_ends_and_is_removed_is_one_thing() -> None:
    member = known()
    happened(member, 20, "die", exitCode="0")
    happened(member, 19, "destroy")
    failed(member, 10, "job", 3)
    happened(member, 9, "destroy", "job")
    assert told(member) == [
        "9s job failed and was removed: exit code 3",
        "19s web ended and was removed",
    ]


def test_a_health_that_flaps_is_counted() -> None:
    member = known()
    for ago in (50, 30, 10):
        happened(member, ago, "health_status", detail="unhealthy")
        happened(member, ago - 5, "health_status", detail="healthy")
    assert told(member) == ["5s web became healthy 3 times", "10s web became unhealthy 3 times"]


def test_what_happens_to_a_whole_project_is_told_once() -> None:
    member = known()
    for place, name in enumerate(("a", "b", "c", "d")):
        happened(member, 60 - place, "create", name, **{PROJECT: "shop"})
        happened(member, 59.5 - place, "start", name, **{PROJECT: "shop"})
    happened(member, 58, "start", "other")
    assert told(member) == [
        "56s shop 4 containers were created and started",
        "58s other started",
    ]


def test_two_of_a_project_are_told_apart() -> None:
    member = known()
    for name in ("a", "b"):
        happened(member, 60, "pause", name, **{PROJECT: "shop"})
    assert sorted(told(member)) == ["1m a was paused", "1m b was paused"]


def test_at_another_time_a_project_is_told_again() -> None:
    member = known()
    for ago in (1200, 60):
        for name in ("a", "b", "c"):
            happened(member, ago, "pause" if ago > 60 else "unpause", name, **{PROJECT: "shop"})
    assert told(member) == [
        "1m shop 3 containers were resumed",
        "20m shop 3 containers were paused",
    ]


def test_only_the_last_hour_is_told() -> None:
    member = known()
    happened(member, 3601, "start", "old")
    happened(member, 3599, "start", "new")
    assert told(member) == ["59m new started"]


def test_ages_are_those_of_the_engines_clock() -> None:
    member = known(host=host(clock_ahead_s=60))
    happened(member, 0, "start")
    assert told(member) == ["1m web started"]


def test_only_so_much_is_shown_and_the_rest_is_counted() -> None:
    member = known()
    for place in range(30):
        happened(member, 30 - place, "start", f"c{place}")
    assert len(told(member)) == 24
    assert changed(member).more == "and 6 more changes; Events has them all"


def test_a_change_leads_to_its_container_while_that_is_there() -> None:
    member = known(container("web"))
    happened(member, 20, "start")
    happened(member, 10, "start", "gone")
    section = changed(member)
    assert [section.target(it) for it in section.rows] == [None, Key("fake", "web")]
    member.store.replace(Container, ())
    section = changed(member)
    assert [section.target(it) for it in section.rows] == [None, None]


def test_a_change_is_the_same_while_its_count_grows() -> None:
    member = known()
    failed(member, 41)
    happened(member, 40, "start")
    before = changed(member)
    failed(member, 21)
    happened(member, 20, "start")
    after = changed(member)
    assert before.key(before.rows[0]) == after.key(after.rows[0])
