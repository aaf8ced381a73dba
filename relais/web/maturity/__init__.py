"""The pages of maturity: answering, reading where we start from, opening and closing a wave."""
