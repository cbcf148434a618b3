"""Run the recipe: `python -m index.train --data FOLDER --teacher FOLDER --out FOLDER`."""

import sys

from index.train.cli import main

sys.exit(main())
