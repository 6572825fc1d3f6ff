"""One module per format in which the dataset leaves the house or comes back."""
