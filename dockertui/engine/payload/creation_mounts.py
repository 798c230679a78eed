"""A mount in the long form, as an engine is asked for it."""

from __future__ import annotations

from typing import Any

from dockertui.model.run import values
from dockertui.model.run.mounts import is_true, mount

_TIMES_EIGHT = 8


def mount_json(text: str) -> dict[str, Any]:
    """What a `--mount` asks for.

    Raises:
        BadValue: When it asks for nothing.
    """
    said = mount(text)
    texts = {name: it for name, it in said.items() if isinstance(it, str)}
    many = {name: it for name, it in said.items() if isinstance(it, tuple)}
    made: dict[str, Any] = {
        "Type": texts["type"],
        "Source": texts.get("source", ""),
        "Target": texts["target"],
    }
    if is_true(texts.get("readonly", "false")):
        made["ReadOnly"] = True
    if "consistency" in texts:
        made["Consistency"] = texts["consistency"]
    options = {
        "BindOptions": _bind(texts),
        "VolumeOptions": _volume(texts, many),
        "TmpfsOptions": _tmpfs(texts),
        "ImageOptions": _named(texts, {"image-subpath": "Subpath"}),
    }
    return made | {name: it for name, it in options.items() if it}


def _bind(texts: dict[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = _named(texts, {"bind-propagation": "Propagation"})
    if is_true(texts.get("bind-nonrecursive", "false")):
        made["NonRecursive"] = True
    match texts.get("bind-recursive"):
        case "disabled":
            made["NonRecursive"] = True
        case "writable":
            made["ReadOnlyNonRecursive"] = True
        case "readonly":
            made["ReadOnlyForceRecursive"] = True
    return made


def _volume(texts: dict[str, str], many: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    made: dict[str, Any] = _named(texts, {"volume-subpath": "Subpath"})
    if is_true(texts.get("volume-nocopy", "false")):
        made["NoCopy"] = True
    if labels := many.get("volume-label"):
        made["Labels"] = dict(map(values.label, labels))
    driver: dict[str, Any] = _named(texts, {"volume-driver": "Name"})
    if options := many.get("volume-opt"):
        driver["Options"] = dict(values.pair(it, "type=nfs") for it in options)
    return made | ({"DriverConfig": driver} if driver else {})


def _tmpfs(texts: dict[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if "tmpfs-size" in texts:
        made["SizeBytes"] = values.size(texts["tmpfs-size"])
    if "tmpfs-mode" in texts:
        made["Mode"] = int(str(values.whole(texts["tmpfs-mode"], 0)), _TIMES_EIGHT)
    return made


def _named(texts: dict[str, str], names: dict[str, str]) -> dict[str, Any]:
    return {key: texts[name] for name, key in names.items() if name in texts}
