"""What is asked before long work with images; imported only when it is asked."""
