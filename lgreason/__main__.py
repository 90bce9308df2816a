"""`python -m lgreason`."""

from lgreason.cli.app import main

if __name__ == "__main__":
    main()
