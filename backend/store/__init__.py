"""The server's log: tickets, events with a dense seq and a hash chain, outcomes. Every acknowledged write is on disk.

Lives here: SQL and files. Does not: rules (domain), deciding (backend.acceptance), sending (backend.hub).
"""
