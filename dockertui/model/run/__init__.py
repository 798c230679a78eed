"""Containers to be: what `docker run` can say, as values, lines, forms and Compose services."""
