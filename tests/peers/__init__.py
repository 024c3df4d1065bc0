"""Other programs that the tests start themselves: a database server, camera servers."""
