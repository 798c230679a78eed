"""What docker-py's own reader of a log costs: `python -m tests.bench.sdk_reader URL CONTAINER`."""

from __future__ import annotations

import sys
import time

from docker import APIClient


def main() -> None:
    """Read a log to its end; print the lines, and the processor time that they took."""
    url, container = sys.argv[1:]
    api = APIClient(url, version="1.41")
    before_s = time.process_time()
    lines = sum(1 for _ in api.logs(container, stream=True, timestamps=True, follow=False))
    print(lines, time.process_time() - before_s)


if __name__ == "__main__":
    main()
