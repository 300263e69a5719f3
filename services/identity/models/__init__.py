"""Tables of identity. Moments are the database's own: sessions and offices must not follow a moved clock."""
