"""What the layers of the demo's images hold: files that come to just the size that is told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from dockertui.sim.layer_file import LayerFile

_LIBRARY = "usr/lib/x86_64-linux-gnu"
_SITE = "usr/local/lib/python3.12/site-packages"
_TOOLS = (
    *("[", "awk", "b2sum", "basename", "bash", "cat", "chmod", "chown", "cp", "cut", "date", "dd"),
    *("df", "diff", "dir", "du", "echo", "env", "expr", "find", "grep", "gzip", "head", "id"),
    *("join", "kill", "less", "ln", "login", "ls", "mkdir", "mktemp", "mv", "nice", "openssl"),
    *("passwd", "perl", "ps", "pwd", "rm", "sed", "seq", "sha256sum", "sort", "stat", "tail"),
    *("tar", "tee", "touch", "tr", "true", "uname", "uniq", "vi", "wc", "which", "xargs", "yes"),
)
_LIBRARIES = (
    *("libc.so.6", "libcrypto.so.3", "libssl.so.3", "libstdc++.so.6.0.30", "libm.so.6"),
    *("libapt-pkg.so.6.0", "libdb-5.3.so", "libgnutls.so.30", "libicudata.so.72", "libz.so.1"),
    *("libncursesw.so.6", "libpcre2-8.so.0", "libsystemd.so.0", "libzstd.so.1", "libxml2.so.2"),
)
_PACKAGES = (
    *("uvicorn", "starlette", "pydantic", "pydantic_core", "sqlalchemy", "psycopg", "redis"),
    *("aio_pika", "httpx", "stripe", "jinja2", "orjson", "cryptography", "numpy"),
)
_MODULES = ("__init__.py", "core.py", "client.py", "models.py", "errors.py", "py.typed")
_APP = ("api", "cart", "checkout", "mail", "orders", "payments", "search", "stock", "worker")
_ZONES = ("Africa", "America", "Asia", "Australia", "Europe", "Pacific")
_LANGUAGES = ("de", "es", "fr", "it", "ja", "nl", "pl", "pt_BR", "ru", "sv", "uk", "zh_CN")
_LINKS = (("bin", "usr/bin"), ("lib", "usr/lib"), ("sbin", "usr/sbin"))
_GIT_PART = 0.15
_CACHE_PART = 0.12
APP, TIDY = "COPY . /app # buildkit", "RUN chown -R app:app /app && rm -rf /app/.git /var/cache/pip"
_APP_USER = 1000
_FACTORS = (
    *((".so", 9000), ("bin/", 900), (".pack", 900), (".db", 3000), (".js", 400), (".mo", 60)),
    *(("etc/", 2), (".toml", 1), (".txt", 1), (".typed", 1), ("HEAD", 1), ("index", 4)),
    *((".py", 20), ("doc/", 20), ("zoneinfo/", 6), (".bashrc", 1), (".webp", 200)),
)
"""Parts of paths, and how large what has them is in a hundredth of the usual."""


def contents(step: str, size_bytes: int) -> Sequence[LayerFile]:
    """What the layer of a step holds.

    Args:
        step: The instruction that made it.
        size_bytes: How much that is.
    """
    return _contents(step, size_bytes)


@lru_cache(64)
def _contents(step: str, size_bytes: int) -> Sequence[LayerFile]:
    if step.startswith(("ADD ", "COPY / /")):
        made = [*_small_system(size_bytes)] if "rootfs.tar" not in step else [*_system(size_bytes)]
    elif "apt-get" in step or "apk add" in step:
        made = [*_installed(step, size_bytes)]
    elif "pip install" in step:
        made = [*_python_packages(size_bytes)]
    elif step == APP:
        made = [*_application(size_bytes)]
    elif step.startswith(TIDY):
        made = [*_tidied(size_bytes)]
    elif "/usr/share/nginx/html" in step:
        made = [*_site(size_bytes)]
    else:
        made = [*_grown([_copied(step)], size_bytes)]
    return tuple(_with_folders(made))


def shares(steps: Sequence[str], size_bytes: int) -> list[int]:
    """How much each step adds, when all of them add so much."""
    if not steps:
        return []
    weights = [_weight(it) for it in steps]
    sizes = [round(size_bytes * it / sum(weights)) for it in weights]
    if APP in steps and (tidy := next((it for it in steps if it.startswith(TIDY)), "")):
        # What changes hands is stored once more.
        app = sizes[steps.index(APP)]
        sizes[steps.index(tidy)] = app - round(app * _GIT_PART)
    largest = sizes.index(max(sizes))
    sizes[largest] += size_bytes - sum(sizes)
    return sizes


def _weight(step: str) -> float:
    if step.startswith("COPY entrypoint"):
        return 0.0001
    if step == APP:
        return 2
    return 2 * (1 - _GIT_PART) if step.startswith(TIDY) else 6


def _system(size_bytes: int) -> Iterator[LayerFile]:
    """A Debian, without most of it."""
    paths = [
        *(f"usr/bin/{it}" for it in _TOOLS),
        *(f"usr/sbin/{it}" for it in ("adduser", "chroot", "ldconfig", "nologin", "useradd")),
        *(f"{_LIBRARY}/{it}" for it in _LIBRARIES),
        *(f"usr/share/zoneinfo/{zone}/{it}" for zone in _ZONES for it in range(1, 9)),
        *(f"usr/share/locale/{it}/LC_MESSAGES/coreutils.mo" for it in _LANGUAGES),
        *(f"usr/share/doc/{it}/copyright" for it in ("apt", "bash", "dpkg", "libc6", "perl")),
        *(f"usr/lib/perl-base/{it}" for it in ("Carp.pm", "Config.pm", "POSIX.pm", "utf8.pm")),
        *("var/lib/dpkg/status", "var/lib/dpkg/available", "var/log/dpkg.log", "etc/ld.so.cache"),
        *(f"etc/{it}" for it in ("bash.bashrc", "debian_version", "group", "passwd", "shadow")),
        *("etc/apt/sources.list.d/debian.sources", "etc/os-release", "root/.bashrc"),
    ]
    yield from _grown(paths, size_bytes)
    for name, target in _LINKS:
        yield LayerFile(name, kind="symlink", link=target, mode=0o777)
    for name in ("proc", "sys", "dev", "mnt", "home"):
        yield LayerFile(name, kind="folder")
    yield LayerFile("tmp", kind="folder", mode=0o1777)


def _small_system(size_bytes: int) -> Iterator[LayerFile]:
    """One program for everything, and links to it."""
    paths = ["bin/busybox", "lib/ld-musl-x86_64.so.1", "lib/libcrypto.so.3", "lib/libssl.so.3"]
    etc = [f"etc/{it}" for it in ("group", "hosts", "os-release", "passwd", "profile", "shadow")]
    yield from _grown([*paths, *etc, "lib/apk/db/installed"], size_bytes)
    for name in _TOOLS:
        yield LayerFile(f"bin/{name}", kind="symlink", link="/bin/busybox", mode=0o777)
    yield LayerFile("tmp", kind="folder", mode=0o1777)


def _installed(step: str, size_bytes: int) -> Iterator[LayerFile]:
    """What packages bring, what they change, and the lists that nobody needs any more."""
    if "apk add" in step:
        paths = ["usr/sbin/nginx", "lib/apk/db/installed", "etc/passwd", "etc/nginx/nginx.conf"]
        yield from _grown([*paths, "usr/lib/libpcre2-8.so.0.11"], size_bytes)
        return
    lists = [
        f"var/lib/apt/lists/deb.debian.org_dists_bookworm_{it}" for it in ("InRelease", "main")
    ]
    paths = [
        *(f"{_LIBRARY}/lib{it}.so.5" for it in ("curl", "ldap", "llvm", "pq", "xslt")),
        *(f"usr/bin/{it}" for it in ("curl", "gosu", "locale-gen", "psql", "xz")),
        *(f"usr/share/doc/{it}/changelog.gz" for it in ("curl", "gosu", "libpq5")),
        *("var/lib/dpkg/status", "etc/ld.so.cache", "var/log/dpkg.log"),
    ]
    yield from _grown([*paths, *lists], size_bytes)


def _python_packages(size_bytes: int) -> Iterator[LayerFile]:
    cache_bytes = round(size_bytes * _CACHE_PART)
    yield from _grown(
        (
            f"{_SITE}/{package}/{it}"
            for package in _PACKAGES
            for it in (*_MODULES, f"_{package}.cpython-312-x86_64-linux-gnu.so")
        ),
        size_bytes - cache_bytes,
    )
    names = (hashlib.sha256(it.encode()).hexdigest() for it in _PACKAGES)
    cached = (f"var/cache/pip/http-v2/{it[0]}/{it[1]}/{it[:40]}.body" for it in names)
    yield from _grown(cached, cache_bytes)


def _application(size_bytes: int, user: int = 0) -> Iterator[LayerFile]:
    git_bytes = round(size_bytes * _GIT_PART)
    yield from _of_application(size_bytes - git_bytes, user)
    packs = (f"app/.git/objects/pack/pack-{it}.pack" for it in ("4b1c", "9f02", "d7e5"))
    yield from _grown([*packs, "app/.git/HEAD", "app/.git/index"], git_bytes)


def _of_application(size_bytes: int, user: int) -> Iterator[LayerFile]:
    paths = [f"app/shop/{part}/{it}" for part in _APP for it in _MODULES[:-1]]
    assets = [f"app/shop/static/{it}" for it in ("app.js", "app.css", "logo.svg", "products.db")]
    yield from _grown(
        [*paths, *assets, "app/requirements.txt", "app/pyproject.toml"], size_bytes, user
    )


def _tidied(size_bytes: int) -> Iterator[LayerFile]:
    yield LayerFile("app/.git", kind="hidden")
    yield LayerFile("var/cache/pip", kind="hidden")
    yield from _of_application(size_bytes, _APP_USER)


def _site(size_bytes: int) -> Iterator[LayerFile]:
    root = "usr/share/nginx/html"
    paths = [f"{root}/assets/{it}-4f1d.js" for it in ("vendor", "index", "checkout", "search")]
    images = [f"{root}/images/product-{it:03}.webp" for it in range(1, 41)]
    yield from _grown([f"{root}/index.html", *paths, *images], size_bytes)


def _copied(step: str) -> str:
    """The path of the one file that a step makes, as far as its words tell."""
    words = step.removesuffix(" # buildkit").split()
    return words[1].strip("/") if len(words) > 1 and words[0] == "COPY" else "opt/made"


def _grown(paths: Iterable[str], size_bytes: int, user: int = 0) -> Iterator[LayerFile]:
    """Files that come to a size, some of them much larger than others."""
    paths = sorted(paths)
    weights = [_heaviness(it) for it in paths]
    sizes = [size_bytes * it // sum(weights) for it in weights]
    sizes[weights.index(max(weights))] += size_bytes - sum(sizes)
    for path, size in zip(paths, sizes, strict=True):
        is_program = "bin/" in path or ".so" in path
        mode = 0o755 if is_program else 0o644
        yield LayerFile(path, size, mode=mode, user=user)


def _heaviness(path: str) -> int:
    """How large a file is beside others: programs are larger than what one writes by hand."""
    by_chance = (hashlib.sha256(path.encode()).digest()[0] + 32) ** 2
    for part, factor in _FACTORS:
        if part in path:
            return by_chance * factor
    return by_chance * 100


def _with_folders(files: Sequence[LayerFile]) -> Iterator[LayerFile]:
    """Name every folder before what is in it, as archives do."""
    named = {it.path for it in files if it.kind == "folder"}
    for each in sorted(files, key=lambda it: it.path):
        parts = each.path.split("/")[:-1]
        for depth in range(1, len(parts) + 1):
            folder = "/".join(parts[:depth])
            if folder not in named:
                named.add(folder)
                yield LayerFile(folder, kind="folder")
        yield each
