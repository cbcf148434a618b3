"""From a source file to pages, answers and passages: records and pure parsing, no search."""
