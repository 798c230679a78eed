"""What the lines above and below the panes say. Pure, but for what they read."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from dockertui.model import Container, ContainerState, Health
from dockertui.resources.cells import percent
from dockertui.sync import Link, Member
from dockertui.text import age, brief_size, clean, counted
from dockertui.widgets.command import key_name
from dockertui.widgets.key_bar import KeyHint
from dockertui.widgets.status_bar import Part

if TYPE_CHECKING:
    from dockertui.model.job import Job
    from dockertui.screens.panes import PanesScreen

_COUNTED = (
    (ContainerState.RUNNING, "running", "$container-running"),
    (ContainerState.PAUSED, "paused", "$container-paused"),
    (ContainerState.RESTARTING, "restarting", "$container-restarting"),
)
_WITHOUT_ENGINE = (
    KeyHint("ctrl+r", "try now", "ctrl+r"),
    KeyHint("D", "demo engine", "D"),
)
_ALWAYS = (
    KeyHint("space", "mark", "space"),
    KeyHint("/", "filter", "slash"),
    KeyHint("enter", "menu", "enter"),
    KeyHint(":", "do", "colon"),
    KeyHint("?", "help", "question_mark"),
    KeyHint("q", "quit", "q"),
)


def summary(member: Member, jobs: Sequence[Job] = ()) -> tuple[list[Part], list[Part]]:
    """Who answers, what goes on in the background, and how many containers are in which state."""
    link, engine = member.watcher.link, member.engine
    containers = member.store.snapshot(Container)
    left = [Part(" dockertui ", "bold $key", 100)]
    if engine.read_only:
        left.append(Part(" READ ONLY ", "bold reverse", 99))
    left.append(
        Part("  ● " if link.is_up else "  ◌ ", "$container-running" if link.is_up else "", 90)
    )
    left.append(Part(engine.name, "bold", 90))
    if link.info is not None:
        left.append(Part(f"  {link.info.product} {clean(link.info.version)}", "", 60))
    else:
        left.append(Part("  connecting…" if link.problem is None else "  no answer", "$dim", 60))
    left.append(Part(f"  {engine.address.partition(':')[0]}", "$dim", 20))
    if not member.store.knows(Container):
        return left, [*jobs_parts(jobs)]
    right = [
        *jobs_parts(jobs),
        *usage_parts(member),
        Part(f"{counted(len(containers), 'container')}  ", "", 30),
        *state_parts(containers.values()),
    ]
    return left, right


def state_parts(containers: Collection[Container]) -> Iterator[Part]:
    """How many containers are in which state."""
    states = Counter(it.state for it in containers)
    unhealthy = sum(it.health is Health.UNHEALTHY for it in containers)
    failed = sum(it.failed for it in containers)
    exited = states[ContainerState.EXITED] + states[ContainerState.DEAD] - failed
    for state, word, style in _COUNTED:
        if count := states[state]:
            yield Part(f"{count} {word}  ", style, 50)
    if unhealthy:
        yield Part(f"{unhealthy} unhealthy  ", "bold $health-bad", 80)
    if failed:
        yield Part(f"{failed} failed  ", "$container-failed", 70)
    if exited:
        yield Part(f"{exited} exited  ", "$dim", 40)


def jobs_parts(jobs: Sequence[Job]) -> Iterator[Part]:
    """How many jobs are not over, and how far they are, as far as anybody can tell."""
    if not jobs:
        return
    yield Part(counted(len(jobs), "job"), "bold $busy", 85)
    shares = [it.share for it in jobs if it.share is not None]
    if shares:
        yield Part(f" {sum(shares) / len(jobs):.0%}", "$busy", 84)
    yield Part("  ", "", 85)


def usage_parts(member: Member) -> Iterator[Part]:
    """What all containers of an engine use, as far as it is known."""
    usage = member.usage
    if usage is None or usage.cpu_percent is None:
        return
    if member.sampler.behind_s:
        yield Part(f"figures {age(member.sampler.behind_s)} late  ", "$health-starting", 55)
    yield Part(f"cpu {percent(usage.cpu_percent)}  ", "", 36)
    if usage.memory_bytes is not None:
        yield Part(f"mem {brief_size(usage.memory_bytes)}  ", "", 35)


def banner(member: Member) -> tuple[list[Part], list[Part]]:
    """That the engine is lost, for how long, why, and what happens by itself."""
    link = member.watcher.link
    problem = link.problem
    if problem is None:
        return [], []
    lost_s = asyncio.get_running_loop().time() - link.true_at
    left = [
        Part(f" {member.engine.name} lost {age(lost_s)} ago", "", 100),
        Part(f": {problem.kind}. ", "", 90),
        Part("You see how things were then. ", "", 40),
    ]
    return left, [Part(f"{next_try(link)} ", "", 60), Part(" ctrl+r now ", "", 50)]


def next_try(link: Link) -> str:
    """When a lost engine is tried again, in words."""
    if not link.retry_at:
        return "Trying again…"
    left_s = link.retry_at - asyncio.get_running_loop().time()
    return f"Trying again in {age(left_s + 0.99)}." if left_s > 0 else "Trying again…"


def hints(screen: PanesScreen) -> list[KeyHint]:
    """The keys that matter now, in order of use; the last goes to the right end."""
    if screen.no_engine.has_class("-shown"):
        return [*_WITHOUT_ENGINE, *_ALWAYS[-3:]]
    if isinstance(screen.focused, Input) and (typing := offered(screen, screen.focused)):
        return typing
    if screen.detail.has_focus_within:
        shown = offered(screen)
        tabs = [KeyHint("[ ]", "tabs", "right_square_bracket"), KeyHint("z", "zoom", "z")]
        return [*shown, *tabs, KeyHint("esc", "back", "escape"), *_ALWAYS[-3:]]
    actions = sorted(
        (it for it in screen.list_pane.table.actions_now() if it.rank), key=lambda it: it.rank
    )
    return [
        *(
            KeyHint(key_name(it.key), it.label.rstrip("…").lower(), it.key.partition(",")[0])
            for it in actions
        ),
        *_ALWAYS,
    ]


def offered(screen: Screen[None], only: Widget | None = None) -> list[KeyHint]:
    """What the focus offers, each command once: first the page's keys, then those of its parts.

    Args:
        screen: The screen.
        only: Leave out what is not offered by this.
    """
    found: dict[tuple[int, str], KeyHint] = {}
    for key, it in screen.active_bindings.items():
        if it.binding.show and it.node not in (screen, screen.app) and only in (None, it.node):
            depth = len(it.node.ancestors)
            hint = KeyHint(key_name(key), it.binding.description.lower(), key)
            found.setdefault((depth, it.binding.action), hint)
    return [hint for _, hint in sorted(found.items(), key=lambda it: it[0][0])]
