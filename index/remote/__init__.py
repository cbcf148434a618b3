"""An index on many machines: the same search over passages that a Milvus server holds."""
