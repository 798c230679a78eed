"""Docker Hub's web: it finds repositories, and tells of tags without counting pulls.

Source: https://docs.docker.com/reference/api/hub/latest/; searching is not described there, but
is what the web itself does.
"""

from __future__ import annotations

from urllib.parse import urlencode

from dockertui.engine.errors import RegistryError
from dockertui.engine.payload.bodies import object_in
from dockertui.engine.payload.registry import parse_hub_search, parse_hub_tags
from dockertui.engine.registry.calls import Call
from dockertui.engine.registry.hosts import HUB_NAME
from dockertui.engine.registry.refusals import error_for
from dockertui.engine.registry.transport import Request, Transport
from dockertui.model.reference import Reference
from dockertui.model.registry import HubTag, SearchHit

HUB_WEB = "https://hub.docker.com"
_MOST_BYTES = 4 * 1024 * 1024
_LONGEST_TERM = 200
_MOST_A_PAGE = 100


def search(
    transport: Transport, call: Call, web: str, term: str, *, room: int
) -> tuple[SearchHit, ...]:
    """Find repositories, the likeliest first.

    Args:
        transport: How to reach the web.
        call: What it is asked for.
        web: Where it is.
        term: What to look for.
        room: How many are wanted, a hundred at most.
    """
    query = {"query": term[:_LONGEST_TERM], "page_size": min(room, _MOST_A_PAGE)}
    body = _asked(transport, call, f"{web}/v2/search/repositories/?{urlencode(query)}", term)
    return parse_hub_search(object_in(body))


def tags(
    transport: Transport, call: Call, web: str, repository: Reference, *, page: int
) -> tuple[HubTag, ...]:
    """Tags of a repository, those pushed last first, a hundred at once.

    Args:
        transport: How to reach the web.
        call: What it is asked for.
        web: Where it is.
        repository: Whose.
        page: Which hundred, from 1.
    """
    query = {"page_size": _MOST_A_PAGE, "page": page, "ordering": "last_updated"}
    url = f"{web}/v2/repositories/{repository.path}/tags?{urlencode(query)}"
    return parse_hub_tags(object_in(_asked(transport, call, url, repository.short)))


def _asked(transport: Transport, call: Call, url: str, what: str) -> bytes:
    headers = {"Accept": "application/json"}
    answer = transport.send(call, Request("GET", url, headers, _MOST_BYTES))
    if answer.is_failure:
        raise error_for(answer, HUB_NAME, what, None)
    if not object_in(answer.body):
        raise RegistryError(f"{HUB_NAME} answers in a way that cannot be understood.")
    return answer.body
