"""The pieces that pages share: the frame, filters, tables, marks for sources and conflicts, the map view, downloads."""
