"""A conformance suite for Open311 GeoReport v2 servers. See README.md."""
