"""The HTTP API: routes, what they take and give, and who may come in."""
