"""Making the models that ``summarizer.backends`` loads: corpora, warm start, fine-tuning, export."""

from summarizer.libraries import end_in_one_line

end_in_one_line("train")
