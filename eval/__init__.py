"""Evaluation that can be quoted: scores with their signature and interval, side by side with published systems."""

from summarizer.libraries import end_in_one_line

end_in_one_line("eval")
