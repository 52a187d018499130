"""Folders of tests are packages of one tree: this file puts the tree on the path."""
