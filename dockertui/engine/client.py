"""docker-py's client, bent to one engine: one pool, our errors, and no change when read-only."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

import docker
import requests
from docker.tls import TLSConfig
from docker.transport import UnixHTTPAdapter
from docker.transport.unixconn import UnixHTTPConnection, UnixHTTPConnectionPool
from requests.adapters import HTTPAdapter

from dockertui import __version__
from dockertui.engine.address import Address
from dockertui.engine.errors import ReadOnlyRefused, TimedOut
from dockertui.engine.payload.bodies import object_in
from dockertui.engine.payload.fields import Payload, table, text
from dockertui.engine.problems import is_timeout, unavailable
from dockertui.engine.translate import error_for
from dockertui.engine.wire import dial_unix

# It says "Connection pool is full" on the terminal that we draw on.
logging.getLogger("urllib3").setLevel(logging.CRITICAL)

_CONNECT_TIMEOUT_S = 2.0
_ANSWER_TIMEOUT_S = 30
_POOL_SIZE = 32
_READS = {"GET", "HEAD"}


class _Connection(UnixHTTPConnection):
    """docker-py leaves the socket of a connection that fails open."""

    def connect(self) -> None:
        self.sock = dial_unix(self.unix_socket, self.timeout)


class _Pool(UnixHTTPConnectionPool):
    def _new_conn(self) -> Any:
        return _Connection(self.base_url, self.socket_path, _ANSWER_TIMEOUT_S)


class _OnePool(UnixHTTPAdapter):
    """docker-py keys its pools by the whole URL, which makes a connection for almost any call."""

    def __init__(self, socket_path: str) -> None:
        super().__init__(f"http+unix://{socket_path}", _ANSWER_TIMEOUT_S)
        self._pool = _Pool("", socket_path, _ANSWER_TIMEOUT_S, maxsize=_POOL_SIZE)

    def get_connection(self, url: str | bytes, proxies: Any = None) -> Any:  # noqa: ARG002
        return self._pool

    def close(self) -> None:
        super().close()
        self._pool.close()


class Client(docker.APIClient):
    """An engine's API. Every method blocks, and any thread may call it."""

    def __init__(self, address: Address, *, api_version: str, read_only: bool) -> None:
        """Prepare; nothing is sent yet.

        Args:
            address: Where the engine is.
            api_version: What to speak with it, e.g. `1.41`.
            read_only: Refuse whatever is not a read.
        """
        super().__init__(
            address.url if address.socket_path else address.http_url,
            version=api_version,
            timeout=_ANSWER_TIMEOUT_S,
            tls=_tls_config(address),
            user_agent=f"dockertui/{__version__}",
        )
        # Else the CA bundles and proxies in the environment win over the engine's own.
        self.trust_env = False
        self._address = address
        self._read_only = read_only
        if address.socket_path:
            self.mount("http+docker://", _OnePool(address.socket_path))
        else:
            self.mount("http://", HTTPAdapter(pool_maxsize=_POOL_SIZE))
            self.mount("https://", HTTPAdapter(pool_maxsize=_POOL_SIZE))

    def read(self, path: str, *names: str, params: Mapping[str, str] | None = None) -> bytes:
        """Ask for something that has no method of its own, or whose JSON is decoded elsewhere."""
        response = self.get(self._path(path, *names), params=params, timeout=self.timeout)
        self._raise_for_status(response)
        return response.content

    def inspection(self, container_id: str) -> Payload:
        """All that the engine knows of a container."""
        return object_in(self.read("/containers/{0}/json", container_id))

    def execution(self, container_id: str, command: Sequence[str], **config: Any) -> str:
        """Prepare a command in a container; the ID to start it with."""
        return text(table(self.exec_create(container_id, list(command), **config)).get("Id"))

    def change(self, path: str, *names: str, params: Mapping[str, str], timeout_s: float) -> bytes:
        """Ask for a change that takes a time of its own; what the engine says to it."""
        timeout = (_CONNECT_TIMEOUT_S, timeout_s)
        response = self.post(self._path(path, *names), params=params, timeout=timeout)
        self._raise_for_status(response)
        return response.content

    def ask_for(
        self,
        path: str,
        *names: str,
        params: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
        timeout_s: float = _ANSWER_TIMEOUT_S,
    ) -> Payload:
        """Ask for something with a body of our own; what the engine says to it."""
        response = self.post(
            self._path(path, *names),
            params=params,
            json=body,
            timeout=(_CONNECT_TIMEOUT_S, timeout_s),
        )
        self._raise_for_status(response)
        return object_in(response.content)

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        """Send any request at all: what docker-py does ends here."""
        if self._read_only and request.method not in _READS:
            raise ReadOnlyRefused("Nothing is changed here: this session is read-only.")
        if isinstance(kwargs.get("timeout"), int | float):
            kwargs["timeout"] = (_CONNECT_TIMEOUT_S, kwargs["timeout"])
        try:
            return super().send(request, **kwargs)
        except requests.ConnectTimeout as error:
            raise unavailable(error, self._address) from error
        except requests.RequestException as error:
            if is_timeout(error):
                raise TimedOut("The engine did not answer in time.") from error
            raise unavailable(error, self._address) from error

    def _path(self, path: str, *names: str) -> str:
        filled = path.format(*(quote(name, safe="/:") for name in names))
        return f"{self.base_url}/v{self.api_version}{filled}"

    def _raise_for_status(self, response: requests.Response) -> None:
        if response.status_code >= 400:  # noqa: PLR2004
            raise error_for(response.status_code, response.content)


def _tls_config(address: Address) -> TLSConfig | bool:
    files = address.tls
    if files is None:
        return False
    if not files.verify:
        import urllib3

        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
    pair = (files.cert, files.key) if files.cert else None
    return TLSConfig(client_cert=pair, ca_cert=files.ca or None, verify=files.verify)
