"""A model's folder: its parts and their digests, its tokenizer, and how each kind of folder is opened."""
