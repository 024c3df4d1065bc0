"""What every backend must do, told in websocket messages only: the same tests on SQLite and on PostgreSQL, one node and two."""
