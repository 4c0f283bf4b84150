"""Runs a command that may not write a file beyond a size: `limited.py BYTES COMMAND…`, as on a disk without room."""

import os
import resource
import sys

if __name__ == "__main__":
    size = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    os.execv(sys.argv[2], sys.argv[2:])
