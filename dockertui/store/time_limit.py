"""A limit to how long a piece of work may take that nothing else could stop."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TookTooLongError(Exception):
    """The work was stopped, because it had taken its time."""


@contextmanager
def time_limit(processor_s: float) -> Iterator[None]:
    """Stop what runs inside when it has used so much processor time.

    A regular expression can take years, and Python looks at nothing but signals while it is
    searched for. A process has one such clock, and only its main thread may set it: elsewhere
    there is no limit.

    Args:
        processor_s: How long the process may compute, whatever else the machine does.

    Raises:
        TookTooLongError: When it was stopped.
    """
    try:
        before = signal.signal(signal.SIGVTALRM, _stop)
    except (ValueError, AttributeError):
        yield
        return
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, processor_s)
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise TookTooLongError
