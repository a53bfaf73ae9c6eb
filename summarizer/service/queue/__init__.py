"""Between requests and the model: admission, batches, who writes, and what is counted."""
