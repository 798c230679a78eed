"""The room in which registries are browsed, and what is asked there."""
