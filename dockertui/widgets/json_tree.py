"""Which values of a JSON document are on show, and which of them match a search."""

from __future__ import annotations

from dockertui.widgets.json_nodes import Node, nodes_of

_DEEPEST = 32


class JsonTree:
    """A document that folds. Folds belong to paths, so they hold for the next document, too."""

    def __init__(self) -> None:
        """Begin without a document."""
        self.nodes: list[Node] = []
        self._document: object = None
        self._depth = 1
        self._folds: dict[str, bool] = {}
        self._opened_for_search: set[str] = set()
        self._haystacks: list[str] = []

    def load(self, document: object) -> bool:
        """Take another document; says whether it differs from the last."""
        if self.nodes and document == self._document:
            return False
        self._document = document
        self.nodes = nodes_of(document)
        self._haystacks = [
            it.label.lower() if it.is_branch else f"{it.label}: {it.text}".lower()
            for it in self.nodes
        ]
        return True

    def shown(self) -> list[Node]:
        """The values on show, in order: those that no folded branch hides."""
        shown, nodes = [], self.nodes
        number = 1 if nodes and nodes[0].is_branch else 0
        while number < len(nodes):
            node = nodes[number]
            shown.append(node)
            number = number + 1 if not node.is_branch or self.is_open(node) else node.end
        return shown

    def is_open(self, node: Node) -> bool:
        """Are the values in a branch on show, as far as it is itself?"""
        if node.path in self._opened_for_search:
            return True
        return self._folds.get(node.path, node.depth < self._depth)

    def fold(self, node: Node, *, open_: bool) -> None:
        """Open or fold a branch."""
        self._opened_for_search.discard(node.path)
        self._folds[node.path] = open_

    def fold_all(self, by: int) -> None:
        """Open every branch one level deeper, or one level less with -1."""
        deepest = max((it.depth for it in self.nodes if it.is_branch), default=0) + 1
        self._depth = max(1, min(self._depth + by, deepest, _DEEPEST))
        self._folds.clear()

    def parent(self, node: Node) -> Node | None:
        """The branch that a value is in, unless that is the whole document."""
        return self.nodes[node.parent] if node.parent > 0 else None

    def hits(self, words: str) -> list[Node]:
        """The values whose name or text contains words, whatever their case."""
        if not words:
            return []
        wanted = words.lower()
        found = zip(self.nodes, self._haystacks, strict=True)
        return [node for node, text in found if wanted in text and node.parent >= 0]

    def open_to(self, node: Node) -> bool:
        """Open what hides a value, until the next call: a search goes through many.

        Returns:
            Whether anything else is open than before.
        """
        before, self._opened_for_search = self._opened_for_search, set()
        above = self.parent(node)
        while above is not None:
            if not self.is_open(above):
                self._opened_for_search.add(above.path)
            above = self.parent(above)
        return self._opened_for_search != before

    def keep_open(self) -> None:
        """Leave open what the search has opened last."""
        self._folds.update(dict.fromkeys(self._opened_for_search, True))
        self._opened_for_search = set()
