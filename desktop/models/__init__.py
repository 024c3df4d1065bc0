"""Qt item models and what they show: keyed, self-ordered, exact row operations. No widget, no painting, no service here."""
