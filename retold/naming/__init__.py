"""Who is named in the text, and who said what."""
