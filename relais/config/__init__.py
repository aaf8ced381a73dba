"""Settings, addresses, server and command line: the only place that knows everybody."""
