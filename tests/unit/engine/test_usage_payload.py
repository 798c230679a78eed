"""What containers use, as engines say it, and as nobody should."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from dockertui.engine.payload.usage import parse_reading
from dockertui.model.usage import Reading, usage_of

THOROUGH = settings(max_examples=300, deadline=None, database=None)
RECORDED = Path(__file__).parent / "recorded"
DOCKER, PODMAN, STOPPED = (
    (RECORDED / f"{name}.json").read_bytes()
    for name in ("docker-20.10-stats", "podman-4.3-stats", "docker-20.10-stats-stopped")
)
SHAPE: Any = json.loads(DOCKER)

# As API 1.47 documents it: an engine with cgroup v2, whose kernel says nothing per processor.
V2: Any = {
    "name": "/web",
    "id": "a",
    "read": "2025-02-03T04:05:06.007000008Z",
    "preread": "2025-02-03T04:05:05.006Z",
    "pids_stats": {"current": 7, "limit": 18446744073709551615},
    "blkio_stats": {
        "io_service_bytes_recursive": [
            {"major": 259, "minor": 0, "op": "read", "value": 4096},
            {"major": 259, "minor": 0, "op": "write", "value": 100},
            {"major": 253, "minor": 2, "op": "read", "value": 8192},
            {"major": 253, "minor": 2, "op": "write", "value": 20},
        ],
        "io_serviced_recursive": None,
    },
    "num_procs": 0,
    "storage_stats": {},
    "cpu_stats": {
        "cpu_usage": {
            "total_usage": 118_000_000,
            "usage_in_kernelmode": 18_000_000,
            "usage_in_usermode": 100_000_000,
        },
        "system_cpu_usage": 9_492_140_000_000,
        "online_cpus": 4,
        "throttling_data": {"periods": 30, "throttled_periods": 12, "throttled_time": 900},
    },
    "precpu_stats": {},
    "memory_stats": {
        "usage": 6_537_216,
        "stats": {"active_file": 1, "anon": 2_000, "file": 4_000_000, "inactive_file": 537_216},
        "limit": 33_554_432,
    },
    "networks": {
        "eth0": {"rx_bytes": 5000, "tx_bytes": 600, "rx_packets": 5},
        "eth1": {"rx_bytes": 70, "tx_bytes": 8},
    },
}
WINDOWS: Any = {
    "read": "2025-02-03T04:05:06.0070008Z",
    "num_procs": 8,
    "pids_stats": {},
    "blkio_stats": {"io_service_bytes_recursive": None},
    "storage_stats": {"read_count_normalized": 9, "read_size_bytes": 400, "write_size_bytes": 50},
    "cpu_stats": {
        "cpu_usage": {"total_usage": 7_500_000, "usage_in_kernelmode": 2_500_000},
        "throttling_data": {"periods": 0, "throttled_periods": 0, "throttled_time": 0},
    },
    "memory_stats": {"commitbytes": 9, "commitpeakbytes": 10, "privateworkingset": 6_000_000},
    "networks": {"b9f4": {"rx_bytes": 30, "tx_bytes": 4}},
}


def read(payload: Any) -> Reading | None:
    """What is read of a payload."""
    return parse_reading("a", json.dumps(payload).encode())


def read_with(shape: Any, **parts: Any) -> Reading:
    """What is read when some parts are otherwise; their keys are joined by `__`."""
    payload = deepcopy(shape)
    for path, value in parts.items():
        *above, last = path.split("__")
        place = payload
        for step in above:
            place = place[step]
        if value is ...:
            del place[last]
        else:
            place[last] = value
    reading = read(payload)
    assert reading is not None
    return reading


def test_docker_20_10_under_cgroup_v1() -> None:
    memory = SHAPE["memory_stats"]
    assert parse_reading("me", DOCKER) == Reading(
        container_id="me",
        read_ns=1_795_837_331_134_444_284,
        cpu_ns=36_126_320,
        system_ns=SHAPE["cpu_stats"]["system_cpu_usage"],
        cores=2,
        periods=0,
        throttled_periods=0,
        memory_bytes=memory["usage"] - memory["stats"]["total_inactive_file"],
        memory_limit_bytes=25_276_510_208,
        received_bytes=726,
        sent_bytes=0,
        read_bytes=10 << 20,
        written_bytes=26_226_688,
        processes=1,
    )


def test_docker_under_cgroup_v2() -> None:
    assert read(V2) == Reading(
        container_id="a",
        read_ns=1_738_555_506_007_000_008,
        cpu_ns=118_000_000,
        system_ns=9_492_140_000_000,
        cores=4,
        periods=30,
        throttled_periods=12,
        memory_bytes=6_000_000,
        memory_limit_bytes=33_554_432,
        received_bytes=5070,
        sent_bytes=608,
        read_bytes=12288,
        written_bytes=120,
        processes=7,
    )


def test_podmans_machine_is_never_idle_so_its_time_is_left_out() -> None:
    reading = parse_reading("a", PODMAN)
    assert reading is not None
    assert reading.cpu_ns == 604_919_351
    assert reading.system_ns is None
    assert reading.memory_bytes == 22_360_064
    assert reading.processes == 2


def test_windows_counts_in_other_units_and_elsewhere() -> None:
    assert read(WINDOWS) == Reading(
        container_id="a",
        read_ns=1_738_555_506_007_000_800,
        cpu_ns=750_000_000,
        periods=0,
        throttled_periods=0,
        memory_bytes=6_000_000,
        received_bytes=30,
        sent_bytes=4,
        read_bytes=400,
        written_bytes=50,
    )


def test_one_that_does_not_run_has_no_reading() -> None:
    assert parse_reading("a", STOPPED) is None
    assert parse_reading("a", b"") is None


@pytest.mark.parametrize("body", [b"{", b"null", b"[]", b"7", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_object_has_no_reading(body: bytes) -> None:
    assert parse_reading("a", body) is None


@pytest.mark.parametrize(
    ("stamp", "ns"),
    [
        ("1970-01-01T00:00:01Z", 1_000_000_000),
        ("2026-11-23T12:03:11.1Z", 1_795_435_391_100_000_000),
        ("2026-11-23T12:03:11.123456789Z", 1_795_435_391_123_456_789),
        ("2026-11-23T12:03:11.1234567891Z", 1_795_435_391_123_456_789),
        ("2026-11-23T14:03:11.000000001+02:00", 1_795_435_391_000_000_001),
    ],
)
def test_times_are_read_to_the_nanosecond(stamp: str, ns: int) -> None:
    assert read_with(V2, read=stamp).read_ns == ns


@pytest.mark.parametrize(
    "stamp", ["", "0001-01-01T00:00:00Z", "2026-13-01T00:00:00Z", "now", 7, None, "2026-11-23"]
)
def test_without_a_time_there_is_no_reading(stamp: object) -> None:
    assert read({**V2, "read": stamp}) is None


def test_what_is_not_said_is_not_known() -> None:
    reading = read({"read": V2["read"]})
    assert reading == Reading(container_id="a", read_ns=1_738_555_506_007_000_008)


def test_without_a_network_of_its_own_nothing_is_known_of_one() -> None:
    reading = read_with(V2, networks=...)
    assert (reading.received_bytes, reading.sent_bytes) == (None, None)


@pytest.mark.parametrize("entries", [None, [], {}, [{"op": "Total", "value": 9}], [{}]])
def test_no_block_device_at_all_is_not_taken_for_no_transfer(entries: object) -> None:
    reading = read_with(V2, blkio_stats__io_service_bytes_recursive=entries)
    assert (reading.read_bytes, reading.written_bytes) == (None, None)


def test_memory_without_the_cache_is_reckoned_as_the_cli_does() -> None:
    def memory(usage: int, **details: int) -> int | None:
        return read_with(V2, memory_stats={"usage": usage, "stats": details}).memory_bytes

    assert memory(100, total_inactive_file=30, inactive_file=10) == 70
    assert memory(100, inactive_file=10) == 90
    assert memory(100, total_inactive_file=100, inactive_file=10) == 90
    assert memory(100, inactive_file=100) == 100
    assert memory(100) == 100


def test_cores_are_counted_where_the_engine_does_not_say_them() -> None:
    for unsaid in (0, ..., None):
        assert read_with(SHAPE, cpu_stats__online_cpus=unsaid).cores == 2
        assert read_with(V2, cpu_stats__online_cpus=unsaid).cores == 0


def test_processor_time_that_is_not_counted_is_not_known() -> None:
    assert read_with(V2, cpu_stats__cpu_usage__total_usage=0).cpu_ns is None
    assert read_with(V2, cpu_stats__system_cpu_usage=0).system_ns is None


@pytest.mark.parametrize("value", [-1, 2**64, 10**400, 1.5, float("nan"), float("inf"), True, "7"])
def test_what_is_no_counter_is_not_known(value: object) -> None:
    reading = read_with(V2, memory_stats__limit=value, pids_stats__current=value)
    assert (reading.memory_limit_bytes, reading.processes) == (None, None)


anything = some.recursive(
    some.none()
    | some.booleans()
    | some.integers()
    | some.sampled_from([2**63, 2**64 - 1, 2**64, 10**400])
    | some.floats()
    | some.text(max_size=8)
    | some.sampled_from(["read", "Write", "2026-11-23T12:03:11.1Z", "9999-12-31T23:59:59+14:00"]),
    lambda inner: (
        some.lists(inner, max_size=4)
        | some.dictionaries(
            some.text(max_size=3) | some.sampled_from(sorted(V2)), inner, max_size=4
        )
    ),
    max_leaves=12,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where there is something in a payload."""
    keys = value if isinstance(value, dict) else range(len(value) if isinstance(value, list) else 0)
    inside = [place for key in keys for place in places(value[key], (*path, key))]
    return [path, *inside] if path else inside


def changed(shape: Any, changes: list[tuple[tuple[Any, ...], Any]]) -> Any:
    """A payload in which something else stands at some places."""
    payload = deepcopy(shape)
    for path, value in changes:
        place = payload
        for step in path[:-1]:
            try:
                place = place[step]
            except (TypeError, LookupError):  # An earlier change has taken it away.
                place = None
        if isinstance(place, dict):
            place[path[-1]] = value
    return payload


def changes_of(shape: Any) -> some.SearchStrategy[Any]:
    """A payload with up to three changes."""
    change = some.tuples(some.sampled_from(places(shape)), anything)
    return some.builds(changed, some.just(shape), some.lists(change, max_size=3))


@given(some.sampled_from([SHAPE, V2, WINDOWS]).flatmap(changes_of))
@THOROUGH
def test_whatever_stands_in_it_every_number_is_a_counter_or_unknown(payload: Any) -> None:
    if (reading := read(payload)) is not None:
        numbers = [getattr(reading, it) for it in Reading.__slots__ if it != "container_id"]
        assert all(it is None or (type(it) is int and it >= 0) for it in numbers)
        usage_of(reading, Reading(container_id="a", read_ns=1, cpu_ns=0, system_ns=0, cores=1))


@given(anything)
@THOROUGH
def test_any_json_at_all_is_taken(payload: Any) -> None:
    read(payload)


@given(some.binary(max_size=40))
@THOROUGH
def test_any_bytes_at_all_are_taken(body: bytes) -> None:
    parse_reading("a", body)
