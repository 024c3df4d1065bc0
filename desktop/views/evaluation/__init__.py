"""Evaluation: call-backs, spot checks, signals of hollow closures, appeals."""
