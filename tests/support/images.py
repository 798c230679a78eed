"""Images made in a moment, of any size and without any program in them."""

from __future__ import annotations

import io
import os
import tarfile
from typing import Any


def archive_of(files: dict[str, bytes]) -> bytes:
    """A tar archive of some files."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


def image_of(api: Any, reference: str, size: int = 0) -> str:
    """Import an image of its own with a file that cannot be packed; its ID is returned."""
    repository, _, tag = reference.rpartition(":")
    content = archive_of({"data": os.urandom(max(size, 16))})
    api.import_image_from_data(content, repository=repository, tag=tag)
    return str(api.inspect_image(reference)["Id"])
