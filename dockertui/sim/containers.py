"""All containers of a world, found and listed fast."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dockertui.sim.answers import Refusal
from dockertui.sim.container import Container
from dockertui.sim.inspection import summary_bytes

_ID_LENGTH = 64


class ContainerSet:
    """Every container, newest first, and their list as bytes for as long as it stays true."""

    def __init__(self) -> None:
        """Begin with none."""
        self._by_id: dict[str, Container] = {}
        self._ids: dict[str, str] = {}
        self._newest_first: list[Container] | None = None
        self._bodies: dict[bool, tuple[bytes, int]] = {}

    def __iter__(self) -> Iterator[Container]:
        """Go through them, newest first."""
        if self._newest_first is None:
            self._newest_first = sorted(
                self._by_id.values(), key=lambda it: it.created_ns, reverse=True
            )
        return iter(self._newest_first)

    def __len__(self) -> int:
        """Count them."""
        return len(self._by_id)

    def find(self, reference: str) -> Container:
        """Find one by ID, name or the beginning of its ID, or refuse in the engine's words."""
        name = reference.removeprefix("/")
        found = self._by_id.get(reference) or self._by_id.get(self._ids.get(name, ""))
        if found is not None:
            return found
        starting = [each for each in self.starting(reference) if reference]
        if len(starting) > 1:
            raise Refusal(400, f"Multiple IDs found with provided prefix: {reference}")
        if not starting:
            raise Refusal(404, f"No such container: {reference}")
        return starting[0]

    def starting(self, prefix: str) -> Iterable[Container]:
        """Find those whose ID starts so; a full ID takes no search."""
        if len(prefix) == _ID_LENGTH:
            return [self._by_id[prefix]] if prefix in self._by_id else []
        return [each for id_, each in self._by_id.items() if id_.startswith(prefix)]

    def add(self, container: Container) -> None:
        """Take one in, or refuse if its name is taken."""
        self.check_name(container.name)
        self._by_id[container.id] = container
        self._ids[container.name] = container.id
        self._newest_first = None
        self.changed()

    def remove(self, container: Container) -> None:
        """Let one go."""
        self._by_id.pop(container.id, None)
        self._ids.pop(container.name, None)
        self._newest_first = None
        self.changed()

    def rename(self, container: Container, name: str) -> None:
        """Give one another name, or refuse if it is taken."""
        self.check_name(name)
        self._ids[name] = self._ids.pop(container.name)
        container.name = name
        container.changed()

    def check_name(self, name: str) -> None:
        """Refuse a name that is taken."""
        if name in self._ids:
            raise Refusal(
                409,
                f'Conflict. The container name "/{name}" is already in use by container '
                f'"{self._ids[name]}". You have to remove (or rename) that container to be able '
                "to reuse that name.",
            )

    def changed(self) -> None:
        """Forget the list: it is no longer true."""
        self._bodies.clear()

    def references_changed(self) -> None:
        """Forget every entry: the names of images mean something else now."""
        for container in self._by_id.values():
            container.written_until_ns = 0
        self.changed()

    def listed(self, now_ns: int, *, everything: bool) -> bytes:
        """Write the list as the engine does, or as it was if that is still true."""
        body, until_ns = self._bodies.get(everything, (b"", 0))
        if now_ns >= until_ns:
            chosen = [
                each for each in self if everything or each.is_up or each.state == "restarting"
            ]
            body = b"[%s]\n" % b",".join(entry(each, now_ns) for each in chosen)
            until_ns = min((each.written_until_ns for each in chosen), default=1 << 62)
            self._bodies[everything] = body, until_ns
        return body


def entry(container: Container, now_ns: int) -> bytes:
    """Write one container's entry in a list, or take it as it was if that is still true."""
    if now_ns >= container.written_until_ns:
        container.written_summary, container.written_until_ns = summary_bytes(container, now_ns)
    return container.written_summary
