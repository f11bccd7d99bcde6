"""How products are found by words: an index of our own, the same on every database."""
