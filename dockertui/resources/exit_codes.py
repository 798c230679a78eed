"""What an exit code means."""

from __future__ import annotations

_SHELL = 128
"""What shells and engines add to the number of the signal that ended a process."""

_SIGNALS = (
    "HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP"
    " TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS"
)
_SIGNAL_NAMES = {number: f"SIG{name}" for number, name in enumerate(_SIGNALS.split(), start=1)}
"""Linux's, whatever the system of the person who looks on."""

_OUT_OF_MEMORY = "the kernel killed it, out of memory"
_CHILD_OUT_OF_MEMORY = "the kernel killed a process in it, out of memory"
_BY_NUMBER = {
    0: "it ended by itself, without an error",
    1: "it ended with an error; its log may say which",
    2: "by custom: it was given a wrong option or argument, or a shell script has an error",
    125: "by custom: the engine itself could not run it",
    126: "its command was found, but cannot be executed",
    127: "its command was not found",
    255: "it ended with an error, or with a code out of range",
}
_BY_SIGNAL = {
    "SIGHUP": "its terminal was closed",
    "SIGINT": "it was interrupted, as by ctrl+c",
    "SIGQUIT": "it was asked to quit",
    "SIGILL": "it crashed: an instruction that this processor does not have",
    "SIGABRT": "it aborted, as a failed assertion does",
    "SIGBUS": "it crashed: an impossible memory access",
    "SIGFPE": "it crashed: an impossible calculation, as a division by zero",
    "SIGKILL": "it was killed by somebody, or by the engine after the grace that a stop allows",
    "SIGSEGV": "it crashed: an invalid memory access",
    "SIGPIPE": "nobody read what it wrote any more",
    "SIGTERM": "it was asked to stop, and did",
    "SIGSYS": "it made a system call that is forbidden here",
}


def signal_name(code: int) -> str:
    """The signal that an exit code tells of; empty when it tells of none.

    >>> signal_name(137), signal_name(1)
    ('SIGKILL', '')
    """
    return _SIGNAL_NAMES.get(code - _SHELL, "")


def exit_meaning(code: int, *, oom_killed: bool = False) -> str:
    """What an exit code means, in words; empty when only the program knows.

    Args:
        code: The exit code.
        oom_killed: Does the engine say that the kernel killed it, or a child of it, for want
            of memory?

    >>> exit_meaning(143)
    'it was asked to stop, and did'
    >>> exit_meaning(137, oom_killed=True)
    'the kernel killed it, out of memory'
    >>> exit_meaning(3)
    ''
    """
    signal = signal_name(code)
    if oom_killed and signal == "SIGKILL":
        return _OUT_OF_MEMORY
    meaning = _BY_NUMBER.get(code, "")
    if signal:
        meaning = _BY_SIGNAL.get(signal, "a signal ended it")
    if oom_killed:
        return f"{meaning}; {_CHILD_OUT_OF_MEMORY}" if meaning else _CHILD_OUT_OF_MEMORY
    return meaning


def exit_words(code: int, *, oom_killed: bool = False) -> str:
    """An exit code, the signal that it tells of, and what it means.

    Args:
        code: The exit code.
        oom_killed: As for `exit_meaning`.

    >>> exit_words(143), exit_words(3)
    ('143 (SIGTERM): it was asked to stop, and did', '3')
    """
    signal, meaning = signal_name(code), exit_meaning(code, oom_killed=oom_killed)
    number = f"{code} ({signal})" if signal else str(code)
    return f"{number}: {meaning}" if meaning else number
