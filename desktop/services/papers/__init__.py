"""Papers from editable Word templates. What a paper says is made where it is shown; here is only the filling in."""
