"""Where the words, sentences and quotes are, and which spellings are the same word."""
