"""A small shell, enough of `sh` to be believed: for exec, attach and what containers run."""
