"""Entry point of the distribution: `python -m shenwa` and the `shenwa` script."""

from app.cli.main import main

if __name__ == "__main__":
    main()
