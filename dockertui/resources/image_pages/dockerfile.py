"""What the Dockerfile tab says of an image."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dockertui.model import Image
from dockertui.resources.tab import Fact
from dockertui.secrecy import masked, masked_url
from dockertui.store.dockerfile import BuiltOn, dockerfile
from dockertui.sync.image_study import ImageStudy
from dockertui.text import clean

_NAMING = ("ENV ", "ARG ")


async def dockerfile_of(study: ImageStudy, image: Image) -> Sequence[Fact]:
    """An approximate Dockerfile, a fact for each instruction."""
    detail = await study.detail(image.id)
    history = await study.history(image.id)
    await study.learn_soon()
    if not history and not detail.layers:
        return ()
    base = await _base(study, image)
    return [
        *(Fact("", f"# {it}", "$dim") for it in _preface(study, image, base)),
        *map(_fact, dockerfile(history, detail.layers, base)),
    ]


async def _base(study: ImageStudy, image: Image) -> BuiltOn | None:
    """The nearest image that it is built on; one that has a name, if there is any."""
    kin = [(it, study.image(it.image_id)) for it in study.kin.bases(image.id)]
    found = [(it, base) for it, base in kin if base is not None]
    named = [(it, base) for it, base in found if base.tags] or found
    if not named:
        return None
    nearest, base = named[0]
    return BuiltOn(base.name, await study.history(base.id), nearest.layers)


def _preface(study: ImageStudy, image: Image, base: BuiltOn | None) -> Iterator[str]:
    yield f"What {image.name} may have been built from, by the history of its layers."
    yield "Names of what was copied are not in it, nor is what other build stages did."
    if base is None and not study.knows_all:
        yield "Whether it is built on another image here is being found out."
    elif base is None:
        yield "No image here is the one that it is built on, so this begins with the first layer."


def _fact(said: str) -> Fact:
    style = "$dim" if said.startswith("#") else ""
    said = "\n".join(map(clean, said.split("\n")))
    if said.startswith("FROM "):
        style = "$key"
    shown = _masked(said)
    return Fact("", said, style, masked=shown if shown != said else "")


def _masked(said: str) -> str:
    """An instruction without the values of what looks secret."""
    verb = next((it for it in _NAMING if said.startswith(it)), "")
    if not verb:
        return masked_url(said)
    name, equals, value = said.removeprefix(verb).partition("=")
    return f"{verb}{name}{equals}{masked(name, value)}"
