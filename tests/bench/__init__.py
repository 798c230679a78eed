"""How fast and how small dockertui is, seen from outside, beside a peer."""
