"""`python -m lgreason`."""

from lgreason.cli import main

if __name__ == "__main__":
    main()
