"""What two stretches of text say, word by word: differences, numbers, dates, units, word lists."""
