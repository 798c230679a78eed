"""`python -m dockertui`."""

from __future__ import annotations

from dockertui.cli import main

if __name__ == "__main__":
    main()
