"""How fast the backends brief, and in how much memory."""
