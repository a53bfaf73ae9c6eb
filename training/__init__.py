"""Making the models that ``summarizer.backends`` loads: corpora, warm start, fine-tuning, export."""
