"""The files of an image, with the keys to go through them."""

from __future__ import annotations

from dataclasses import replace

from textual.actions import SkipAction

from dockertui.resources.image_pages.file_texts import LENSES
from dockertui.store.file_rows import Order
from dockertui.widgets.command import bindings, command
from dockertui.widgets.files_view import FilesView
from dockertui.widgets.row_messages import CopyWanted
from dockertui.widgets.search_line import SearchLine


class FilesPage(FilesView):
    """Reads an image when asked to, and shows its files layer by layer, or as one sees them."""

    @command("enter", "Open", show=True)
    def action_open_or_fold(self) -> None:
        """Read the files; open or fold the selected folder; tell all of the selected file."""
        if self.tree_view.node is None:
            self.action_read()
        elif self._is_branch:
            self._fold(open_=not self._is_open)
        else:
            self.tree_view.turn_whole()

    @command("right", "Open folder")
    def action_open(self) -> None:
        """Open the selected folder, or go into it when it is open."""
        tree = self.tree_view
        if not self._is_branch:
            return
        if self._is_open:
            tree.move_to(tree.cursor + 1)
        else:
            self._fold(open_=True)

    @command("left", "Fold folder")
    def action_fold(self) -> None:
        """Fold the selected folder, or go to the one that the selected file is in."""
        tree = self.tree_view
        if tree.node is None or tree.sight is None:
            return
        if self._is_branch and self._is_open:
            self._fold(open_=False)
        elif (parent := tree.sight.rows.parent(tree.cursor)) is not None:
            tree.move_to(parent)

    @command("plus,equals_sign", "Open all")
    def action_open_all(self) -> None:
        """Open every folder one level deeper."""
        if self.browsing is not None:
            self.browsing.open_levels(1)

    @command("minus", "Fold all")
    def action_fold_all(self) -> None:
        """Fold every folder by one level."""
        if self.browsing is not None:
            self.browsing.open_levels(-1)

    @command("full_stop", "Layer up", show=True)
    def action_next_layer(self) -> None:
        """Look at the next layer; behind the last one, at the whole image."""
        if self.browsing is not None:
            self.browsing.go_through_layers(1)

    @command("comma", "Layer down", show=True)
    def action_previous_layer(self) -> None:
        """Look at the layer below; below the first one, at the whole image."""
        if self.browsing is not None:
            self.browsing.go_through_layers(-1)

    @command("u", "Alone or up to")
    def action_up_to(self) -> None:
        """Show what the layer did alone, or all that one sees of it and those below it."""
        if self.browsing is not None:
            wish = self.browsing.wish
            self.browsing.want(replace(wish, is_alone=not wish.is_alone))

    @command("e", "Only…", show=True)
    def action_lens(self) -> None:
        """Show only what was added, changed or hidden, or wastes space; then all files again."""
        if self.browsing is not None:
            marks = [mark for mark, _ in LENSES]
            wish = self.browsing.wish
            shown = marks[(marks.index(wish.shown) + 1) % len(marks)]
            self.browsing.want(replace(wish, shown=shown))

    @command("s", "Order")
    def action_order(self) -> None:
        """Sort files by their size, or by their names."""
        if self.browsing is not None:
            wish = self.browsing.wish
            order = Order.NAME if wish.order is Order.SIZE else Order.SIZE
            self.browsing.want(replace(wish, order=order))

    @command("slash", "Search", show=True)
    async def action_search(self) -> None:
        """Find names as you type, in folded folders too; with a slash, parts of paths."""
        if self.browsing is None or self.browsing.sight is None:
            return
        if not (lines := self.query(SearchLine)):
            await self.mount(SearchLine(placeholder="a part of a name or path", compact=True))
            lines = self.query(SearchLine)
        self._origin = self.tree_view.node or 0
        line = lines.first()
        line.display = True
        line.value = self.browsing.wish.words
        line.focus()

    @command("n", "Next hit")
    def action_next_hit(self) -> None:
        """Go to the next hit of the search."""
        tree = self.tree_view
        if tree.sight is not None and tree.sight.search is not None and tree.node is not None:
            hit = tree.sight.search.after(tree.node)
            if hit is not None:
                tree.go_to(hit)

    @command("N", "Previous hit")
    def action_previous_hit(self) -> None:
        """Go to the previous hit of the search."""
        tree = self.tree_view
        if tree.sight is not None and tree.sight.search is not None and tree.node is not None:
            hit = tree.sight.search.before(tree.node)
            if hit is not None:
                tree.go_to(hit)

    @command("escape", "Stop")
    def action_end_search(self) -> None:
        """End the search, or stop reading; what has come by then stays."""
        browsing, lines = self.browsing, self.query(SearchLine)
        if browsing is not None and (browsing.wish.words or any(it.display for it in lines)):
            browsing.search("")
            self.leave_search_line()
        elif browsing is not None and browsing.reading.is_going_on:
            browsing.reading.stop()
        else:
            raise SkipAction

    @command("r", "Read")
    def action_read(self) -> None:
        """Read the files, or read them from the beginning after that was stopped or failed."""
        if self.browsing is not None:
            self.browsing.reading.start()

    @command("y", "Copy path", show=True)
    def action_copy(self) -> None:
        """Copy the whole path of the selected file."""
        if path := self.tree_view.path:
            self.post_message(CopyWanted(path, path))

    @property
    def _is_branch(self) -> bool:
        """Is a folder selected in which there is something to show?"""
        tree = self.tree_view
        if tree.sight is None or tree.node is None:
            return False
        return tree.sight.rows.has_content(tree.node)

    @property
    def _is_open(self) -> bool:
        tree = self.tree_view
        return tree.sight is not None and tree.sight.rows.is_open(tree.node or 0)

    def _fold(self, *, open_: bool) -> None:
        if self.browsing is None:
            return
        if open_:
            self.browsing.open(self.tree_view.cursor)
        else:
            self.browsing.fold(self.tree_view.cursor)

    BINDINGS = bindings(locals())
