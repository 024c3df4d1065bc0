"""Reports put into words, painted, laid out, shown before they are printed."""
