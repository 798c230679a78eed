"""An image, as `GET /images/{name}/json` describes it."""

from __future__ import annotations

from dockertui.engine.payload.fields import Payload, labels, moment, table, text, whole, words
from dockertui.model.image_detail import ImageDetail


def parse_image_detail(payload: Payload) -> ImageDetail:
    """Read an inspection."""
    config = table(payload.get("Config"))
    processor = (text(payload.get("Architecture")), text(payload.get("Variant")))
    return ImageDetail(
        id=text(payload.get("Id")),
        parent=text(payload.get("Parent")),
        layers=words(table(payload.get("RootFS")).get("Layers")),
        created=moment(payload.get("Created")),
        size_bytes=max(0, whole(payload.get("Size")) or whole(payload.get("VirtualSize"))),
        os=text(payload.get("Os")),
        architecture="/".join(filter(None, processor)),
        author=text(payload.get("Author")),
        comment=text(payload.get("Comment")),
        entrypoint=words(config.get("Entrypoint")),
        command=words(config.get("Cmd")),
        user=text(config.get("User")),
        working_dir=text(config.get("WorkingDir")),
        env=tuple(_assigned(it) for it in words(config.get("Env"))),
        labels=labels(config.get("Labels")),
        ports=_names(table(config.get("ExposedPorts"))),
        volumes=_names(table(config.get("Volumes"))),
        stop_signal=text(config.get("StopSignal")),
        shell=words(config.get("Shell")),
        health_check=words(table(config.get("Healthcheck")).get("Test")),
        on_build=words(config.get("OnBuild")),
    )


def _assigned(entry: str) -> tuple[str, str]:
    name, _, value = entry.partition("=")
    return name, value


def _names(of: Payload) -> tuple[str, ...]:
    return tuple(sorted(text(it) for it in of))
