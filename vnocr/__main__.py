"""`python -m vnocr` is the `vnocr` command."""

from vnocr.cli.main import main

if __name__ == "__main__":
    main()
