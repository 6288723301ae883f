"""Whether a mutant is noticed: first by the golden vectors, then by the tests."""
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import time

MAPPED = 65536  # bytes of the file in which each mutant that is asked has one
SLACK_SECONDS = 20
# On the disk. A file may be longer: tests refuse one of 100 GiB that has nothing in it.
MOST_WRITTEN = 2 << 30
WATCH_SECONDS = 0.5


def _limits():
    # A mutant that allocates without end is ended, which is noticed; one that writes without end, by `_watched`.
    resource.setrlimit(resource.RLIMIT_AS, (16 << 30, 16 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _written(folder):
    """Bytes that the files of a folder take on the disk."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(place, name)).st_blocks * 512
            except OSError:
                pass  # It is gone.
    return total


def _end_all(folder):
    """Kills what a suite has begun and left, whatever group it is in: it has the suite's TMPDIR."""
    mark = f"TMPDIR={folder}".encode()
    for place in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if mark in (place / "environ").read_bytes().split(b"\0"):
                os.kill(int(place.name), signal.SIGKILL)
        except OSError:
            pass  # It is gone, or not ours.


def _watched(process, folder, limit):
    """The status of a process; what does not end in time, or writes too much, is killed with all that it has begun."""
    end = time.monotonic() + limit
    while True:
        try:
            return process.wait(max(0, min(WATCH_SECONDS, end - time.monotonic())))
        except subprocess.TimeoutExpired:
            status = "no end" if time.monotonic() >= end else "no end of writing" if _written(folder) > MOST_WRITTEN else None
        if status:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return status


class Judge:
    def __init__(self, tree, scratch):
        self.tree, self.scratch = tree, scratch
        self.binary = tree / ".build/release/mblstm"
        self.bundle = tree / ".build/release/MbLSTMPackageTests.xctest"
        scratch.mkdir(parents=True, exist_ok=True)

    def command(self, suite):
        """`check NAME` or `Module.Suite`."""
        if suite.startswith("check "):
            return [self.binary, "check", f"vectors/v1/{suite.removeprefix('check ')}.json"]
        # Behind the name of a test that is in no suite stands where it is.
        pattern = f"^{re.escape(suite)}/"
        return [self.bundle, "--testing-library", "swift-testing", "--filter", pattern]

    def run(self, suite, variables, limit):
        """Status (words where it had to be ended), what it said, seconds."""
        folder = pathlib.Path(tempfile.mkdtemp(dir=self.scratch))
        begun = time.monotonic()
        with open(folder / "said", "wb") as said:
            process = subprocess.Popen(
                self.command(suite), cwd=self.tree, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
                env={**os.environ, "TMPDIR": str(folder), **variables}, start_new_session=True, preexec_fn=_limits)
            status = _watched(process, folder, limit)
        _end_all(folder)
        text = (folder / "said").read_text(errors="replace")
        shutil.rmtree(folder, ignore_errors=True)
        return status, text, time.monotonic() - begun

    def suites(self, tests):
        names = [f"check {path.stem}" for path in sorted((self.tree / "vectors/v1").glob("*.json")) if path.stem != "schema"]
        if not tests:
            return names
        listed = subprocess.run([self.bundle, "--testing-library", "swift-testing", "--list-tests"], cwd=self.tree,
                                capture_output=True, text=True, check=True).stdout
        # `Module.Suite/test()`, `Module.test(_:)` of no suite.
        return names + sorted({line.split("/")[0] for line in listed.splitlines() if "." in line})

    def reach(self, suite):
        """Without a mutant: status, seconds, and the numbers of those that were asked for."""
        handle, file = tempfile.mkstemp(dir=self.scratch)
        os.write(handle, bytes(MAPPED))
        os.close(handle)
        status, said, seconds = self.run(suite, {"MBLSTM_MUTANTS_REACHED": file}, 1800)
        reached = [number for number, byte in enumerate(pathlib.Path(file).read_bytes()) if byte]
        os.unlink(file)
        if "Test run with 0 tests" in said:
            status = "no tests"
        return {"status": status, "seconds": round(seconds, 2), "reached": reached, "said": said[-400:] if status else ""}

    def judge(self, number, suites):
        """`suites`: name → seconds without a mutant, in order. The one that notices it, and how; else None."""
        for suite, seconds in suites.items():
            status, said, _ = self.run(suite, {"MBLSTM_MUTANT": str(number)}, 5 * seconds + SLACK_SECONDS)
            if status != 0:
                return suite, _first(said) if status == 1 else f"status {status}"
        return None


def _first(said):
    """The first line that tells of a failure."""
    for line in said.splitlines():
        if "✘" in line or line.startswith("vectors/") or "error:" in line:
            return line.strip()[:160]
    return (said.strip().splitlines() or [""])[-1][:160]
