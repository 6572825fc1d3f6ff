"""``python -m retold``: everything but serving, from the command line."""

import sys

from retold.cli import main

if __name__ == "__main__":
    sys.exit(main())
