"""Arabic text: characters, rules, sentences, words, numbers. Normalised copies map back to the original."""
