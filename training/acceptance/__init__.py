"""How likely an editor prints a line, fitted on labelled lines."""
