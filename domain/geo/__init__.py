"""Where things are: datums, areas as polygons, point → area, camera sectors, cells derived from points.

Pure: no files, no clock, no drawing. Every coordinate inside the product is WGS-84 in degrees, longitude first; whatever is
in another datum is converted where it comes in (geojson) or where it goes out (datum), and says which one it was.
"""
