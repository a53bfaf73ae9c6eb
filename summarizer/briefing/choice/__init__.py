"""Which sentences of an article matter, which may be printed as they stand, which bears the news: counted, learned."""
