"""From a checkpoint to the files that ``mujaz`` serves: weights, card, notices, and how far they agree."""
