"""Where sentences end: stops, quotations, runs without stops."""
