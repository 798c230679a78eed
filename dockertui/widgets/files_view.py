"""The files of an image: what one looks at above them, and how far the reading is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static

from dockertui.resources.image_pages.file_texts import attributes, story
from dockertui.resources.image_pages.files_head import Part, head_lines, invitation, nothing_left
from dockertui.store.image_files import Change
from dockertui.sync.file_browsing import FileBrowsing
from dockertui.sync.image_reading import ImageReading, ReadingState
from dockertui.text import clean, counted
from dockertui.widgets.file_tree import FileTree
from dockertui.widgets.row_messages import PositionChanged
from dockertui.widgets.search_line import Searched, SearchLine

_TINTS = {
    Change.ADDED: "$file-added",
    Change.CHANGED: "$file-changed",
    Change.HIDDEN: "$file-hidden",
}


class FilesView(Searched):
    """Shows what one looks at in the files of an image."""

    DEFAULT_CSS = """
    FilesView > .files-head {
        height: 2; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis;
    }
    FilesView > FileTree { height: 1fr; }
    """

    def __init__(self) -> None:
        """Begin without an image."""
        super().__init__()
        self.tree_view = FileTree(self._told, self.action_open_or_fold)
        self.browsing: FileBrowsing | None = None
        self._steps: Sequence[str] = ()
        self._head = Static(classes="files-head", markup=False)
        self._said = Content("")
        self._shown = -1
        self._counting: Timer | None = None
        self._origin = 0
        self._seeks = False

    def compose(self) -> ComposeResult:
        """Put what one looks at above the files; the search line comes when it is first wanted."""
        yield self._head
        yield self.tree_view

    def follow(self, reading: ImageReading, steps: Sequence[str]) -> None:
        """Show an image.

        Args:
            reading: Its files.
            steps: What made each of its layers, the lowest first, as far as that is known.
        """
        self._steps = steps
        if self.browsing is not None and self.browsing.reading is reading:
            self.browsing.look_at_wanted()
        else:
            self.let_go()
            self._shown = -1
            self.browsing = FileBrowsing(reading, self._changed)
        self._changed()

    def let_go(self) -> None:
        """Show nothing any more, and stop reading what nobody looks at."""
        browsing, self.browsing = self.browsing, None
        if browsing is not None:
            browsing.close()
            browsing.reading.stop()
            self.tree_view.forget()

    def action_open_or_fold(self) -> None:
        """Do with the selected file what opening it does."""
        raise NotImplementedError

    def on_unmount(self) -> None:
        """Look no more."""
        if self.browsing is not None:
            self.browsing.close()

    @property
    def position_text(self) -> str:
        """The selected path, and how many hits there are while one searches."""
        browsing = self.browsing
        if browsing is None or (sight := browsing.sight) is None:
            return ""
        path = self.tree_view.path
        if not browsing.wish.words:
            return path
        if sight.search is None or not sight.search.count:
            return f"nothing matches {clean(browsing.wish.words)}"
        return f"{counted(sight.search.count, 'hit')} ─ {path}"

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        """Search as one types, from where one began."""
        event.stop()
        if self.browsing is not None and event.value != self.browsing.wish.words:
            self._seeks = True
            self.browsing.search(event.value)

    def leave_search_line(self) -> None:
        """Go from the search line to the files; the hits stay marked."""
        for line in self.query(SearchLine):
            line.display = False
        self.tree_view.focus()

    def _changed(self) -> None:
        """Draw what is to be seen now."""
        browsing, tree = self.browsing, self.tree_view
        if browsing is None:
            return
        sight = browsing.sight
        if sight is None:
            tree.say(*invitation(browsing.reading))
        elif not len(sight.rows):
            tree.say(*nothing_left(browsing.wish))
        if self._shown != browsing.version:
            self._shown = browsing.version
            tree.show(sight)
        if self._seeks and sight is not None and sight.search is not None:
            self._seeks = False
            if (hit := sight.search.at_or_after(self._origin)) is not None:
                tree.go_to(hit)
        self._write_head()
        self._count(browsing.reading)
        self.post_message(PositionChanged(tree))

    def _count(self, reading: ImageReading) -> None:
        """Count the seconds in which nothing comes, and no others."""
        is_waiting = reading.state is ReadingState.PACKING
        if is_waiting and self._counting is None:
            self._counting = self.set_interval(1.0, self._write_head)
        elif not is_waiting and self._counting is not None:
            self._counting.stop()
            self._counting = None

    def _write_head(self) -> None:
        if self.browsing is None:
            return
        now_s = asyncio.get_running_loop().time()
        first, second = head_lines(self.browsing, self._steps, now_s)
        said = Content("\n").join((_line(first), _line(second)))
        if not said.is_same(self._said):
            self._said = said
            self._head.update(said, layout=False)

    def _told(self, node: int) -> Iterator[tuple[str, str]]:
        """All there is to tell of a path."""
        browsing = self.browsing
        if browsing is None or (sight := browsing.sight) is None:
            return
        if (entry := sight.view.entry(node)) is not None:
            yield attributes(entry), ""
        reading = browsing.reading
        for text, change in story(reading.table, reading.layers, node, self._steps):
            yield text, _TINTS[change]


def _line(parts: Sequence[Part]) -> Content:
    return Content.assemble(*((text, style) for text, style in parts if text))
