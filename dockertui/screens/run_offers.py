"""What the run form offers to complete: what the image declares, and what the engine has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from dockertui.actions.making.form import RunForm
from dockertui.model.run.field import RunField
from dockertui.model.run.mistakes import BadValue
from dockertui.model.run.mounts import volume
from dockertui.model.run.ports import Published, exposed, published
from dockertui.model.run.shell import joined, shown
from dockertui.model.run.spec import RunSpec
from dockertui.model.run.surroundings import Surroundings

_RESTARTS = ("no", "always", "unless-stopped", "on-failure:3")
_PULLS = ("missing", "always", "never")
_UNPRIVILEGED = 1024
_ABOVE = 8000
_LAST = 65_535


class Offers:
    """Knows what may stand in each field."""

    def __init__(self, form: RunForm) -> None:
        """Offer for a form."""
        self.image = form.spec.image
        """The image whose declarations are known."""
        self._declared = form.declared
        self._around = form.around

    def take(self, image: str, declared: RunSpec) -> None:
        """Offer what another image declares."""
        self.image, self._declared = image, declared

    def hint(self, field: RunField) -> str:
        """What holds while a field is empty."""
        if field.name == "command":
            return shown(joined(self._declared.command)) or "the image's own"
        if field.name in {"ports", "volumes", "env"}:
            return field.hint
        said = field.read(self._declared)
        if isinstance(said, tuple):
            said = " ".join(said)
        return shown(str(said)) if said and not isinstance(said, bool) else field.hint

    def offer(self, field: RunField, spec: RunSpec) -> str:
        """What the right arrow puts into an empty line; empty for nothing."""
        found = next(self._offers(field, spec), "")
        return shown(found)

    def complete(self, field: RunField) -> Callable[[str], str]:
        """What completes what is typed into a field."""
        return lambda text: self._completed(field, text) if text else ""

    def _offers(self, field: RunField, spec: RunSpec) -> Iterator[str]:
        match field.name:
            case "ports":
                yield from self._ports(spec)
            case "volumes":
                yield from self._volumes(spec)

    def _ports(self, spec: RunSpec) -> Iterator[str]:
        """The ports that the image listens on and that are not published yet."""
        inside = {it.name for it in _published(spec)}
        for name in (it for text in self._declared.expose for it in exposed(text)):
            if name not in inside:
                number, _, protocol = name.partition("/")
                free = free_port(int(number), spec, self._around())
                yield f"{free}:{number}{'' if protocol == 'tcp' else f'/{protocol}'}"

    def _volumes(self, spec: RunSpec) -> Iterator[str]:
        """The folders that the image wants kept, under names that tell what they are."""
        inside = {_target(it) for it in spec.volumes}
        stem = spec.name or spec.image.rpartition("/")[2].partition(":")[0] or "data"
        for target in self._declared.volumes:
            if target not in inside:
                yield f"{stem}-{target.rpartition('/')[2] or 'data'}:{target}"

    def _completed(self, field: RunField, text: str) -> str:
        ways: dict[str, Callable[[], Iterable[str]]] = {
            "image": lambda: self._around().images,
            "networks": self._networks,
            "restart": lambda: _RESTARTS,
            "pull": lambda: _PULLS,
            # Their names alone: a value may be secret, and holds anyway.
            "env": lambda: [f"{it.partition('=')[0]}=" for it in self._declared.env],
            "ports": lambda: [f"{text}:{it}" for it in self._inside() if ":" not in text],
            "volumes": lambda: [f"{text}:{it}" for it in self._declared.volumes if ":" not in text],
        }
        words = ways[field.name]() if field.name in ways else ()
        return next((shown(it) for it in words if it.startswith(text) and it != text), "")

    def _inside(self) -> Iterator[str]:
        return (it.removesuffix("/tcp") for it in self._declared.expose)

    def _networks(self) -> Iterable[str]:
        known = self._around().networks or frozenset()
        return sorted((it for it in known), key=lambda it: (len(it), it))


def free_port(wanted: int, spec: RunSpec, around: Surroundings) -> int:
    """A port of the host that nothing has: the same as inside, or one above 8000."""
    taken = {it.public for other in around.others for it in other.ports if it.public}
    taken |= {it.taken for it in _published(spec)}
    first = wanted if wanted >= _UNPRIVILEGED else _ABOVE + wanted
    return next((it for it in range(first, _LAST) if it not in taken), first)


def _published(spec: RunSpec) -> Iterator[Published]:
    for text in spec.ports:
        try:
            yield from published(text)
        except BadValue:
            continue


def _target(text: str) -> str:
    try:
        return volume(text).target
    except BadValue:
        return ""
