"""`python -m eval.bench [RUNS]`: start-up, warm questions; `peers`, `growth`."""

import sys

if __name__ == "__main__":
    if sys.argv[1:2] == ["peers"]:
        from eval.bench.cli import main

        sys.exit(main(sys.argv[2:]))
    if sys.argv[1:2] == ["growth"]:
        from eval.bench import growth

        sys.exit(growth.main(sys.argv[2:]))
    from eval.bench import start

    start.main(sys.argv[1:])
