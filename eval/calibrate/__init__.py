"""The support score against people's judgements."""
