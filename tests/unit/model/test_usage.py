"""What is used follows from two readings, by the Docker CLI's arithmetic."""

from __future__ import annotations

from dataclasses import replace

from dockertui.model.usage import Metric, Reading, Usage, total_of, usage_of

S = 10**9
BEFORE = Reading(
    container_id="a",
    read_ns=100 * S,
    cpu_ns=5 * S,
    system_ns=400 * S,
    cores=2,
    periods=100,
    throttled_periods=10,
    memory_bytes=50,
    memory_limit_bytes=200,
    received_bytes=1000,
    sent_bytes=10,
    read_bytes=0,
    written_bytes=4096,
    processes=3,
)
NOW = replace(
    BEFORE,
    read_ns=102 * S,
    cpu_ns=6 * S,
    system_ns=404 * S,
    periods=120,
    throttled_periods=15,
    received_bytes=3000,
    written_bytes=8192,
    processes=4,
)


def test_all_figures_come_from_two_readings() -> None:
    assert usage_of(NOW, BEFORE) == Usage(
        at_ns=102 * S,
        cpu_percent=50.0,
        memory_bytes=50,
        memory_limit_bytes=200,
        received_per_s=1000.0,
        sent_per_s=0.0,
        read_per_s=0.0,
        written_per_s=2048.0,
        processes=4,
        throttled_percent=25.0,
    )


def test_a_first_reading_has_amounts_but_no_rates() -> None:
    usage = usage_of(NOW)
    assert (usage.memory_bytes, usage.memory_percent, usage.processes) == (50, 25.0, 4)
    rates = (Metric.CPU, Metric.RECEIVED, Metric.SENT, Metric.READ, Metric.WRITTEN)
    assert [usage.value(it) for it in rates] == [None] * 5


def test_a_counter_that_goes_backwards_begins_anew() -> None:
    restarted = replace(NOW, cpu_ns=1, received_bytes=5)
    assert usage_of(restarted, BEFORE) == usage_of(restarted)
    other_network = replace(NOW, received_bytes=5)
    assert usage_of(other_network, BEFORE).received_per_s is None
    assert usage_of(other_network, BEFORE).cpu_percent == 50.0


def test_the_time_between_two_readings_counts_and_not_their_number() -> None:
    later = replace(NOW, read_ns=110 * S, system_ns=420 * S)
    assert usage_of(later, BEFORE).cpu_percent == 10.0
    assert usage_of(later, BEFORE).received_per_s == 200.0


def test_without_the_machines_clock_the_readings_own_times_serve() -> None:
    now, before = (replace(it, system_ns=None, cores=0) for it in (NOW, BEFORE))
    assert usage_of(now, before).cpu_percent == 50.0


def test_what_the_engine_does_not_say_is_not_known() -> None:
    nothing = Reading(container_id="a", read_ns=102 * S)
    usage = usage_of(nothing, Reading(container_id="a", read_ns=100 * S))
    assert [usage.value(it) for it in Metric] == [None] * len(Metric)
    assert usage.memory_percent is None


def test_readings_in_the_wrong_order_have_no_rates() -> None:
    assert usage_of(BEFORE, NOW).cpu_percent is None
    assert usage_of(NOW, NOW).cpu_percent is None


def test_a_total_adds_up_what_is_known() -> None:
    one = Usage(at_ns=1, cpu_percent=10.0, memory_bytes=5, memory_limit_bytes=9)
    two = Usage(at_ns=2, cpu_percent=None, memory_bytes=7)
    total = total_of([one, two], at_ns=3)
    assert total == Usage(at_ns=3, cpu_percent=10.0, memory_bytes=12)
