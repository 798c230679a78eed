"""What holds for every engine, simulated or real."""
