"""A program that rebuilds an index in child processes, for tests that kill those.

Loads the model once. For each line on stdin it forks a child and writes the child's process id to
stdout, and after its end the child's exit status:

    build FOLDER SOURCE    builds a source into the folder
    write FOLDER           writes what the folder holds as new generations, over and over
"""

import os
import sys
from pathlib import Path

from index.encoder import Encoder
from index.folder import read_folder
from index.generation import write_folder
from index.lock import lock_folder
from index.storage import build_index


def main() -> None:
    encoder = Encoder.load()
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                obey(line.split(), encoder)
                status = 0
            finally:
                os._exit(status)
        print(child, flush=True)
        _, ended = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(ended), flush=True)


def obey(order: list[str], encoder: Encoder) -> None:
    verb, folder, *sources = order
    if verb == "build":
        build_index([Path(source) for source in sources], Path(folder), encoder)
    else:
        write_forever(Path(folder))


def write_forever(folder: Path) -> None:
    stored = read_folder(folder)
    header = {key: stored.header[key] for key in ("model", "documents", "passages")}
    while True:
        with lock_folder(folder):
            write_folder(folder, header, stored.files)


if __name__ == "__main__":
    main()
