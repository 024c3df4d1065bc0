"""Reports as files: the paper of words and figures, filled into Word templates and workbooks, delivered, and made by the clock. No Qt."""
