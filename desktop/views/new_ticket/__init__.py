"""New ticket: for a registrar with somebody on the phone."""
