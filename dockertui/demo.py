"""The built-in demo engine: a simulated one in a process of its own."""

from __future__ import annotations

from dockertui.engine import Engine
from dockertui.engine.address import Address
from dockertui.engine.docker_engine import DockerEngine
from dockertui.engine.threads import in_thread
from dockertui.sim.background import BackgroundEngine


class Demo:
    """Starts the demo engine once, when it is first wanted, and ends it with the program."""

    def __init__(self, *, read_only: bool = False) -> None:
        """Prepare; nothing runs yet.

        Args:
            read_only: Refuse whatever is not a read, there too.
        """
        self._read_only = read_only
        self._background = BackgroundEngine("demo")
        self._launched = False

    def launch(self) -> None:
        """Start it, without waiting until it answers."""
        if not self._launched:
            self._launched = True
            self._background.launch()

    def engine(self) -> Engine:
        """Wait until it answers, and speak to it.

        Raises:
            RuntimeError: If it ended instead.
        """
        self.launch()
        self._background.wait()
        address = Address("demo", self._background.base_url, origin="--demo")
        return DockerEngine(address, read_only=self._read_only)

    async def start(self) -> Engine:
        """As `engine`, without holding up the screen."""
        return await in_thread(self.engine)

    def close(self) -> None:
        """End it, if it was ever started."""
        if self._launched:
            self._background.stop()
