"""What is said of registries, and of what is found in them."""
