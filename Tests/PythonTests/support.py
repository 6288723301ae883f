"""What tests share. They are of the installed package, wherever it is: `python -m unittest` in this folder."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

import mblstm as package

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]


class InAFolder(unittest.TestCase):
    """Tests that write into a folder of their own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)


def mblstm(*words, folder=None):
    """What the package's command line prints and how it ends."""
    return subprocess.run([sys.executable, "-m", "mblstm", *map(str, words)], cwd=folder, capture_output=True, text=True)


HAS_FIRMWARE = (pathlib.Path(package.__file__).parent / "firmware/controller.elf").exists()


def rows(array):
    """An array as lists."""
    return array.tolist()
