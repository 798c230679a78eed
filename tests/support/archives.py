"""Archives to read, good ones and bad ones."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256


@dataclass(frozen=True)
class Put:
    """An entry to put into an archive."""

    name: str
    content: bytes = b""
    kind: bytes = tarfile.REGTYPE
    link: str = ""
    mode: int = 0o644
    user: int = 0
    group: int = 0
    time_s: int = 1_700_000_000
    pax: Mapping[str, str] = field(default_factory=dict)


def folder(name: str, **more: int) -> Put:
    """A folder to put into an archive."""
    return Put(name, kind=tarfile.DIRTYPE, **{"mode": 0o755, **more})  # type: ignore[arg-type]  # numbers


def packed(entries: Iterable[Put], form: int = tarfile.PAX_FORMAT) -> bytes:
    """An archive of entries."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=form) as archive:
        for each in entries:
            entry = tarfile.TarInfo(each.name)
            entry.type, entry.size, entry.linkname = each.kind, len(each.content), each.link
            entry.mode, entry.uid, entry.gid = each.mode, each.user, each.group
            entry.mtime, entry.pax_headers = each.time_s, dict(each.pax)
            archive.addfile(entry, io.BytesIO(each.content))
    return written.getvalue()


def classic(layers: Sequence[bytes], **more: bytes) -> bytes:
    """An image as engines before 25 save it: folders whose names tell nothing of their order."""
    names = [sha256(bytes([at]) + it).hexdigest() for at, it in enumerate(layers)]
    manifest = [{"Config": "c.json", "Layers": [f"{it}/layer.tar" for it in names]}]
    files = {f"{name}/layer.tar": it for name, it in zip(names, layers, strict=True)}
    files |= {"manifest.json": json.dumps(manifest).encode(), **more}
    return packed(Put(name, content) for name, content in sorted(files.items()))


def oci(layers: Sequence[bytes], *, with_manifest: bool = True) -> bytes:
    """An image in the OCI layout, its layers compressed or not."""

    def blob(content: bytes) -> str:
        digest = sha256(content).hexdigest()
        files[f"blobs/sha256/{digest}"] = content
        return digest

    files: dict[str, bytes] = {"oci-layout": b'{"imageLayoutVersion": "1.0.0"}'}
    digests = [blob(it) for it in layers]
    config = blob(b'{"architecture": "amd64"}')
    described = [{"digest": f"sha256:{it}"} for it in digests]
    manifest = blob(json.dumps({"config": {}, "layers": described}).encode())
    files["index.json"] = json.dumps({"manifests": [{"digest": f"sha256:{manifest}"}]}).encode()
    if with_manifest:
        listed = {"Config": f"blobs/sha256/{config}"}
        listed["Layers"] = [f"blobs/sha256/{it}" for it in digests]  # type: ignore[assignment]  # JSON
        files["manifest.json"] = json.dumps([listed]).encode()
    return packed(Put(name, content) for name, content in sorted(files.items()))


def cut(data: bytes, places: Iterable[int]) -> list[bytes]:
    """Data in pieces, cut at some places."""
    ends = sorted({min(it, len(data)) for it in places} | {len(data)})
    starts = [0, *ends[:-1]]
    return [data[start:end] for start, end in zip(starts, ends, strict=True)]
