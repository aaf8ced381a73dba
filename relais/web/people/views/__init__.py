"""Views by subject: signing in, welcome, account, administration, import."""
