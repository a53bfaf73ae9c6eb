"""Evaluation that can be quoted: scores with their signature and interval, side by side with published systems."""
