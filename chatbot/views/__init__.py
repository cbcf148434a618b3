"""What each tab shows, as HTML: pure functions, without Gradio."""
