"""The only layer that speaks to the Docker SDK.

Importing it costs nothing: the SDK is imported by `docker_engine` when it first connects, after
the first frame is on screen.
"""

from dockertui.engine.errors import (
    AddressError,
    EngineError,
    EngineUnavailable,
    Forbidden,
    NotSupported,
    ObjectNotFound,
    Problem,
    ProblemKind,
    ReadOnlyRefused,
    StateConflict,
    TimedOut,
)
from dockertui.engine.protocol import Engine, ExecRequest, LogRequest, Meter, Terminal

__all__ = [
    "AddressError",
    "Engine",
    "EngineError",
    "EngineUnavailable",
    "ExecRequest",
    "Forbidden",
    "LogRequest",
    "Meter",
    "NotSupported",
    "ObjectNotFound",
    "Problem",
    "ProblemKind",
    "ReadOnlyRefused",
    "StateConflict",
    "Terminal",
    "TimedOut",
]
