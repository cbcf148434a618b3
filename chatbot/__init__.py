"""From a question to a cited reply: the command line and the chat page."""
