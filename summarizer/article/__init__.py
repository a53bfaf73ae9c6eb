"""Reading articles: one reader a format, parts told apart, passages cut at sentence ends."""
