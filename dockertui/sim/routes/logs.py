"""What containers write."""

from __future__ import annotations

from dockertui.sim.answers import Answer, Refusal, Stream
from dockertui.sim.clock import parse_since
from dockertui.sim.log import LogQuery
from dockertui.sim.routing import Call, route


@route("GET", "/containers/{id}/logs")
def logs(call: Call) -> Answer:
    """Send what a container wrote, and what it writes."""
    stdout, stderr = call.flag("stdout"), call.flag("stderr")
    if not (stdout or stderr):
        raise Refusal(400, "Bad parameters: you must choose at least one stream")
    container = call.world.container(call.path["id"])
    query = LogQuery(
        follow=call.flag("follow"),
        stdout=stdout,
        stderr=stderr,
        since_ns=parse_since(call.query.get("since")),
        until_ns=parse_since(call.query.get("until")),
        timestamps=call.flag("timestamps"),
        tail=_tail(call.query.get("tail", "all")),
        raw=container.has_tty,
    )
    if (container.host_config.get("LogConfig") or {}).get("Type") == "none":
        raise Refusal(501, "configured logging driver does not support reading")
    return Stream(container.log.read(query))


def _tail(text: str) -> int | None:
    """Read how many lines; the engine takes whatever is no number for all of them."""
    return int(text) if text.isdigit() else None
