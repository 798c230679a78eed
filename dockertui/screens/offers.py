"""Everything that can be done now, as the menu, the palette and the help list it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from textual.binding import Binding

from dockertui.actions import EVERY_ACTION, Action, actions_for, targets_of
from dockertui.model import DockerObject
from dockertui.screens.item import Item

if TYPE_CHECKING:
    from textual.binding import ActiveBinding

    from dockertui.screens.help import KeyGroup
    from dockertui.screens.host import Host
    from dockertui.screens.main import MainScreen
    from dockertui.widgets.resource_pane import ResourcePane

_PRESS = "press:"
_REMOVED = "logs:removed"


def menu_items(screen: MainScreen) -> list[Item]:
    """What can be done to the selected object, or to all that is marked."""
    pane = screen.list_pane
    return [_item(each, pane, screen) for each in _distinct(pane, screen)] + [
        Item(id=_PRESS + key, key=key, label=label, help=help_)
        for key, label, help_ in _commands(screen)
        if key in {"l", "L", "c", "i", "t"}
    ]


async def offer_menu(screen: MainScreen) -> None:
    """Let the person choose what to do with the selected object, or in an empty list."""
    from dockertui.screens.menu import Menu

    resource, selected = screen.list_pane.resource, screen.selected
    items = [it for it in menu_items(screen) if it.enabled or selected is not None]
    if selected is None:
        # What reads about an object has none to read about.
        items = [it for it in items if not it.id.startswith(_PRESS)]
    if not items:
        screen.dispatcher.say(f"{resource.title}: nothing is selected.")
        return
    title = selected.name if selected is not None else resource.title
    run_item(screen, await screen.app.push_screen_wait(Menu(title, items)))


def every_item(screen: MainScreen) -> list[Item]:
    """Every action on whatever the lists have selected, and every command that a key runs."""
    panes = sorted(screen.panes, key=lambda it: it is not screen.list_pane)
    items = [_item(each, pane, screen) for pane in panes for each in _distinct(pane, screen)]
    removed = "Read what containers wrote that are gone, as far as it was seen."
    return [
        *items,
        *command_items(screen),
        Item(id=_REMOVED, key="", label="Logs of removed containers…", help=removed),
    ]


def command_items(screen: Host) -> list[Item]:
    """Every command that a key runs where the focus is now."""
    return [
        Item(id=_PRESS + key, key=key, label=label, help=help_)
        for key, label, help_ in _commands(screen)
    ]


def run_command(screen: Host, chosen: str | None) -> bool:
    """Do what a key does, if that was chosen; says whether it was."""
    is_key = chosen is not None and chosen.startswith(_PRESS)
    if chosen is not None and is_key:
        screen.press(chosen.removeprefix(_PRESS))
    return is_key


def run_item(screen: MainScreen, chosen: str | None) -> None:
    """Do what was chosen from the menu or the palette."""
    if chosen is None or run_command(screen, chosen):
        return
    if chosen == _REMOVED:
        screen.show_removed()
        return
    action = next(it for it in EVERY_ACTION if it.id == chosen)
    pane = next(it for it in screen.panes if it.resource.kind is action.kind)
    if targets := _targets(action, pane, screen):
        screen.perform(action, targets)


def key_groups(screen: MainScreen) -> list[KeyGroup]:
    """Every key, those of what has the focus first, and those of what is selected."""
    from dockertui.screens.help import KeyGroup

    kind = screen.list_pane.resource.kind
    of_object = tuple((it.key, it.label, it.help) for it in actions_for(kind))
    acting = KeyGroup(title=f"On a {kind.kind}", keys=of_object)
    groups = command_groups(screen)
    return groups if screen.detail.has_focus_within else [acting, *groups]


def command_groups(screen: Host) -> list[KeyGroup]:
    """Every key that runs a command, those of what has the focus first."""
    from dockertui.screens.help import KeyGroup
    from dockertui.screens.room import Room

    groups: dict[str, list[tuple[str, str, str]]] = {"Here": [], "Anywhere": []}
    for node, key, label, help_ in _bound(screen):
        title = "Anywhere" if node is screen or node is screen.app else "Here"
        groups[title].append((key, label, help_))
    # What every room has is known by heart, and may be below the fold.
    shared = {it.description for it in Room.BINDINGS if isinstance(it, Binding)}
    groups["Anywhere"].sort(key=lambda it: isinstance(screen, Room) and it[1] in shared)
    return [KeyGroup(title=title, keys=tuple(keys)) for title, keys in groups.items() if keys]


def _distinct(pane: ResourcePane, screen: MainScreen) -> Iterator[Action[Any]]:
    """The actions on a kind, of those that share a key only the one that makes sense now."""
    seen: set[str] = set()
    actions = actions_for(pane.resource.kind)
    for each in actions:
        if each.key in seen:
            continue
        seen.add(each.key)
        sharing = [it for it in actions if it.key == each.key]
        yield next((it for it in sharing if _targets(it, pane, screen)), each)


def _targets(
    action: Action[Any], pane: ResourcePane, screen: MainScreen
) -> tuple[DockerObject, ...]:
    """What an action would be done to in a list as it is now."""
    engine = next(iter(screen.fleet)).engine.name
    return targets_of(pane.table.marked, pane.table.selected, action, engine)


def _item(action: Action[Any], pane: ResourcePane, screen: MainScreen) -> Item:
    targets = _targets(action, pane, screen)
    selected = pane.table.selected
    why_not = f"{getattr(selected, 'state', '')}" if selected is not None else "nothing selected"
    return Item(
        id=action.id,
        key=action.key,
        label=action.label,
        help=action.help,
        group=pane.resource.title.lower() if action.of_pane else _group(targets, pane),
        enabled=bool(targets),
        why_not="" if targets else why_not,
    )


def _group(targets: Iterable[DockerObject], pane: ResourcePane) -> str:
    names = [it.name for it in targets]
    if not names:
        return str(pane.resource.kind.kind)
    return names[0] if len(names) == 1 else f"{len(names)} marked"


def _commands(screen: Host) -> Iterator[tuple[str, str, str]]:
    for _, key, label, help_ in _bound(screen):
        yield key, label, help_


def _bound(screen: Host) -> Iterator[tuple[Any, str, str, str]]:
    """Each command once, with the widget it belongs to and the key to show for it."""
    found: dict[tuple[int, str], tuple[str, ActiveBinding]] = {}
    for key, active in screen.active_bindings.items():
        binding = active.binding
        if binding.system or not binding.tooltip or binding.action.startswith("press("):
            continue
        known = found.get(command := (id(active.node), binding.action))
        # The first key is the one to show, unless it is a chord and another is not.
        if known is None or ("+" in known[0] and "+" not in key):
            found[command] = key, active
    for key, active in found.values():
        yield active.node, key, active.binding.description, active.binding.tooltip
