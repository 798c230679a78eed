"""Where in a tree of files a name is, folded folders included."""

from __future__ import annotations

from dockertui.model.path_table import ROOT
from dockertui.store.file_rows import FileRows


class FileSearch:
    """What contains some words: a part of a name, or of a path if there is a slash in it."""

    def __init__(self, rows: FileRows, words: str) -> None:
        """Look at all files that the rows may show, whatever is folded.

        Args:
            rows: The rows, in whose order one goes from hit to hit.
            words: What to look for; the case of ASCII letters does not matter.
        """
        self.words = words
        self.count = 0
        """How many there are."""
        view = rows.view
        self._rows = rows
        self._hits = bytearray(len(view))
        self._leads = bytearray(len(view))
        paths, wanted = view.table.paths, words.strip("/").lower().encode("utf-8", "replace")
        last = wanted.rpartition(b"/")[2]
        for node in paths.containing(last):
            if node >= len(view) or not view.marks[node] & rows.shown:
                continue
            if last is not wanted and wanted not in paths.path(node).lower():
                continue
            self._hits[node] = 1
            self.count += 1
            while not self._leads[node]:
                self._leads[node] = 1
                node = paths.parents[node]  # noqa: PLW2901 - the way up

    def is_hit(self, node: int) -> bool:
        """Does a path contain the words?"""
        return node < len(self._hits) and bool(self._hits[node])

    def first(self) -> int | None:
        """The first hit of all; `None` if there is none."""
        return self._first_in(ROOT)

    def at_or_after(self, node: int) -> int | None:
        """A path if it is a hit, or else the next one behind it."""
        return node if self.is_hit(node) and node != ROOT else self.after(node)

    def after(self, node: int) -> int | None:
        """The next hit behind a path; after the last one, the first."""
        node = node if node < len(self._leads) else ROOT
        if self._leads_on(node) and (found := self._first_in(node)) is not None:
            return found
        while node != ROOT:
            folder = self._parent(node)
            content = self._rows.content(folder)
            behind = content[content.index(node) + 1 :] if node in content else ()
            if (found := next(filter(self._leads_on, behind), None)) is not None:
                return self._first_at(found)
            node = folder
        return self.first()

    def before(self, node: int) -> int | None:
        """The next hit before a path; before the first one, the last."""
        node = node if node < len(self._leads) else ROOT
        while node != ROOT:
            folder = self._parent(node)
            content = self._rows.content(folder)
            ahead = content[: content.index(node)] if node in content else ()
            if (found := next(filter(self._leads_on, reversed(ahead)), None)) is not None:
                return self._last_at(found)
            if self._hits[folder]:
                return folder
            node = folder
        return self._last_at(ROOT) if self.count else None

    def _leads_on(self, node: int) -> bool:
        return node < len(self._leads) and bool(self._leads[node])

    def _parent(self, node: int) -> int:
        return self._rows.view.table.paths.parents[node]

    def _first_at(self, node: int) -> int | None:
        """A path if it is a hit, or else the first hit in it."""
        return node if self._hits[node] else self._first_in(node)

    def _first_in(self, node: int) -> int | None:
        """The first hit in a folder."""
        while True:
            content = self._rows.content(node)
            if (found := next(filter(self._leads_on, content), None)) is None:
                return None
            if self._hits[found]:
                return found
            node = found

    def _last_at(self, node: int) -> int:
        """The last hit in a path, which may be the path itself."""
        while True:
            content = reversed(self._rows.content(node))
            if (found := next(filter(self._leads_on, content), None)) is None:
                return node
            node = found
