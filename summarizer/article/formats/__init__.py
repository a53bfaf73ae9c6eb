"""One reader a format: plain text, web pages, JSON records, and collections of them."""
