"""Does each rule earn its place? What it turns down, against what editors print and what they would not."""
