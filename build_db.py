"""Build the Retold database from a pile of articles. ``python build_db.py --help`` says how."""

import sys

from retold.build import main

if __name__ == "__main__":
    sys.exit(main())
