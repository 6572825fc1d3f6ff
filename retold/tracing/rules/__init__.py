"""The rules of the codebook, one module per group of labels."""
