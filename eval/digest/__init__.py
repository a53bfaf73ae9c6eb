"""One digest over all that is written about the test sets, to see at once whether a change changes any of it."""
