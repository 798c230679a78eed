"""Real registries, the docker command, and real credential helpers."""
