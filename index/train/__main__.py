"""Run the recipe: `python -m index.train --data FOLDER --teacher FILE --out FOLDER`."""

import sys

from index.train.cli import main

sys.exit(main())
