"""musubi: an evidence-first knowledge graph of space cooperation."""

__version__ = "0.1.0"
