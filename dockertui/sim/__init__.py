"""A Docker Engine with no Docker: the Engine API over a Unix socket, for demos and tests.

`server.SimulatedEngine` serves a `world.World` on the caller's event loop,
`background.BackgroundEngine` serves one in a process of its own, and `scenarios` makes worlds.
Nothing is imported here, so that starting a demo costs what it needs and no more.
"""
