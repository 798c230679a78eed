"""What is wrong: what asks for somebody's attention, the worst first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from dockertui.model import Container, ContainerState, Health, Key
from dockertui.model.happening import Happening, What
from dockertui.resources.cells import age_of, percent, styled
from dockertui.resources.exit_codes import exit_words
from dockertui.resources.overview.eaters import has_limit, is_near_its_limit
from dockertui.resources.overview.section import NS, Section, engine_time, moment_of, ns_of
from dockertui.resources.resource import Column
from dockertui.sync import Member
from dockertui.text import age, binary_size, clean, counted

_LOOP_S = 600
_LATELY_S = 3600
_SUSPECT = {ContainerState.RESTARTING, ContainerState.EXITED, ContainerState.DEAD}
_ENDS = {What.FAILED, What.ENDED}
_NAMED = 3
"""So many of those that are gone are named."""

_FAILED = ("✖", "$container-failed")
_LOOPS = ("↻", "$container-restarting")
_SICK = ("!", "$health-bad")
_CAUTION = ("!", "$container-restarting")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One thing that is wrong."""

    rank: int
    """How bad it is: the lowest comes first."""
    mark: tuple[str, str]
    """Its sign, and the theme variable of that."""
    name: str
    """With whom."""
    words: str
    """What."""
    at_ns: int | None = None
    """Since when, in nanoseconds on the engine's clock; `None` if that is not known."""
    target: Key | None = None
    """The container."""

    @property
    def key(self) -> Hashable:
        """What identifies it while it lasts."""
        return self.target or (self.name, self.rank, self.words if self.rank >= _WARNING else "")


_ENGINE, _LOOP, _UNHEALTHY, _FAILURE, _MEMORY, _PAST, _GONE, _WARNING = range(8)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the reasons are found in."""

    member: Member
    now_ns: int
    lives: Mapping[str, Sequence[Happening]]
    """What happened to each container in the last hour."""
    restarts: Mapping[str, int]
    """How often each began again in the last ten minutes."""
    machine_bytes: float
    """How much memory the machine has; 0 if that is not known."""


COLUMNS: tuple[Column[Trouble], ...] = (
    Column("", lambda it: it.mark[0], style=lambda it: it.mark[1], width=1, keep=10),
    Column(
        "",
        lambda it: it.at_ns,
        live=age_of(lambda it: moment_of(it.at_ns)),
        style=styled("$dim"),
        right=True,
        width=4,
        keep=7,
    ),
    Column("", lambda it: it.name, width=12, most=26, keep=8, cut_middle=True),
    Column("", lambda it: it.words, width=16, keep=9, flexible=True),
)
"""What is said of a trouble."""


def what_is_wrong(member: Member, now: datetime) -> tuple[Section, ...]:
    """What asks for somebody's attention; or that nothing does."""
    there = engine_time(member, now)
    known = _known(member, ns_of(there))
    reasons = {it.id: found for it in _suspects(known) if (found := [*_reasons(it, known)])}
    found = [*_engine(member), *_gone(known)]
    containers = member.store.snapshot(Container)
    found += [_trouble(containers[id_], each) for id_, each in reasons.items()]
    found.sort(key=lambda it: (it.rank, -(it.at_ns or 0), it.name))
    return (
        Section(
            title="What is wrong",
            columns=COLUMNS,
            now=there,
            rows=found,
            key=lambda it: it.key,
            target=lambda it: it.target,
            empty=_all_well(member),
            more=_longer_ago(member, reasons),
        ),
    )


def _known(member: Member, now_ns: int) -> _Known:
    lives: defaultdict[str, list[Happening]] = defaultdict(list)
    for each in member.chronicle.since(now_ns - _LATELY_S * NS):
        lives[each.container_id].append(each)
    host = member.host.answer
    return _Known(
        member,
        now_ns,
        lives,
        member.chronicle.restarts(now_ns - _LOOP_S * NS),
        host.memory_bytes if host is not None else 0,
    )


def _suspects(known: _Known) -> Iterator[Container]:
    """Those with whom something may be wrong: of thousands, few need a closer look."""
    lives, now = known.lives, known.member.measured.now
    for id_, each in known.member.store.snapshot(Container).items():
        if (
            each.state in _SUSPECT
            or each.health is Health.UNHEALTHY
            or id_ in lives
            or ((usage := now(id_)) is not None and is_near_its_limit(usage))
        ):
            yield each


def _engine(member: Member) -> Iterator[Trouble]:
    """What is wrong with the engine itself."""
    link, host = member.watcher.link, member.host.answer
    if not link.is_up and link.problem is not None:
        yield Trouble(
            rank=_ENGINE,
            mark=_FAILED,
            name=member.engine.name,
            words=f"The engine does not answer: {clean(link.problem.sentence)}",
        )
    for warning in host.warnings if host is not None else ():
        yield Trouble(rank=_WARNING, mark=_CAUTION, name="engine warns", words=warning)


def _trouble(container: Container, reasons: Sequence[Trouble]) -> Trouble:
    """All that is wrong with a container, as one."""
    worst = min(reasons, key=lambda it: it.rank)
    return replace(
        worst,
        words="; ".join(it.words for it in reasons),
        at_ns=max((it.at_ns for it in reasons if it.at_ns is not None), default=None),
        target=container.key,
    )


def _reasons(container: Container, known: _Known) -> Iterator[Trouble]:
    life = known.lives.get(container.id, ())
    end = next((it for it in reversed(life) if it.what in _ENDS), None)
    oom = next((it for it in reversed(life) if it.what is What.OUT_OF_MEMORY), None)
    code = container.exit_code if end is None else end.exit_code
    killed = end is not None and end.out_of_memory
    why = exit_words(code, oom_killed=killed) if code is not None else ""
    times = known.restarts.get(container.id, 0)
    if container.state is ContainerState.RESTARTING or times:
        yield _loop(container, times, end, why)
    elif container.failed:
        yield from _failure(container, known, end, why)
    elif end is not None and end.what is What.FAILED:
        words = f"failed with exit code {why}; it runs again" if why else "failed; it runs again"
        yield _reason(container, _PAST, _CAUTION, words, end.at_ns)
    if oom is not None and container.state.is_live and (end is None or end.at_ns < oom.at_ns):
        words = "the kernel killed a process in it, out of memory"
        yield _reason(container, _FAILURE, _FAILED, words, oom.at_ns)
    if container.health is Health.UNHEALTHY and container.state.is_live:
        at_ns = next((it.at_ns for it in reversed(life) if it.what is What.UNHEALTHY), None)
        yield _reason(container, _UNHEALTHY, _SICK, "unhealthy: its health check fails", at_ns)
    yield from _near_its_limit(container, known)


def _loop(container: Container, times: int, end: Happening | None, why: str) -> Trouble:
    """That it ends and begins again by itself."""
    often = f"restarted {counted(times, 'time')} in {age(_LOOP_S)}" if times else "restarting"
    words = often + (f"; last exit code {why}" if why else "")
    return _reason(container, _LOOP, _LOOPS, words, end.at_ns if end is not None else None)


def _failure(
    container: Container, known: _Known, end: Happening | None, why: str
) -> Iterator[Trouble]:
    """That it has ended with an error, unless it was asked to, or long ago."""
    if container.state is ContainerState.DEAD:
        words = "dead: the engine could not remove it"
        yield _reason(container, _FAILURE, _FAILED, words, _since_ns(container))
        return
    at_ns = end.at_ns if end is not None else _since_ns(container)
    if at_ns is None or known.now_ns - at_ns > _LATELY_S * NS or (end is not None and end.asked):
        return
    yield _reason(container, _FAILURE, _FAILED, f"failed with exit code {why}", at_ns)


def _near_its_limit(container: Container, known: _Known) -> Iterator[Trouble]:
    usage = known.member.measured.now(container.id)
    if usage is None or not is_near_its_limit(usage):
        return
    share = usage.memory_percent or 0.0
    limit = usage.memory_limit_bytes or 0
    whose = "its limit" if has_limit(usage, known.machine_bytes) else "all there is"
    words = f"takes {binary_size(usage.memory_bytes or 0)} of memory, {percent(share)} of {whose}"
    yield _reason(container, _MEMORY, _CAUTION, f"{words}, {binary_size(limit)}", None)


def _gone(known: _Known) -> Iterator[Trouble]:
    """Those that have failed and are there no more, as one."""
    containers = known.member.store.snapshot(Container)
    ends = [
        it
        for id_, life in known.lives.items()
        if id_ not in containers
        for it in life
        if it.what is What.FAILED
    ]
    if not ends:
        return
    ends.sort(key=lambda it: -it.at_ns)
    names = [*dict.fromkeys(it.name or it.container_id[:12] for it in ends)]
    last = ends[0]
    code = f", the last with exit code {last.exit_code}" if last.exit_code is not None else ""
    others = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    yield Trouble(
        rank=_GONE,
        mark=_CAUTION,
        name=names[0] if len(names) == 1 else "gone by now",
        words=f"{counted(len(ends), 'container')} failed and {'was' if len(ends) == 1 else 'were'}"
        f" removed{code}: {', '.join(names[:_NAMED])}{others}",
        at_ns=last.at_ns,
    )


def _reason(
    container: Container, rank: int, mark: tuple[str, str], words: str, at_ns: int | None
) -> Trouble:
    return Trouble(rank=rank, mark=mark, name=container.name, words=words, at_ns=at_ns)


def _since_ns(container: Container) -> int | None:
    return round(container.since.timestamp() * NS) if container.since is not None else None


def _longer_ago(member: Member, listed: Collection[str]) -> str:
    """Who failed longer ago than what is listed, in a sentence."""
    containers = member.store.snapshot(Container).values()
    names = [it.name for it in containers if it.failed and it.id not in listed]
    if not names:
        return ""
    others = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"Ended with an error, but longer ago or as asked: {', '.join(names[:_NAMED])}{others}."


def _all_well(member: Member) -> str:
    if not member.store.knows(Container):
        return "Asking the engine…"
    containers = member.store.snapshot(Container).values()
    running = sum(it.state is ContainerState.RUNNING for it in containers)
    if not containers:
        return "Nothing is wrong. There are no containers."
    return f"Nothing is wrong. {running} of {counted(len(containers), 'container')} run."
