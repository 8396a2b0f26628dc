"""Blocks as files: one module for each family of formats."""
