"""Registries: spoken to directly, with the credentials that the docker command uses.

Blocking code, as docker-py's is, behind the coroutines of `Registries`. It is built on urllib3,
which docker-py brings along, and not on requests: that one hides what is wanted here, the
certificates of each host and the socket to cut, and what it adds is to be kept out: cookies,
`.netrc`, and redirects that it follows by itself.
"""
