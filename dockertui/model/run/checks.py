"""What may be wrong with a value because of what is around: names, ports, folders, networks."""

from __future__ import annotations

import os
from pathlib import Path

from dockertui.model.container import Container
from dockertui.model.reference import BadReference, parse_reference
from dockertui.model.run.attachments import attachment
from dockertui.model.run.choices import seccomp_file
from dockertui.model.run.mistakes import BadValue, Finding
from dockertui.model.run.mounts import mount, volume
from dockertui.model.run.ports import Published, published
from dockertui.model.run.shell import needs_shell, shown
from dockertui.model.run.spec import RunSpec
from dockertui.model.run.surroundings import Surroundings
from dockertui.model.run.values import NAME, restart
from dockertui.secrecy import MASK

_HEX = frozenset("0123456789abcdef")
_LONGEST_ID = 64
_BESIDE = frozenset(("none", "host"))


def image(text: str, _spec: RunSpec, around: Surroundings) -> Finding | None:
    """Is it a reference, or the ID of an image?"""
    if set(text.removeprefix("sha256:")) <= _HEX and len(text) >= 4:  # noqa: PLR2004
        return None
    try:
        reference = parse_reference(text)
    except BadReference as mistake:
        return Finding(str(mistake))
    if around.images and reference.tagged().familiar not in around.images:
        return Finding("It is not here yet, and will be pulled first.", blocks=False)
    return None


def name(text: str, _spec: RunSpec, around: Surroundings) -> Finding | None:
    """Is a name free, and is it one?"""
    if not NAME.fullmatch(text):
        return Finding("Two or more of a-z A-Z 0-9 _ . - and a letter or digit first.")
    for other in around.others:
        if other.name == text:
            return Finding(f"Another container is called {text}; it is {other.state or 'there'}.")
    return None


def port(text: str, spec: RunSpec, around: Surroundings) -> Finding | None:
    """Is a port of the host free?"""
    wanted = [it for it in published(text) if it.taken]
    for one in wanted:
        if taken := next((it for it in around.others if _has(it, one)), None):
            return Finding(f"Port {one.taken} of the host is taken by {taken.name}.")
    if _is_twice(text, wanted, spec):
        return Finding("Another line publishes the same port of the host.")
    if _mode(spec) in _BESIDE:
        return Finding(f"With network {_mode(spec)} no port is published.", blocks=False)
    return None


def folder(text: str, _spec: RunSpec, around: Surroundings) -> Finding | None:
    """Is the folder of a volume there, or has another container the volume?"""
    found = volume(text)
    if found.source and not found.is_folder:
        return _shared(found.source, around)
    if not (around.is_local and found.is_folder):
        return None
    path = around.here.path(found.source)
    if os.path.lexists(path):
        return None
    missing = f"There is no {shown(path)} here; the engine will make a folder of that name."
    return Finding(missing, blocks=False)


def mounted(text: str, _spec: RunSpec, around: Surroundings) -> Finding | None:
    """Is the folder of a mount there?"""
    found = mount(text)
    if not around.is_local or found["type"] != "bind":
        return None
    path = around.here.path(str(found["source"]))
    return None if os.path.lexists(path) else Finding(f"There is no {shown(path)} here.")


def file_here(text: str, _spec: RunSpec, around: Surroundings) -> Finding | None:
    """Is a file there, and can it be read?"""
    path = Path(around.here.path(text))
    if path.is_dir():
        return Finding(f"{shown(str(path))} is a folder.")
    if not path.exists():
        return Finding(f"There is no {shown(str(path))} here.")
    return None if os.access(path, os.R_OK) else Finding(f"You may not read {shown(str(path))}.")


def profile(text: str, spec: RunSpec, around: Surroundings) -> Finding | None:
    """Is the file of a security option there?"""
    path = seccomp_file(text)
    return file_here(path, spec, around) if path else None


def network(text: str, _spec: RunSpec, around: Surroundings) -> Finding | None:
    """Is there such a network?"""
    found = attachment(text)
    if around.networks is None or found.is_mode or found.name in around.networks:
        return None
    known = ", ".join(sorted(it for it in around.networks if len(it) < _LONGEST_ID)[:8])
    return Finding(f"There is no network called {shown(found.name)}; there is {known}.")


def in_network(_text: str, spec: RunSpec, _around: Surroundings) -> Finding | None:
    """Is there a network that aliases and addresses of one's own can be in?"""
    if not spec.networks or _mode(spec) in {"default", "bridge", "host", "none", ""}:
        return Finding("That takes a network of your own: name one in Networks.")
    return None


def restarts(text: str, spec: RunSpec, _around: Surroundings) -> Finding | None:
    """Does a policy go with the rest?"""
    if spec.auto_remove and restart(text)[0] != "no":
        return Finding("It cannot be started again: --rm removes it as soon as it ends.")
    return None


def variable(text: str, _spec: RunSpec, around: Surroundings) -> Finding | None:
    """Has a variable a value, and not the dots that were copied in its place?"""
    if MASK in text:
        return Finding("Dots stand in place of a secret here: put the secret in.")
    if "=" in text or text in around.here.environ:
        return None
    return Finding(
        f"{shown(text)} is not set here, so the container will be without it.", blocks=False
    )


def command(text: str, _spec: RunSpec, _around: Surroundings) -> Finding | None:
    """Is it a command as it stands?"""
    if needs_shell(text):
        return Finding("No shell reads this. For pipes and variables: sh -c '…'.", blocks=False)
    return None


def program(text: str, _spec: RunSpec, _around: Surroundings) -> Finding | None:
    """Is it one program?"""
    if " " in text.strip():
        return Finding("This is one program, spaces and all; words go to Command.", blocks=False)
    return None


def check_command(text: str, spec: RunSpec, _around: Surroundings) -> Finding | None:
    """Is a health check wanted at all?"""
    del text
    return Finding("There is to be no health check.") if spec.no_healthcheck else None


def swap_over(_text: str, spec: RunSpec, _around: Surroundings) -> Finding | None:
    """Is there a memory limit that swap goes with?"""
    return None if spec.memory else Finding("That takes a memory limit.")


def _shared(name: str, around: Surroundings) -> Finding | None:
    for other in around.others:
        if other.state.is_live and any(it.source == name for it in other.mounts):
            return Finding(f"{other.name} is at this volume, too.", blocks=False)
    return None


def _has(other: Container, wanted: Published) -> bool:
    return any(
        it.public is not None and wanted.clashes(it.host_ip, it.public, it.protocol)
        for it in other.ports
    )


def _is_twice(text: str, wanted: list[Published], spec: RunSpec) -> bool:
    others = list(spec.ports)
    if text in others:
        others.remove(text)
    for other in others:
        try:
            theirs = published(other)
        except BadValue:
            continue
        if any(
            it.taken and one.clashes(it.host_ip, it.taken, it.protocol)
            for it in theirs
            for one in wanted
        ):
            return True
    return False


def _mode(spec: RunSpec) -> str:
    return spec.networks[0] if spec.networks else ""
