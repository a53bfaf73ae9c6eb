"""What is measured of inputs: numbers and characters that briefs have of their own, and furniture."""
