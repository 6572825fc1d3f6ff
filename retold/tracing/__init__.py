"""Which articles tell one story, which derives from which, and what was changed."""
