"""Which colour of the page each of Gradio's own parts takes; light and dark follow from it.

Plain data: `page/page.css` defines the colours (`--grond`, `--inkt`, ...), `chatbot.app` hands
this to Gradio's theme.
"""

COLOURS = {
    "body_background_fill": "var(--grond)",
    "body_text_color": "var(--inkt)",
    "body_text_color_subdued": "var(--gedempt)",
    "background_fill_primary": "var(--grond)",
    "background_fill_secondary": "var(--vlak)",
    "border_color_primary": "var(--lijn)",
    "border_color_accent": "var(--accent)",
    "block_background_fill": "var(--vlak)",
    "block_border_color": "var(--lijn)",
    "block_label_text_color": "var(--inkt)",
    "block_title_text_color": "var(--inkt)",
    "input_background_fill": "var(--vlak)",
    "input_background_fill_focus": "var(--vlak)",
    "input_border_color": "var(--gedempt)",
    "input_border_color_focus": "var(--accent)",
    "input_placeholder_color": "var(--gedempt)",
    "checkbox_background_color": "var(--vlak)",
    "checkbox_background_color_selected": "var(--accent)",
    "checkbox_border_color": "var(--gedempt)",
    "checkbox_border_color_selected": "var(--accent)",
    "checkbox_label_background_fill": "transparent",
    "checkbox_label_background_fill_hover": "transparent",
    "checkbox_label_background_fill_selected": "transparent",
    "checkbox_label_border_color": "var(--lijn)",
    "checkbox_label_text_color": "var(--inkt)",
    "checkbox_label_text_color_selected": "var(--inkt)",
    "button_primary_background_fill": "var(--accent)",
    "button_primary_background_fill_hover": "var(--accent)",
    "button_primary_text_color": "var(--op-accent)",
    "button_secondary_background_fill": "var(--vlak)",
    "button_secondary_background_fill_hover": "var(--vlak)",
    "button_secondary_border_color": "var(--lijn)",
    "button_secondary_text_color": "var(--inkt)",
}


def theme_settings() -> dict[str, str]:
    """Return the settings for Gradio's `Theme.set`: each colour, for light and for dark."""
    return {**COLOURS, **{f"{name}_dark": colour for name, colour in COLOURS.items()}}
