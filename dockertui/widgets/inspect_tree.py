"""A JSON document to fold, to search and to copy from."""

from __future__ import annotations

from collections.abc import Hashable

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.widgets import Input

from dockertui.widgets.command import bindings, command
from dockertui.widgets.json_nodes import Node
from dockertui.widgets.row_messages import CopyWanted, PositionChanged
from dockertui.widgets.search_line import Searched, SearchLine
from dockertui.widgets.tree_view import TreeView


class InspectTree(Searched):
    """A tree with the keys to read it, and a line to search it."""

    def __init__(self) -> None:
        """Begin without a document."""
        super().__init__()
        self.tree_view = TreeView()
        self._origin = 0

    def compose(self) -> ComposeResult:
        """Fill it with the tree; the search line comes when it is first wanted."""
        yield self.tree_view

    def show(self, document: object, owner: Hashable) -> None:
        """Show a document.

        Args:
            document: The JSON, decoded.
            owner: Whose it is; for another, secrets are masked again.
        """
        self.tree_view.show(document, owner)

    @property
    def position_text(self) -> str:
        """The path of the selected value, and its place among the hits while one searches."""
        tree = self.tree_view
        path = "" if tree.selected is None else tree.selected.path
        if not tree.words:
            return path
        if not tree.hits:
            return f"nothing matches {tree.words}"
        place = next((at for at, it in enumerate(tree.hits, 1) if it.path == path), None)
        among = f"hit {place:,} of {len(tree.hits):,}" if place else f"{len(tree.hits):,} hits"
        return f"{among} ─ {path}"

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        """Search as one types, from where one began."""
        event.stop()
        tree = self.tree_view
        if event.value == tree.words:
            return
        tree.search(event.value)
        onward = (it for it in tree.hits if it.number >= self._origin)
        if hit := next(onward, tree.hits[0] if tree.hits else None):
            tree.go_to(hit)
        # What the tree posts while this runs counts as ours, and Textual hands it to us alone.
        self.post_message(PositionChanged(tree))

    def leave_search_line(self) -> None:
        """Go from the search line to the tree; the hits stay marked."""
        for line in self.query(SearchLine):
            line.display = False
        self.tree_view.focus()

    @command("enter", "Open or fold", show=True)
    def action_open_or_fold(self) -> None:
        """Open or fold the selected branch; show the selected value in full, or in one line."""
        if (node := self.tree_view.selected) is None:
            return
        if node.is_branch:
            self._fold(node, open_=not self.tree_view.document.is_open(node))
        else:
            self.tree_view.show_in_full(node)

    @command("right", "Open")
    def action_open(self) -> None:
        """Open the selected branch, or go into it when it is open."""
        tree = self.tree_view
        if (node := tree.selected) is None or not node.is_branch:
            return
        if tree.document.is_open(node):
            tree.move_to(tree.cursor + 1)
        else:
            self._fold(node, open_=True)

    @command("left", "Fold")
    def action_fold(self) -> None:
        """Fold the selected branch, or go to the branch that the selected value is in."""
        tree = self.tree_view
        if (node := tree.selected) is None:
            return
        if node.is_branch and tree.document.is_open(node):
            self._fold(node, open_=False)
        elif (parent := tree.document.parent(node)) is not None:
            tree.move_to(tree.placed.place_of(parent.path, tree.cursor))

    @command("plus,equals_sign", "Open all")
    def action_open_all(self) -> None:
        """Open every branch one level deeper."""
        self.tree_view.document.fold_all(1)
        self.tree_view.show_nodes()

    @command("minus", "Fold all")
    def action_fold_all(self) -> None:
        """Fold every branch by one level."""
        self.tree_view.document.fold_all(-1)
        self.tree_view.show_nodes()

    @command("slash", "Search", show=True)
    async def action_search(self) -> None:
        """Find names and values as you type, in folded branches too."""
        if not (lines := self.query(SearchLine)):
            await self.mount(SearchLine(placeholder="a name or a value", compact=True))
            lines = self.query(SearchLine)
        if (node := self.tree_view.selected) is not None:
            self._origin = node.number
        line = lines.first()
        line.display = True
        line.value = self.tree_view.words
        line.focus()

    @command("n", "Next hit")
    def action_next_hit(self) -> None:
        """Go to the next hit of the search."""
        hits, at = self.tree_view.hits, self._number
        if hits:
            self.tree_view.go_to(next((it for it in hits if it.number > at), hits[0]))

    @command("N", "Previous hit")
    def action_previous_hit(self) -> None:
        """Go to the previous hit of the search."""
        hits, at = self.tree_view.hits, self._number
        if hits:
            self.tree_view.go_to(next((it for it in reversed(hits) if it.number < at), hits[-1]))

    @command("escape", "End search")
    def action_end_search(self) -> None:
        """Mark no hits any more; what one has found stays open."""
        tree, line = self.tree_view, self.query(SearchLine)
        if not tree.words and not any(it.display for it in line):
            raise SkipAction
        tree.search("")
        tree.document.keep_open()
        tree.show_nodes()
        self.leave_search_line()

    @command("v", "Reveal")
    def action_reveal(self) -> None:
        """Show the selected value if it is masked, or mask it again."""
        if (node := self.tree_view.selected) is not None and node.plain:
            self.tree_view.reveal(node)

    @command("V", "Reveal all")
    def action_reveal_all(self) -> None:
        """Show every value that is masked, or mask them all again."""
        self.tree_view.reveal_all()

    @command("y", "Copy", show=True)
    def action_copy(self) -> None:
        """Copy the selected value; of a branch, its JSON."""
        tree = self.tree_view
        if (node := tree.selected) is None:
            return
        inside = tree.document.nodes[node.number : node.end]
        masked = any(it.plain and not tree.is_revealed(it) for it in inside)
        what = f"{node.path}, masked; v reveals it first" if masked else node.path
        self.post_message(CopyWanted(tree.text_of(node), what))

    @command("Y", "Copy path")
    def action_copy_path(self) -> None:
        """Copy the path of the selected value, as jq takes it."""
        if (node := self.tree_view.selected) is not None:
            self.post_message(CopyWanted(node.path, "the path"))

    @property
    def _number(self) -> int:
        selected = self.tree_view.selected
        return selected.number if selected is not None else 0

    def _fold(self, node: Node, *, open_: bool) -> None:
        self.tree_view.document.fold(node, open_=open_)
        self.tree_view.show_nodes()

    BINDINGS = bindings(locals())
