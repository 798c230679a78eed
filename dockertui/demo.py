"""The built-in demo engine: a simulated one in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dockertui.engine import Engine
from dockertui.engine.address import Address
from dockertui.engine.docker_engine import DockerEngine
from dockertui.engine.threads import in_thread

if TYPE_CHECKING:
    from dockertui.sim.background import BackgroundEngine


class Demo:
    """Starts the demo engine once, when it is first wanted, and ends it with the program."""

    def __init__(self, *, read_only: bool = False) -> None:
        """Prepare; nothing runs yet.

        Args:
            read_only: Refuse whatever is not a read, there too.
        """
        self._read_only = read_only
        self._background: BackgroundEngine | None = None

    def launch(self) -> None:
        """Start it, without waiting until it answers."""
        self._running()

    def _running(self) -> BackgroundEngine:
        if self._background is None:
            from dockertui.sim.background import BackgroundEngine

            self._background = BackgroundEngine("demo")
            self._background.launch()
        return self._background

    def engine(self) -> Engine:
        """Wait until it answers, and speak to it.

        Raises:
            RuntimeError: If it ended instead.
        """
        background = self._running()
        background.wait()
        address = Address(
            "demo", background.base_url, origin="--demo", stand_in=background.stand_in
        )
        return DockerEngine(address, read_only=self._read_only)

    async def start(self) -> Engine:
        """As `engine`, without holding up the screen."""
        return await in_thread(self.engine)

    def close(self) -> None:
        """End it, if it was ever started."""
        if self._background is not None:
            self._background.stop()
