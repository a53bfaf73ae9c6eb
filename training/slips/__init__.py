"""Which doubted words are slips: rows of features for a reader, and weights fitted on what the reader said."""
