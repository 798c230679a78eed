"""Whose certificates are believed: the system's authorities, and those in `certs.d/HOST`."""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from dockertui.engine.errors import RegistryUnreachable, Unreachable
from dockertui.text import clean

SYSTEM_FOLDER = Path("/etc/docker/certs.d")


def certificate_folders(environ: Mapping[str, str], home: Path) -> tuple[Path, ...]:
    """Where certificates for registries are kept: by the engine, a rootless one, the person."""
    config = Path(environ.get("DOCKER_CONFIG") or home / ".docker")
    own = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    return (SYSTEM_FOLDER, own / "docker/certs.d", config / "certs.d")


def context_for(
    names: tuple[str, ...], folders: tuple[Path, ...], *, verify: bool
) -> ssl.SSLContext:
    """How to speak TLS with a host.

    Args:
        names: The host as image names may have it, with its port and without.
        folders: Where to look for a folder with such a name, as the engine does: `*.crt` are
            authorities, `*.cert` with `*.key` are ours.
        verify: Must the certificate be right?

    Raises:
        RegistryUnreachable: When a file that is there cannot be used.
    """
    files = [it for folder in folders for name in names for it in _files_in(folder / name)]
    if verify and not files:
        return _shared_context()
    context = _system_context()
    for path in files:
        _use(context, path)
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


@lru_cache(1)
def _shared_context() -> ssl.SSLContext:
    """The one for all hosts without certificates of their own: it takes 25 ms to make."""
    return _system_context()


def _system_context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if paths.cafile is None and paths.capath is None:
        # A Python that was not built for this system knows nothing of its authorities.
        import certifi

        context.load_verify_locations(certifi.where())
    return context


def _files_in(folder: Path) -> list[Path]:
    try:
        return sorted(Path(it.path) for it in os.scandir(folder))
    except OSError:
        return []


def _use(context: ssl.SSLContext, path: Path) -> None:
    try:
        if path.suffix == ".crt":
            context.load_verify_locations(path)
        elif path.suffix == ".cert":
            context.load_cert_chain(path, path.with_suffix(".key"), password=_no_password)
    except (OSError, ssl.SSLError) as error:
        reason = clean(getattr(error, "strerror", "") or str(error))
        raise RegistryUnreachable(
            Unreachable.CERTIFICATE,
            f"The certificate {clean(str(path))} cannot be used: {reason}.",
            ("A .cert file needs a .key file beside it; authorities end in .crt.",),
        ) from error


def _no_password() -> str:
    """OpenSSL would ask for it on the terminal that we draw on."""
    raise ssl.SSLError(0, "its key has a passphrase")
