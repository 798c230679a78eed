"""The tests of dockertui."""
