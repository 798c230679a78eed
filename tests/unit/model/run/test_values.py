"""Single values: what is taken, what it comes to, and what is said of what is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockertui.model.run import attachments, choices, mounts, ports, values
from dockertui.model.run.fields import FLAGS
from dockertui.model.run.mistakes import BadValue
from dockertui.model.run.shell import joined, needs_shell, quoted, shown, typed, words_in
from dockertui.model.run.spec import RunSpec
from dockertui.model.run.surroundings import Surroundings
from tests.unit.model.run.specs import TEXTS

Parse = Callable[[str], object]


@pytest.mark.parametrize(
    ("parse", "text", "value"),
    [
        (values.size, "0", 0),
        (values.size, "10", 10),
        (values.size, "10b", 10),
        (values.size, "1k", 1024),
        (values.size, "1KB", 1024),
        (values.size, "1.5 GiB", 3 << 29),
        (values.memory, "6m", 6 << 20),
        (values.swap, "-1", -1),
        (values.nano_cpus, ".5", 500_000_000),
        (values.nano_cpus, "2", 2_000_000_000),
        (values.duration_ns, "1h2m3s", 3_723_000_000_000),
        (values.duration_ns, "1.5ms", 1_500_000),
        (values.restart, "on-failure", ("on-failure", 0)),
        (values.ulimit, "nofile=-1", ("nofile", -1, -1)),
        (values.device, "/dev/a:rw", ("/dev/a", "/dev/a", "rw")),
        (values.device, "/dev/a:/dev/b", ("/dev/a", "/dev/b", "rwm")),
        (values.device_bps, "/dev/sda:1mb", ("/dev/sda", 1 << 20)),
        (values.extra_host, "a=1.2.3.4", ("a", "1.2.3.4")),
        (values.extra_host, "a:::1", ("a", "::1")),
        (values.assignment, "A=b=c", ("A", "b=c")),
        (values.assignment, "A", ("A", None)),
        (values.assignment, "A=", ("A", "")),
        (attachments.mac, "92:d0:c6:0a:29:33", "92:d0:c6:0a:29:33"),
        (choices.security_opt, "label:disable", ("label", "disable")),
        (choices.seccomp_file, "seccomp=/x.json", "/x.json"),
        (choices.seccomp_file, "seccomp=unconfined", ""),
    ],
)
def test_a_value_comes_to_what_docker_takes_it_for(parse: Parse, text: str, value: object) -> None:
    assert parse(text) == value


@pytest.mark.parametrize(
    ("parse", "texts"),
    [
        (values.size, ("", "x", "-1", "1.2.3", "1x", "1 g g", "99999999999999p")),
        (values.memory, ("1m", "5mb", "100")),
        (values.nano_cpus, ("", "x", "-1", "nan", "inf", "1/2", "0.0000000001", "1e30")),
        (values.whole, ("", "1.5", "x", "٣", "1" * 30)),
        (values.duration_ns, ("", "5", "5x", "s", "1s2", "-1s", "1d")),
        (values.probe_time, ("1us", "999us")),
        (values.restart, ("", "never", "always:3", "on-failure:x", "on-failure:-1")),
        (values.ulimit, ("", "nofile", "nofile=x", "nope=1", "nofile=2:1", "nofile=-1:5")),
        (values.device, ("", "fuse", "/dev/a:b", "/dev/a:/dev/b:x", "/dev/a:/dev/b:rr")),
        (lambda it: values.pair(it, "a=b"), ("", "=x", "x")),
        (values.weight, ("5", "1001", "x")),
        (values.cpuset, ("", "a", "1-", "1,,2")),
        (values.assignment, ("", "=x", "A B=1", " =1")),
        (ports.published, ("", ":", "x", "80:x", "0", "65536", "80/foo", "1.2.3:1:2")),
        (ports.published, ("1-3:1-2", "9-8:1", "a:b:c:d", "[::1]:80", "foo:80:80")),
        (ports.published, ("published=1", "what=1,target=2")),
        (lambda it: list(ports.exposed(it)), ("", "x", "0", "80-70", "80/foo")),
        (mounts.volume, ("", "rel", "a:b", "a::b", ":/b", "/a:/b:c", "/a:/b:ro:x", "a b:/c", "/")),
        (mounts.mount, ("", "x", "type=bind,target=/x", "type=foo,target=/x", "source=a")),
        (mounts.mount, ("type=volume,target=/x,nope=1", 'type=bind,"source=/a')),
        (mounts.mount, ("type=tmpfs,target=/x,readonly=perhaps",)),
        (mounts.tmpfs, ("", "run", "size=1m")),
        (attachments.attachment, ("", "a b", "alias=x,ip=1.2.3.4", "name=a,what=b")),
        (attachments.ip4, ("", "x", "::1", "1.2.3")),
        (attachments.ip6, ("", "1.2.3.4")),
        (attachments.mac, ("", "92:d0", "zz:d0:c6:0a:29:33")),
        (choices.platform, ("", "linux/", "a b", "a/b/c/d")),
        (choices.security_opt, ("", "x", "seccomp=", "seccomp")),
        (choices.gpus, ("", "what=1", "many")),
        (choices.folder_inside, ("", "rel", "./x")),
    ],
)
def test_what_is_no_value_gets_a_sentence(parse: Parse, texts: tuple[str, ...]) -> None:
    for text in texts:
        with pytest.raises(BadValue) as caught:
            parse(text)
        assert str(caught.value)[-1] in ".…", str(caught.value)


@given(st.text(max_size=30))
def test_no_text_is_more_than_a_finding(text: str) -> None:
    for field in FLAGS:
        if text:
            finding = field.check(text, RunSpec(image="x"), Surroundings())
            assert finding is None or finding.sentence


@given(st.integers(0, (1 << 62)))
def test_a_size_is_written_so_that_nothing_is_lost(amount: int) -> None:
    assert values.size(values.size_text(amount)) == amount


@given(st.integers(0, 1 << 50))
def test_durations_and_processors_are_written_so_that_nothing_is_lost(amount: int) -> None:
    assert values.duration_ns(values.duration_text(amount)) == amount
    assert values.nano_cpus(values.cpus_text(amount)) == amount


@given(TEXTS)
def test_any_text_can_stand_in_a_line_that_is_typed(text: str) -> None:
    assert typed(shown(text)) == text
    assert shown(text).isprintable()


@given(st.lists(TEXTS, max_size=4))
def test_words_are_quoted_so_that_they_come_apart_again(words: list[str]) -> None:
    assert list(words_in(joined(words))) == words
    assert all(quoted(it).isprintable() for it in words)


@pytest.mark.parametrize("text", ["'a", '"a', "a\\", "$'a"])
def test_a_quote_that_is_not_closed_is_told(text: str) -> None:
    with pytest.raises(BadValue, match="not closed"):
        words_in(text)


def test_what_only_a_shell_would_heed_is_noticed() -> None:
    assert [needs_shell(it) for it in ("a | b", "a; b", "a > b", "$(x)", "`x`", "a && b")] == [
        True
    ] * 6
    assert not any(needs_shell(it) for it in ("a 'b|c'", 'sh -c "$X; y"', "a\\|b", "a -x=5$"))


def test_a_port_clashes_with_the_same_one_at_an_address_that_it_shares() -> None:
    (everywhere,) = ports.published("8080:80")
    (local,) = ports.published("127.0.0.1:8080:80")
    assert everywhere.clashes("0.0.0.0", 8080, "tcp")
    assert everywhere.clashes("10.0.0.1", 8080, "tcp")
    assert local.clashes("::", 8080, "tcp")
    assert not local.clashes("10.0.0.1", 8080, "tcp")
    assert not local.clashes("127.0.0.1", 8080, "udp")
    assert not ports.published("80")[0].clashes("0.0.0.0", 80, "tcp")
    assert not ports.published("8080-8090:80")[0].clashes("0.0.0.0", 8080, "tcp")
