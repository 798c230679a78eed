"""The way from the lists to a room of logs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from dockertui.model import Container, Image, Project
from dockertui.screens.cover import cover
from dockertui.screens.item import Item
from dockertui.screens.log_choices import (
    REMOVED,
    Together,
    choices_for,
    items,
    of_containers,
    of_image,
)
from dockertui.screens.log_room import LogRoom
from dockertui.screens.menu import Menu
from dockertui.sync.life_feed import LifeFeed
from dockertui.sync.merged_feed import MergedFeed
from dockertui.text import counted

if TYPE_CHECKING:
    from dockertui.screens.linked_screen import LinkedScreen
    from dockertui.sync.last_words import Life


async def open_together(screen: LinkedScreen) -> None:
    """Show the logs of all that is marked, or ask with whom the selected one is read."""
    table = screen.list_pane.table
    chosen = [*table.marked] or [table.selected]
    if projects := [it for it in chosen if isinstance(it, Project)]:
        show(screen, of_projects(projects))
        return
    if images := [it for it in chosen if isinstance(it, Image)]:
        show(screen, of_images(images))
        return
    containers = [it for it in chosen if isinstance(it, Container)]
    if len(containers) > 1:
        show(screen, of_containers(containers))
        return
    known = screen.fleet.objects(Container)
    choices = choices_for(containers[0] if containers else None, known)
    title = f"Logs together with {containers[0].name}" if containers else "Logs together"
    answer = await screen.app.push_screen_wait(Menu(title, items(choices, known)))
    if answer == REMOVED:
        await open_removed(screen)
    elif answer is not None:
        show(screen, choices[int(answer)])


def of_images(images: Sequence[Image]) -> Together:
    """All containers that were made from any of some images."""
    each = [of_image(it) for it in images]
    if len(each) == 1:
        return each[0]
    return Together(
        label=counted(len(each), "image"), wants=lambda it: any(one.wants(it) for one in each)
    )


def of_projects(projects: Sequence[Project]) -> Together:
    """All containers of some Compose projects."""
    keys = {(it.engine, it.name) for it in projects}
    names = " + ".join(sorted(it.name for it in projects))
    return Together(
        label=f"project {names}" if len(projects) == 1 else f"projects {names}",
        wants=lambda it: (it.engine, it.project) in keys,
    )


async def open_removed(screen: LinkedScreen) -> None:
    """Show what a container wrote that is gone, once the person has said which."""
    lives = [it for member in screen.fleet for it in member.last_words.lives()]
    if not lives:
        screen.say("Nothing was removed while this ran, or what was had written nothing.")
        return
    menu = Menu("Logs of removed containers", [_item(*it) for it in enumerate(lives)])
    if (answer := await screen.app.push_screen_wait(menu)) is not None:
        life = lives[int(answer)]
        cover(screen, LogRoom(life.title, lambda _: LifeFeed(life), screen.fleet))


def show(screen: LinkedScreen, together: Together) -> None:
    """Show logs as one."""
    fleet = screen.fleet

    def open_log(changed: Callable[[], None]) -> MergedFeed:
        return MergedFeed([*fleet], together.wants, changed, title=together.title)

    cover(screen, LogRoom(together.title, open_log, fleet, together))


def _item(place: int, life: Life) -> Item:
    when = f"{life.ended_at.astimezone():%H:%M:%S}" if life.ended_at else "unseen"
    words = f"exited {life.exit_code}" if life.exit_code is not None else ""
    return Item(
        id=str(place),
        key=str(place + 1) if place < 9 else "",  # noqa: PLR2004 - as many digits
        label=life.name,
        help=f"{life.container.image}; its last {counted(life.lines, 'line')}.",
        note="  ".join(filter(None, (when, words))),
    )
