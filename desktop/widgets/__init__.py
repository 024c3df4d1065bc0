"""Reusable widgets and painters: plain values in, signals out. They know no service, no model and no view."""
