"""What the tests stand on: a real engine, a terminal, pictures."""
