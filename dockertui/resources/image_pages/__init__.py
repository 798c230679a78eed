"""What the pages about an image say; imported when the first of them is opened."""
