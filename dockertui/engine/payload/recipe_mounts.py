"""A mount in the long form, told from an inspection."""

from __future__ import annotations

from collections.abc import Iterator

from dockertui.engine.payload.fields import Payload, is_true, raw, table, whole
from dockertui.model.run.mounts import csv_text
from dockertui.model.run.values import size_text


def mount_text(payload: Payload) -> str:
    """What a `--mount` would say the same.

    >>> mount_text({"Type": "bind", "Source": "/srv", "Target": "/data", "ReadOnly": True})
    'type=bind,source=/srv,target=/data,readonly'
    """
    parts = [
        f"type={raw(payload.get('Type')) or 'volume'}",
        *_named(payload, {"Source": "source", "Target": "target"}),
        *(["readonly"] if is_true(payload.get("ReadOnly")) else []),
        *_named(payload, {"Consistency": "consistency"}),
        *_bind(table(payload.get("BindOptions"))),
        *_volume(table(payload.get("VolumeOptions"))),
        *_tmpfs(table(payload.get("TmpfsOptions"))),
        *_named(table(payload.get("ImageOptions")), {"Subpath": "image-subpath"}),
    ]
    return csv_text(parts)


def _bind(options: Payload) -> Iterator[str]:
    yield from _named(options, {"Propagation": "bind-propagation"})
    if is_true(options.get("NonRecursive")):
        yield "bind-recursive=disabled"
    elif is_true(options.get("ReadOnlyNonRecursive")):
        yield "bind-recursive=writable"
    elif is_true(options.get("ReadOnlyForceRecursive")):
        yield "bind-recursive=readonly"


def _volume(options: Payload) -> Iterator[str]:
    yield from _named(options, {"Subpath": "volume-subpath"})
    if is_true(options.get("NoCopy")):
        yield "volume-nocopy"
    yield from (
        f"volume-label={it}={raw(said)}" for it, said in table(options.get("Labels")).items()
    )
    driver = table(options.get("DriverConfig"))
    yield from _named(driver, {"Name": "volume-driver"})
    yield from (f"volume-opt={it}={raw(said)}" for it, said in table(driver.get("Options")).items())


def _tmpfs(options: Payload) -> Iterator[str]:
    if size := whole(options.get("SizeBytes")):
        yield f"tmpfs-size={size_text(size)}"
    if mode := whole(options.get("Mode")):
        yield f"tmpfs-mode={mode:o}"


def _named(payload: Payload, names: dict[str, str]) -> Iterator[str]:
    return (f"{name}={said}" for key, name in names.items() if (said := raw(payload.get(key))))
