"""One module per format of input, and what they share: decoding, limits, records."""
