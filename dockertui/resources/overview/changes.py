"""What changed lately, with what repeats told once.

A life is made of several events: a container that fails and begins again has restarted, one that
is created and starts at once was run. Such pairs are told as one, the same thing that happens to
a container again and again as one with its count, and the same thing that happens to many of a
project at about the same time as one of the project.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from dockertui.model import Container, Key
from dockertui.model.happening import Happening, What
from dockertui.resources.cells import age_of, styled
from dockertui.resources.overview.happenings import style_of, told
from dockertui.resources.overview.section import NS, Section, engine_time, moment_of, ns_of
from dockertui.resources.resource import Column
from dockertui.sync import Member
from dockertui.text import counted

_LATELY_S = 3600
_MOST = 24
_TOGETHER_NS = 60 * NS
"""How far apart what happens to the containers of a project may be to be told as one."""
_AGAIN = "restarted"
_MANY = 3
"""To so many at least."""
_SOON_NS = {
    (What.CREATED, What.STARTED): 10 * NS,
    (What.ENDED, What.STARTED): 120 * NS,
    (What.FAILED, What.STARTED): 120 * NS,
    (What.OUT_OF_MEMORY, What.FAILED): 10 * NS,
    (What.ENDED, What.REMOVED): 10 * NS,
    (What.FAILED, What.REMOVED): 10 * NS,
}
"""What belongs together if it comes so soon after each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that happened, once or several times."""

    at_ns: int
    """When it did last."""
    name: str
    """To whom: a container, or a project."""
    verb: str
    """What happened."""
    why: str = ""
    """Why, if that is known."""
    then: str = ""
    """What happened after it did the last time."""
    count: int = 1
    """How often."""
    containers: int = 1
    """To how many."""
    style: str = ""
    """A theme variable to write it in."""
    container_id: str = ""
    """The container; empty for several."""
    project: str = ""
    """The project that it belongs to."""

    @property
    def key(self) -> Hashable:
        """What identifies it while its count grows."""
        return self.container_id or self.project, self.verb, self.why

    @property
    def text(self) -> str:
        """What happened, how often, and why.

        >>> Change(at_ns=0, name="web", verb="restarted", why="exit code 1", count=3).text
        'restarted 3 times: exit code 1'
        """
        who = f"{counted(self.containers, 'container')} " if self.containers > 1 else ""
        often = f" {self.count} times" if self.count > 1 else ""
        return f"{who}{self.verb}{often}{self.then}" + (f": {self.why}" if self.why else "")


COLUMNS: tuple[Column[Change], ...] = (
    Column(
        "",
        lambda it: it.at_ns,
        live=age_of(lambda it: moment_of(it.at_ns)),
        style=styled("$dim"),
        right=True,
        width=4,
        keep=9,
    ),
    Column("", lambda it: it.name, width=12, most=26, keep=8, cut_middle=True),
    Column("", lambda it: it.text, style=lambda it: it.style, width=16, keep=10, flexible=True),
)
"""What is said of a change."""


def what_changed(member: Member, now: datetime) -> tuple[Section, ...]:
    """What happened to containers in the last hour, the newest first."""
    there = engine_time(member, now)
    found = changes(member.chronicle.since(ns_of(there) - _LATELY_S * NS))
    known, engine = member.store.snapshot(Container), member.engine.name
    more = len(found) - _MOST
    return (
        Section(
            title="What changed",
            note="in the last hour",
            columns=COLUMNS,
            now=there,
            rows=found[:_MOST],
            key=lambda it: it.key,
            target=lambda it: Key(engine, it.container_id) if it.container_id in known else None,
            empty="Nothing changed.",
            more=f"and {counted(more, 'more change')}; Events has them all" if more > 0 else "",
        ),
    )


def changes(happenings: Iterable[Happening]) -> list[Change]:
    """What happened, the newest first, with what repeats told once.

    Args:
        happenings: All of it, in the order of time.
    """
    lives: defaultdict[str, list[Happening]] = defaultdict(list)
    for each in happenings:
        lives[each.container_id].append(each)
    found = [it for life in lives.values() for it in _counted(_paired(life))]
    return _joined(sorted(found, key=lambda it: -it.at_ns))


def _paired(life: Sequence[Happening]) -> Iterator[Change]:
    """Tell what belongs together as one."""
    place = 0
    while place < len(life):
        group = [life[place]]
        while place + len(group) < len(life) and _belong(group[-1], life[place + len(group)]):
            group.append(life[place + len(group)])
        yield _change(group)
        place += len(group)


def _belong(before: Happening, after: Happening) -> bool:
    soon_ns = _SOON_NS.get((before.what, after.what))
    return soon_ns is not None and after.at_ns - before.at_ns <= soon_ns


def _change(group: Sequence[Happening]) -> Change:
    last = group[-1]
    worst = next((it for it in group if it.what.is_bad), last)
    verb, why = _said(group)
    return Change(
        at_ns=last.at_ns,
        name=last.name or last.container_id[:12],
        verb=verb,
        why=why,
        style=style_of(worst.what),
        container_id=last.container_id,
        project=last.project,
    )


def _said(group: Sequence[Happening]) -> tuple[str, str]:
    """What happened, and why."""
    kinds = {it.what for it in group}
    end = next((it for it in group if it.what in {What.FAILED, What.ENDED}), None)
    if end is None:
        run = {What.CREATED, What.STARTED} <= kinds
        return ("was created and started" if run else told(group[0])), ""
    failed = end.what is What.FAILED
    why = _why(end) if failed else ""
    if What.STARTED in kinds:
        return ("was restarted" if end.asked else _AGAIN), why
    verb = "failed" if failed else "was stopped" if end.asked else "ended"
    return (f"{verb} and was removed" if What.REMOVED in kinds else verb), why


def _why(end: Happening) -> str:
    code = f"exit code {end.exit_code}" if end.exit_code is not None else ""
    return ", ".join(filter(None, (code, "out of memory" if end.out_of_memory else "")))


def _counted(life: Iterable[Change]) -> Iterator[Change]:
    """Tell what happens to a container again and again once, at its last time."""
    found: dict[Hashable, Change] = {}
    for each in life:
        again = each.container_id, _AGAIN, each.why
        if each.verb == "failed" and again in found:
            # It has failed as before, and may be about to begin again.
            found[again] = replace(found.pop(again), at_ns=each.at_ns, then=", then failed")
            continue
        before = found.pop(each.key, None)
        found[each.key] = replace(each, count=before.count + 1) if before else each
    yield from found.values()


def _joined(all_: Sequence[Change]) -> list[Change]:
    """Tell what happened to many of a project at about the same time as one."""
    found: list[Change] = []
    open_: dict[Hashable, list[Change]] = {}
    for each in all_:
        alike = each.project, each.verb, each.why
        group = open_.get(alike)
        if group and each.project and group[-1].at_ns - each.at_ns <= _TOGETHER_NS:
            group.append(each)
            continue
        found += _of_project(group or [])
        open_[alike] = [each]
    for group in open_.values():
        found += _of_project(group)
    return sorted(found, key=lambda it: -it.at_ns)


def _of_project(group: Sequence[Change]) -> Sequence[Change]:
    if len(group) < _MANY:
        return group
    times = max(it.count for it in group)
    newest = replace(group[0], containers=len(group), count=times, container_id="")
    return [replace(newest, name=newest.project, verb=newest.verb.replace("was ", "were "))]
