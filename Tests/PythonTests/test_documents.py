"""The examples of PYTHON.md and README.md are run as they stand there, and print what stands there."""

import contextlib
import io
import os
import re
import unittest

from support import InAFolder, REPOSITORY


class DocumentTests(InAFolder):
    def test_examples_print_what_stands_below_them(self):
        self.assertGreaterEqual(self.run_examples(".github/PYTHON.md"), 5)

    def test_the_example_of_the_manual_runs(self):
        self.assertGreaterEqual(self.run_examples("README.md", is_silence_allowed=True), 1)

    def run_examples(self, document, is_silence_allowed=False):
        """How many there are. Silence: the document need not say what one prints."""
        text = (REPOSITORY / document).read_text()
        blocks = re.findall(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
        examples = [place for place, (language, _) in enumerate(blocks) if language == "python"]
        before = os.getcwd()
        os.chdir(self.folder)
        self.addCleanup(os.chdir, before)
        for place in examples:
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(compile(blocks[place][1], f"{document}, example {place + 1}", "exec"), {})
            is_told = blocks[place + 1:] and blocks[place + 1][0] == "text"
            if is_told or not is_silence_allowed:
                self.assertEqual(printed.getvalue(), blocks[place + 1][1] if is_told else "", blocks[place][1])
        return len(examples)


if __name__ == "__main__":
    unittest.main()
