"""Full stops that a page lost: learned from sentences whose full stop was taken away."""
