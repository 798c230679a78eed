"""The proxy that a host is reached through, as the environment has it."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import unquote, urlsplit

import urllib3

from dockertui.engine.registry.hosts import Origin, is_local


def proxy_for(origin: Origin, environ: Mapping[str, str]) -> str:
    """The URL of the proxy for a host; empty for none, and for this machine whatever is set."""
    if is_local(origin.host) or _is_exempt(origin, _named("no", environ)):
        return ""
    return _named(origin.scheme, environ) or _named("all", environ)


def pool_manager(proxy: str, **options: Any) -> urllib3.PoolManager:
    """Connections to one host, through a proxy if one is named."""
    if not proxy:
        return urllib3.PoolManager(**options)
    url = proxy if "://" in proxy else f"http://{proxy}"
    parts = urlsplit(url)
    headers = None
    if parts.username:
        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers = urllib3.make_headers(proxy_basic_auth=login)
        url = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    return urllib3.ProxyManager(url, proxy_headers=headers, **options)


def _named(kind: str, environ: Mapping[str, str]) -> str:
    name = f"{kind}_proxy"
    return environ.get(name) or environ.get(name.upper()) or ""


def _is_exempt(origin: Origin, exempt: str) -> bool:
    """Is a host among those for which there is no proxy? Names count for all below them."""
    host = origin.host.lower()
    for entry in (it.strip().lower() for it in exempt.split(",")):
        name = entry.lstrip("*").lstrip(".")
        if entry == "*" or (name and (host == name or host.endswith(f".{name}"))):
            return True
        if entry in {origin.authority.lower(), f"{host}:{origin.port}"} or _is_within(host, entry):
            return True
    return False


def _is_within(host: str, network: str) -> bool:
    try:
        return ip_address(host) in ip_network(network, strict=False)
    except ValueError:
        return False
