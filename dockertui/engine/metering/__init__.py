"""How containers are read, many on one thread: see `meter.py` above for who uses it."""
