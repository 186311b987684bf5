"""The page on which words are explained. The words themselves are in `plumbing/words`."""
