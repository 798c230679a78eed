"""Fixtures and rules for all tests."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from typing import TypeVar

import pytest

from tests.support.real_engine import RealEngine, why_no_engine

NO_SKIPS = bool(os.environ.get("DOCKERTUI_NO_SKIPS"))
"""Where everything is installed, a skipped test is a hole: it fails."""

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

FOREIGN = ("DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH", "NO_COLOR")
"""What would lead a test to the engine, or to the taste, of whoever runs it."""


def pytest_configure() -> None:
    """Cut the tests off from the person's own settings."""
    for name in FOREIGN:
        os.environ.pop(name, None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one where skips are forbidden."""
    return forbid_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Do the same for a module that skips itself."""
    return forbid_skip((yield))


def forbid_skip(report: Report) -> Report:
    """Make a report of a skip one of a failure, with its reason."""
    if NO_SKIPS and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"no test may skip here. {reason}"
    return report


@pytest.fixture(scope="session")
def real_engine() -> Iterator[RealEngine]:
    """A real engine for all tests of a worker, with the image `busybox:1`.

    A test gives its containers names of their own, and leaves the engine running.
    """
    yield from started_engine()


@pytest.fixture(scope="module")
def mortal_engine() -> Iterator[RealEngine]:
    """A real engine for the tests of one module, which may stop, freeze and kill it."""
    yield from started_engine()


def started_engine() -> Iterator[RealEngine]:
    """Start an engine, and clear it away at the end."""
    if lack := why_no_engine():
        pytest.skip(lack)
    with RealEngine() as engine:
        engine.import_busybox()
        yield engine
