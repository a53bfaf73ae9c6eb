"""The numbers a text states, in digits or in words."""
