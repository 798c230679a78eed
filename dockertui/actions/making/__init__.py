"""What actions do that make something; imported when it is first wanted, which costs 20 ms."""
