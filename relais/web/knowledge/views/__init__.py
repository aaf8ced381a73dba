"""The pages of knowledge, one module for each thing."""
