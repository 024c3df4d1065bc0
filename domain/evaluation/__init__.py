"""After closing: spot checks that anyone can draw again, and signals of hollow closures (domain.md §6). Call-back and appeal are commands of the ticket."""
