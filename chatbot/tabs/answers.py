"""The tab "Antwoorden": all of them, filtered."""

from dataclasses import dataclass

import gradio as gr

from chatbot.library import Library
from chatbot.tabs.frame import Frame, add_list, data_of, filled_in
from chatbot.views.answers import read_choice, render_answer_form, render_answers


def build(frame: Frame, tab: gr.Tab) -> None:
    """Add the tab's contents."""
    events = _Events(frame.library)
    add_list(tab, events.open, events.filter)


@dataclass(frozen=True, slots=True)
class _Events:
    """What happens on the events of this tab."""

    library: Library

    def open(self, known: object) -> tuple[str, str]:
        """Show all answers of the documents as they are now."""
        answers = self.library.index.answers
        form = render_answer_form(answers)
        return form, render_answers(answers, read_choice(filled_in(known, form)))

    def filter(self, event: gr.EventData) -> str:
        """Show the answers that fit what is filled in."""
        return render_answers(self.library.index.answers, read_choice(data_of(event)))
