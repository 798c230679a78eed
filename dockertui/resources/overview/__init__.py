"""What an engine's pages say, from what is known of it. Imported when one is first opened."""
