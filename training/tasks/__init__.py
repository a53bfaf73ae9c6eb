"""From one record to its rows: cleaning, gates, targets, support. No file is read or written here."""
