"""The pages of people: signing in, being welcomed, one's account, and looking after people."""
