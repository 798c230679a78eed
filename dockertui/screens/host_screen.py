"""A whole screen for an engine and its machine: the first thing to look at when the pager rings."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from dockertui.model import Container, DockerObject, Key
from dockertui.model.host import Host
from dockertui.model.system import ENGINE
from dockertui.resources.host_tabs import TABS
from dockertui.screens.chrome import banner, offered, summary
from dockertui.screens.log_host import LogHost
from dockertui.screens.room import Room
from dockertui.sync import Member
from dockertui.widgets.command import bindings, command
from dockertui.widgets.detail_body import DetailBody
from dockertui.widgets.detail_pane import DetailPane
from dockertui.widgets.detail_sources import DetailSources
from dockertui.widgets.followed_log import Feed
from dockertui.widgets.key_bar import KeyBar, KeyHint
from dockertui.widgets.measurements import Measurements
from dockertui.widgets.message_bar import MessageBar
from dockertui.widgets.row_messages import GoWanted, PositionChanged
from dockertui.widgets.status_bar import Part, StatusBar

_TABS = KeyHint("[ ]", "tabs", "right_square_bracket")
_LAST_KEYS = (KeyHint("?", "help", "question_mark"), KeyHint("esc", "back", "escape"))


class HostScreen(Room, LogHost):
    """Shows what is known of one engine, in tabs."""

    CSS_PATH = "../styles/host.tcss"
    ALLOW_SELECT = False
    SHOWS_ALL_FIGURES: ClassVar = True

    def __init__(
        self,
        member: Member,
        go_to: Callable[[Key], None],
        measurements: Callable[[], Measurements],
    ) -> None:
        """Show an engine.

        Args:
            member: The engine, and what is known of it.
            go_to: Shows a container, once this screen is gone.
            measurements: Finds what was measured over time.
        """
        super().__init__()
        name = member.engine.name
        self.detail = DetailPane(
            DetailSources(
                engine_of=lambda _: member.engine,
                open_log=_no_log,
                measurements=measurements,
                member_of=lambda _: member,
            )
        )
        self.message_bar = MessageBar()
        self._host = Host(id=ENGINE, name=name, engine=name)
        self._member = member
        self._go_to = go_to
        self._bar = StatusBar()
        self._keys = KeyBar()
        self._drawing = False
        self._let_go: Callable[[], None] | None = None

    def compose(self) -> ComposeResult:
        """Put the page between the line that says how things stand and that of its keys."""
        yield self._bar
        yield self.detail
        yield self._keys
        yield self.message_bar

    def on_mount(self) -> None:
        """Show the first tab, and follow the engine."""
        self._let_go = self._member.watcher.on_link(lambda _: self._link_changed())
        self.set_interval(1.0, self._draw_bar)
        self.detail.show(self._host, TABS)
        self.call_after_refresh(self._go_in)
        self._link_changed()

    def on_unmount(self) -> None:
        """Listen no more."""
        if self._let_go is not None:
            self._let_go()

    def name_of(self, _: bytes) -> str:
        """Nothing here has a log of its own."""
        return self._host.name

    @on(GoWanted)
    def _go_wanted(self, event: GoWanted) -> None:
        key = event.target
        if key is None:
            self.say("That is about no container that is still there.")
        elif key.id not in self._member.store.snapshot(Container):
            self.say("That container has been removed.")
        else:
            self.dismiss(None)
            self._go_to(key)

    @command("right_square_bracket", "Next tab")
    async def action_next_tab(self) -> None:
        """Read the next thing about the engine."""
        self.detail.action_next_tab()
        await self._go_in()

    @command("left_square_bracket", "Previous tab")
    async def action_previous_tab(self) -> None:
        """Read the previous thing about the engine."""
        self.detail.action_previous_tab()
        await self._go_in()

    async def _go_in(self) -> None:
        """Give the focus to what is open, before the next key comes, which is meant for it."""
        # Not `focus()`, which takes effect later.
        self.set_focus(await self.detail.query_one(DetailBody).ready())

    @command("ctrl+r,f5", "Refresh")
    def action_refresh_all(self) -> None:
        """List everything again; try to reach a lost engine at once."""
        self._member.watcher.retry_now()
        self.detail.reload()
        self.say("Asking the engine again.")

    @command("escape,O", "Back")
    def action_back(self) -> None:
        """Go one step back: a message, then to the lists."""
        if not self.message_bar.dismiss():
            self.dismiss(None)

    @on(PositionChanged)
    def _moved(self) -> None:
        self._draw_soon()

    def on_descendant_focus(self) -> None:
        """Show the keys of what has the focus."""
        self._draw_soon()

    def _link_changed(self) -> None:
        link = self._member.watcher.link
        self.detail.set_stale(link.problem is not None and not link.is_up)
        self._draw_soon()

    # The lines above and below

    def _draw_soon(self) -> None:
        """Draw both lines once, however much has changed before the next frame."""
        if not self._drawing and self.is_attached:
            self._drawing = True
            self.call_next(self._draw)

    def _draw(self) -> None:
        self._drawing = False
        if self.is_running:
            self._draw_bar()
            self._keys.show([*offered(self), _TABS, *_LAST_KEYS])

    def _draw_bar(self) -> None:
        """Say how things stand; nothing else on this screen but the page changes by itself."""
        link = self._member.watcher.link
        if link.problem is not None and not link.is_up:
            self._bar.show(*banner(self._member), lost=True)
        else:
            (_, *left), right = summary(self._member)
            self._bar.show([Part(" engine ", "bold $key", 100), *left], right)

    BINDINGS: ClassVar = bindings(locals())


def _no_log(_: DockerObject, __: Callable[[], None]) -> Feed:
    raise NotImplementedError
