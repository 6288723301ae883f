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
# What the seconds of a suite are: those of the processor, so that what else the machine does leaves no suite out.
MEASURED = "processor seconds"
# Beyond five times what a suite takes without a mutant.
SLACK_SECONDS = 20
# On the disk. A file may be longer: tests refuse one of 100 GiB that has nothing in it.
MOST_WRITTEN = 2 << 30
WATCH_SECONDS = 0.5
# Quick suites are run together up to as many seconds: to start the tests takes longer than most of them.
QUICK_SECONDS, TOGETHER_SECONDS = 1, 8


def _limited(seconds):
    """Of processor time, for each process that a suite begins."""
    def limits():
        # A mutant that allocates or computes without end is ended, which is noticed; one that writes or waits without
        # end, by `_watched`.
        resource.setrlimit(resource.RLIMIT_AS, (16 << 30, 16 << 30))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return limits


def _patience():
    """How many times longer than by itself something takes on a machine that does other work too."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


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
    """Status and processor seconds, with those of all that it waited for; what does not end in time, or writes too much,
    is killed with all that it has begun."""
    begun, pause, status = time.monotonic(), 0.005, None
    while True:
        ended, word, used = os.wait4(process.pid, 0 if status else os.WNOHANG)
        if ended:
            process.returncode = os.waitstatus_to_exitcode(word)
            return status or process.returncode, used.ru_utime + used.ru_stime
        spent = time.monotonic() - begun
        # The load may rise meanwhile.
        if spent >= limit * _patience():
            status = "no end"
        elif pause == WATCH_SECONDS and _written(folder) > MOST_WRITTEN:
            status = "no end of writing"
        if status:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            time.sleep(pause)
            pause = min(2 * pause, WATCH_SECONDS)


def _together(suites):
    """Names in their order, in lists of those that are one run."""
    batch, spent = [], 0.0
    for name, known in suites.items():
        isQuick = not name.startswith("check ") and known["used"] < QUICK_SECONDS
        if batch and (not isQuick or spent + known["used"] > TOGETHER_SECONDS):
            yield batch
            batch, spent = [], 0.0
        if not isQuick:
            yield [name]
            continue
        batch.append(name)
        spent += known["used"]
    if batch:
        yield batch


class Judge:
    def __init__(self, tree, scratch):
        self.tree, self.scratch = tree, scratch
        self.binary = tree / ".build/release/mblstm"
        self.bundle = tree / ".build/release/MbLSTMPackageTests.xctest"
        scratch.mkdir(parents=True, exist_ok=True)

    def command(self, suites):
        """One `check NAME`, or any of `Module.Suite`."""
        if suites[0].startswith("check "):
            return [self.binary, "check", f"vectors/v1/{suites[0].removeprefix('check ')}.json"]
        # Behind the name of a test that is in no suite stands where it is.
        pattern = f"^({'|'.join(re.escape(suite) for suite in suites)})/"
        return [self.bundle, "--testing-library", "swift-testing", "--filter", pattern]

    def run(self, suites, variables, limit):
        """Status (words where it had to be ended), what it said, processor seconds, seconds. `limit`: of the processor's for
        each process, and of all on a machine that does nothing else."""
        folder = pathlib.Path(tempfile.mkdtemp(prefix="mblstm-"))  # Below no checkout, which the command would find above.
        begun = time.monotonic()
        with open(folder / "said", "wb") as said:
            process = subprocess.Popen(
                self.command(suites), cwd=self.tree, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
                env={**os.environ, "TMPDIR": str(folder), **variables}, start_new_session=True,
                preexec_fn=_limited(int(limit) + 1))
            status, used = _watched(process, folder, limit)
        _end_all(folder)
        text = (folder / "said").read_text(errors="replace")
        shutil.rmtree(folder, ignore_errors=True)
        return status, text, used, time.monotonic() - begun

    def suites(self, tests):
        names = [f"check {path.stem}" for path in sorted((self.tree / "vectors/v1").glob("*.json")) if path.stem != "schema"]
        if not tests:
            return names
        listed = subprocess.run([self.bundle, "--testing-library", "swift-testing", "--list-tests"], cwd=self.tree,
                                capture_output=True, text=True, check=True).stdout
        # `Module.Suite/test()`, `Module.test(_:)` of no suite.
        return names + sorted({line.split("/")[0] for line in listed.splitlines() if "." in line})

    def reach(self, suite):
        """Without a mutant: status, processor seconds, seconds, and the numbers of those that were asked for."""
        handle, file = tempfile.mkstemp(dir=self.scratch)
        os.write(handle, bytes(MAPPED))
        os.close(handle)
        status, said, used, seconds = self.run([suite], {"MBLSTM_MUTANTS_REACHED": file}, 1800)
        reached = [number for number, byte in enumerate(pathlib.Path(file).read_bytes()) if byte]
        os.unlink(file)
        if "Test run with 0 tests" in said:
            status = "no tests"
        return {"status": status, "used": round(used, 2), "seconds": round(seconds, 2), "reached": reached,
                "said": said[-400:] if status else ""}

    def judge(self, number, suites):
        """`suites`: name → what it is without a mutant, in order. What notices it, and how; else None."""
        for names in _together(suites):
            # What a suite waits for is in its slack: its own seconds are longer on a loaded machine already.
            most = 5 * sum(suites[name]["used"] for name in names) + SLACK_SECONDS
            status, said, _, _ = self.run(names, {"MBLSTM_MUTANT": str(number)}, most)
            if status != 0:
                others = f" or one of {len(names) - 1} others" if len(names) > 1 else ""
                return names[0] + others, _first(said) if status == 1 else f"status {status}"
        return None


def _first(said):
    """The first line that tells of a failure."""
    for line in said.splitlines():
        if "✘" in line or line.startswith("vectors/") or "error:" in line:
            return line.strip()[:160]
    return (said.strip().splitlines() or [""])[-1][:160]
