"""`python -m noivu.ui.build`: makes what the screen needs and the repository does not hold. Safe to run again."""

import sys

from noivu.ui import fonts


def main() -> int:
    written = fonts.build()
    for path in written:
        sys.stderr.write(f"{path.name}: {path.stat().st_size // 1024 + 1} KB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
