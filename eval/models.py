"""Models side by side on everything that a model is chosen by: one command, only held-out data.

The folder is that of the training data (see `index/train/pairs.py`): of the Chamber's questions
the half is asked that the recipe holds back, with their titles and as a whole; the sentences of
`stsb-nl/dev.csv` are never trained on. The gold questions come from the same half.
"""

from collections.abc import Sequence
from pathlib import Path

from eval.chamber import Asking, chamber_table, run_chamber
from eval.experiment import ModelChoice, run_gold
from eval.model_speed import speed_table
from eval.sts import sts_table
from eval.tables import Table, measure_table
from index.train.split import Half

STS = Path("stsb-nl") / "dev.csv"
CHAMBER = "kamer-schriftelijke-vragen"
TITLES = {False: "met de titel", True: "met de hele vraag"}


def model_tables(data: Path, choices: Sequence[ModelChoice], half: Half = "dev") -> list[Table]:
    """Return the tables: sentences, titles, whole questions, the appendix, and speed.

    Raises:
        StsError: If the sentences can't be read.
        ChamberError: If the questions can't be.
        ModelError: If a model can't be loaded.
    """
    sentences = sts_table(choices, data / STS)
    asked = [_chamber_table(data, choices, half, whole) for whole in TITLES]
    return [sentences, *asked, measure_table(run_gold(choices, [half])), speed_table(choices)]


def _chamber_table(data: Path, choices: Sequence[ModelChoice], half: Half, whole: bool) -> Table:
    asking = Asking(half=half, whole_question=whole)
    table = chamber_table(run_chamber(data / CHAMBER, choices, asking))
    return Table(f"{table.title}, {half}, {TITLES[whole]}", table.header, table.rows)
