"""`python -m pipeline` is the command line."""

from pipeline.cli.app import main

main()
