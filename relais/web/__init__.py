"""Pages: one folder per domain; templates and static files beside them. Reads queries, calls actions."""
