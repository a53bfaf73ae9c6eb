"""What opens a sentence behind a heading that a page fused into its paragraph: ``python -m training.headings``."""
