"""Paths by the hundred thousand, each kept once, in about fifty bytes."""

from __future__ import annotations

from array import array

ROOT = 0
"""The node of the folder that all paths begin in."""

_FIRST_SLOTS = 1024
_REMEMBERED = 4096
_HASH = 0xFFFFFFFF


class PathTable:
    """A tree of names. A node is a number; that of a folder is lower than those of what is in it.

    It only grows, so that one thread may add while another reads what was there before: whoever
    reads looks at the nodes below `len()`, which grows last.
    """

    __slots__ = ("_folders", "_hashes", "_names", "_slots", "_starts", "parents")

    def __init__(self) -> None:
        """Begin with the root alone."""
        self.parents = array("I", (ROOT,))
        """The folder that each node is in; the root is in itself."""
        self._names = bytearray(b"/")
        self._starts = array("I", (0,))
        self._hashes = array("I", (0,))
        self._slots = array("I", bytes(4 * _FIRST_SLOTS))
        self._folders: dict[bytes, int] = {}

    def __len__(self) -> int:
        """How many nodes there are, the root included."""
        return len(self.parents)

    @property
    def name_bytes(self) -> int:
        """How many bytes all names take."""
        return len(self._names)

    def name(self, node: int) -> bytes:
        """The last part of a node's path; empty for the root."""
        start = self._starts[node]
        return bytes(self._names[start : self._names.index(b"/", start)])

    def path(self, node: int) -> bytes:
        """The whole path of a node, from the root on, without a slash before it."""
        parts = []
        while node != ROOT:
            parts.append(self.name(node))
            node = self.parents[node]
        return b"/".join(reversed(parts))

    def depth(self, node: int) -> int:
        """How many folders a node is in, the root not counted."""
        depth = -1
        while node != ROOT:
            node = self.parents[node]
            depth += 1
        return max(0, depth)

    def add(self, path: bytes) -> int:
        """The node of a path, which is made if need be.

        Empty parts and `.` mean nothing; `..` is a name like any other, since nothing here is
        ever looked up in a file system.
        """
        head, _, name = path.rpartition(b"/")
        folder = self._folders.get(head)
        if folder is None:
            folder = ROOT
            for part in head.split(b"/"):
                if part and part != b".":
                    folder = self.child(folder, part)
            if len(self._folders) >= _REMEMBERED:
                self._folders.clear()
            self._folders[head] = folder
        return self.child(folder, name) if name and name != b"." else folder

    def child(self, parent: int, name: bytes) -> int:
        """The node of a name in a folder, which is made if need be."""
        # Salted by the interpreter, so that nobody can choose names that collide.
        hash_ = hash((parent, name)) & _HASH
        slots, hashes = self._slots, self._hashes
        mask = len(slots) - 1
        slot = hash_ & mask
        while node := slots[slot]:
            if hashes[node] == hash_ and self.parents[node] == parent and self.name(node) == name:
                return node
            slot = (slot + 1) & mask
        return self._append(parent, name, hash_, slot)

    def find(self, path: bytes) -> int | None:
        """The node of a path; `None` if it was never added. Not for a table that is sealed."""
        node = ROOT
        for part in path.split(b"/"):
            if part and part != b".":
                found = self._look(node, part)
                if found is None:
                    return None
                node = found
        return node

    def seal(self) -> None:
        """Let go of what only adding needs: nothing will be added any more."""
        self._folders.clear()
        self._slots, self._hashes = array("I", bytes(4)), array("I")
        self.parents, self._starts = self.parents[:], self._starts[:]
        self._names = bytearray(self._names)

    def containing(self, text: bytes) -> array[int]:
        """The nodes whose own name contains a text, whatever the case of ASCII letters."""
        found = array("I")
        names, wanted = bytes(self._names).lower(), text.lower()
        starts, count = self._starts, len(self)
        at = names.find(wanted) if wanted else -1
        node = 0
        while at >= 0:
            node = _holder(starts, at, node, count)
            found.append(node)
            at = names.find(wanted, names.index(b"/", at))
        return found

    def _look(self, parent: int, name: bytes) -> int | None:
        hash_, mask = hash((parent, name)) & _HASH, len(self._slots) - 1
        slot = hash_ & mask
        while node := self._slots[slot]:
            if self.parents[node] == parent and self.name(node) == name:
                return node
            slot = (slot + 1) & mask
        return None

    def _append(self, parent: int, name: bytes, hash_: int, slot: int) -> int:
        node = len(self.parents)
        self._starts.append(len(self._names))
        self._names += name
        self._names += b"/"
        self._hashes.append(hash_)
        self._slots[slot] = node
        self.parents.append(parent)
        if node * 3 > len(self._slots) * 2:
            self._make_room()
        return node

    def _make_room(self) -> None:
        slots = array("I", bytes(8 * len(self._slots)))
        mask = len(slots) - 1
        for node in range(1, len(self._hashes)):
            slot = self._hashes[node] & mask
            while slots[slot]:
                slot = (slot + 1) & mask
            slots[slot] = node
        self._slots = slots


def _holder(starts: array[int], at: int, first: int, count: int) -> int:
    """The node in whose name a byte is, which is no node before `first`."""
    last = count
    while last - first > 1:
        middle = (first + last) // 2
        if starts[middle] <= at:
            first = middle
        else:
            last = middle
    return first
