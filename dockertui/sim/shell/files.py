"""The files that a container seems to have."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dockertui.sim.container import Container

_RELEASES = {
    "debian": ("Debian GNU/Linux", "debian", "12 (bookworm)"),
    "alpine": ("Alpine Linux", "alpine", "v3.20"),
    "busybox": ("BusyBox", "busybox", "1.36.1"),
}
_DIRECTORIES = (
    *("bin", "dev", "etc", "home", "proc", "root", "sys", "tmp", "usr", "var", "var/log"),
    *("usr/bin", "usr/local", "usr/local/bin"),
)


class Files:
    """What a container's image, mounts and own writing come to."""

    def __init__(self, container: Container) -> None:
        """Look at the files of `container`."""
        self._container = container

    def read(self, path: str) -> str | None:
        """The content of a file; `None` if there is none."""
        if path in self._container.files:
            return self._container.files[path]
        return self._given().get(path)

    def write(self, path: str, content: str) -> None:
        """Make a file, or another one of it."""
        before = self._container.files.get(path) or ""
        self._container.files[path] = content
        self._container.size_rw += len(content) - len(before)

    def remove(self, path: str) -> bool:
        """Remove a file; was there one?"""
        was_there = self.read(path) is not None
        self._container.size_rw -= len(self._container.files.get(path) or "")
        if path in self._given():
            self._container.files[path] = None
        else:
            self._container.files.pop(path, None)
        return was_there

    def is_directory(self, path: str) -> bool:
        """Is there a directory?"""
        if path == "/":
            return True
        return path in self._directories() or any(
            each.startswith(f"{path}/") for each in self._paths()
        )

    def names(self, path: str) -> list[str] | None:
        """The names in a directory; `None` if there is none."""
        if not self.is_directory(path):
            return None
        start = path.rstrip("/") + "/"
        inside = (it[len(start) :] for it in self._paths() if it.startswith(start) and it != start)
        return sorted({each.partition("/")[0] for each in inside})

    def _paths(self) -> list[str]:
        own = self._container.files
        given = [path for path in self._given() if own.get(path, "") is not None]
        written = [path for path, content in own.items() if content is not None]
        return [*given, *written, *self._directories()]

    def _directories(self) -> list[str]:
        mounts = [mount["Destination"] for mount in self._container.mounts]
        workdir = self._container.config.get("WorkingDir") or "/"
        return [*(f"/{each}" for each in _DIRECTORIES), *mounts, workdir]

    def _given(self) -> dict[str, str]:
        container = self._container
        image = container.world.images.get(container.image_id)
        flavour = image.flavour if image else "busybox"
        hostname = container.config.get("Hostname") or container.id[:12]
        address = next((it.address for it in container.endpoints.values() if it.address), "")
        files = {
            "/etc/hostname": f"{hostname}\n",
            "/etc/hosts": f"127.0.0.1\tlocalhost\n{address or '127.0.1.1'}\t{hostname}\n",
            "/etc/resolv.conf": "nameserver 127.0.0.11\noptions ndots:0\n",
            "/etc/passwd": "root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n",
            "/.dockerenv": "",
        }
        if flavour in _RELEASES:
            name, id_, version = _RELEASES[flavour]
            files["/etc/os-release"] = f'NAME="{name}"\nID={id_}\nVERSION="{version}"\n'
        for shell in image.shells if image else ():
            files[f"/bin/{shell}"] = ""
        return files
