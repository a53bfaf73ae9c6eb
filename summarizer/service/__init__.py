"""Ways in: the command, batches, the HTTP API and the page, and the queue between requests and the model."""
