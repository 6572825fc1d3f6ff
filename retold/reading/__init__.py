"""Files to text, text to blocks of a kind, blocks to sentences."""
