"""需处理: own commands that the server did not carry out, or that need a person's word, and what this machine has to say."""
