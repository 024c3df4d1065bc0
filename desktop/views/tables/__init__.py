"""The windows of the tables of a site: list and organisation. They share feed, panes and import."""
