"""The examples of PYTHON.md are run as they stand there, and print what stands there."""

import contextlib
import io
import os
import re
import unittest

from support import InAFolder, REPOSITORY


class DocumentTests(InAFolder):
    def test_examples_print_what_stands_below_them(self):
        text = (REPOSITORY / ".github/PYTHON.md").read_text()
        blocks = re.findall(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
        examples = [place for place, (language, _) in enumerate(blocks) if language == "python"]
        self.assertGreaterEqual(len(examples), 5)
        before = os.getcwd()
        os.chdir(self.folder)
        self.addCleanup(os.chdir, before)
        for place in examples:
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(compile(blocks[place][1], f"PYTHON.md, example {place + 1}", "exec"), {})
            expected = blocks[place + 1][1] if blocks[place + 1:] and blocks[place + 1][0] == "text" else ""
            self.assertEqual(printed.getvalue(), expected, blocks[place][1])


if __name__ == "__main__":
    unittest.main()
