"""A basket of answers, quotes, open questions and notes, exported to Word or Markdown."""
