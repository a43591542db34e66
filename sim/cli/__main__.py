"""`python -m sim.cli` is `townward`."""

from sim.cli.main import main

if __name__ == "__main__":
    main()
