"""Django's PostgreSQL backend, with a cheaper way to notice a connection that was cut."""
