"""Reading the town from an OpenStreetMap extract (`.osm.pbf`). See docs/data.md.

reading    two passes over the file: what lies where
tagging    what OpenStreetMap's tags mean here
border     which area is the town, which parts it has
streets    which pieces of road are one street, which address stands on which
writing    rows: new, changed, gone; ids stay
run        all of it, in order
"""
