"""The command line that comes with the package: `mblstm`, or `python -m mblstm`."""

import os
import pathlib
import sys
from typing import NoReturn

PROGRAM = pathlib.Path(__file__).parent / "bin" / "mblstm"


def main() -> NoReturn:
    """Becomes the command line, with the arguments as they are."""
    try:
        os.execv(PROGRAM, ["mblstm", *sys.argv[1:]])
    except OSError as error:
        sys.exit(f"{PROGRAM}: {error.strerror}; expected the command line of this package")


if __name__ == "__main__":
    main()
