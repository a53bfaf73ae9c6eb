"""A page with leaderboard, plots and articles."""
