"""The web page."""

import os

# Gradio reads this when it is imported, by whichever module comes first: nothing about this page is told to anyone.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
