"""Map tiles from an MBTiles file or an intranet address: bytes by zoom, column and row. No Qt; hosts only from a list."""
