"""The mutation score: mutants drawn at random, judged, counted."""
import collections
import concurrent.futures
import json
import os
import pathlib
import sys

from . import draw, judge, sites, tree

HERE = pathlib.Path(__file__).resolve().parent
MOST_EQUIVALENT = 0.05
# Of the processor, for tests of other modules that a mutant may cost.
BEYOND_SECONDS = 60


def reasons():
    """Of `equivalent`: the name of a mutant → why nothing can notice it."""
    found = {}
    for number, line in enumerate((HERE / "equivalent").read_text().splitlines(), 1):
        if line and not line.startswith("#"):
            name, _, reason = line.partition(" ")
            if not reason.strip():
                raise RuntimeError(f".ci/mutants/equivalent:{number}: {name} has no reason")
            found[name] = reason.strip()
    return found


def misplaced(root):
    """Names in `equivalent` that no place has any more."""
    excused = reasons()
    files = {name.split(":")[0] for name in excused}
    known = {site.id for name, source in tree.product_sources(root).items() if name in files for site in sites.of(source)}
    missing = [name for name in excused if name not in known]
    for name in missing:
        print(f".ci/mutants/equivalent: {name} is no place any more", file=sys.stderr)
    return missing


def plan(site, number, reached):
    """Suites that can notice a mutant, as they are without one: the vectors, the tests of its module, those of others."""
    able = {name: each for name, each in reached.items() if each["status"] == 0 and number in each["reached"]}
    own = {"mblstm": "CLI"}.get(site.module, site.module) + "Tests."
    quick = sorted(able, key=lambda name: able[name]["used"])
    suites = [name for name in quick if name.startswith("check ")] + [name for name in quick if name.startswith(own)]
    spent = 0.0
    for name in quick:
        if name not in suites:
            spent += able[name]["used"]
            if spent > BEYOND_SECONDS:
                break
            suites.append(name)
    return {name: able[name] for name in suites}


class Score:
    def __init__(self, root, folder, wanted, seed, tests, modules=()):
        folder.mkdir(parents=True, exist_ok=True)
        self.root, self.folder, self.seed, self.tests = root, folder, seed, tests
        self.draw = draw.Draw(root, folder, wanted, seed, modules)
        self.judge = judge.Judge(folder / "tree", folder / "scratch")
        self.results = folder / "results.jsonl"
        self.left_out = []

    def tell(self, text):
        print(text, file=sys.stderr, flush=True)

    def reach(self, key, jobs):
        """What each suite reaches, kept for the same sources and tests."""
        file = self.folder / "reach.json"
        known = json.loads(file.read_text()) if file.exists() else {}
        reached = known.get("suites", {}) if known.get("key") == key else {}
        waiting = [suite for suite in self.judge.suites(self.tests) if reached.get(suite, {"status": 1})["status"] != 0]
        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            for suite, found in zip(waiting, pool.map(self.judge.reach, waiting)):
                reached[suite] = found
                # Whole at any time, so that a run that is stopped goes on.
                part = file.with_suffix(".part")
                part.write_text(json.dumps({"key": key, "suites": reached}))
                part.replace(file)
                if found["status"] != 0:
                    self.tell(f"{suite} fails without a mutant and is left out: {found['said']}")
        self.left_out = sorted(suite for suite, found in reached.items() if found["status"] != 0)
        return reached

    def known(self, key, tests):
        """What was found before: noticed ones while sources are the same, others while the tests are too."""
        found = {}
        if self.results.exists():
            for line in self.results.read_text().splitlines():
                each = json.loads(line)
                if each["sources"] == key and (each["by"] or each["tests"] == tests):
                    found[each["id"]] = each
        return found

    def run(self, jobs, limit=None):
        """Judges what is not yet judged; gives what is known of each that was drawn: site → result."""
        refused = self.draw.weave(self.tell)
        self.draw.build(self.tests)
        sources = json.dumps(self.draw.key, sort_keys=True)
        tests = draw.digest([*(self.root / "Tests").rglob("*"), *(self.root / "vectors/v1").glob("*")]) if self.tests else "none"
        reached = self.reach([self.draw.key, tests, judge.MEASURED], jobs)
        known, judged, excused = self.known(sources, tests), self.draw.judged(), reasons()
        # What is said to be equivalent is judged too, last: what is noticed has a wrong reason, and counts as noticed.
        waiting = sorted(((number, site) for number, site in judged.items() if site.id not in known),
                         key=lambda each: each[1].id in excused)[:limit]

        def one(number, site):
            suites = plan(site, number, reached)
            noticed = self.judge.judge(number, suites)
            return {"id": site.id, "sources": sources, "tests": tests, "reached": bool(suites),
                    "by": noticed[0] if noticed else "", "how": noticed[1] if noticed else ""}

        with concurrent.futures.ThreadPoolExecutor(jobs) as pool, open(self.results, "a") as file:
            for job in concurrent.futures.as_completed([pool.submit(one, *each) for each in waiting]):
                result = job.result()
                known[result["id"]] = result
                file.write(json.dumps(result) + "\n")
                file.flush()
                self.tell(f"{result['id']}: {result['by'] or ('alive' if result['reached'] else 'never reached')} {result['how']}")
        return {number: (site, known.get(site.id)) for number, site in judged.items()}, refused

    def report(self, judged, refused, goal):
        """Prints tables and survivors; whether the score is reached."""
        excused = reasons()
        tables = {"module": collections.defaultdict(collections.Counter), "kind": collections.defaultdict(collections.Counter)}
        alive, total = [], collections.Counter()
        for site, result in judged.values():
            if result is None:
                word = "not judged"
            elif result["by"]:
                word = "by the vectors" if result["by"].startswith("check ") else "by tests"
            else:
                word = "equivalent" if site.id in excused else "alive"
            if word == "alive":
                alive.append((site, result))
            for table, name in (("module", site.module), ("kind", site.kind)):
                tables[table][name][word] += 1
            total[word] += 1
        for name in refused:
            tables["module"][name.split("/")[0]]["not compiled"] += 1
            tables["kind"][name.split(":")[-1].split("~")[0]]["not compiled"] += 1
            total["not compiled"] += 1
        columns = ["by the vectors", "by tests", "alive", "equivalent", "not judged", "not compiled"]
        for table, rows in tables.items():
            print(f"\n{table:12}" + "".join(f"{each:>16}" for each in columns))
            for name in sorted(rows):
                print(f"{name:12}" + "".join(f"{rows[name][each]:16}" for each in columns))
        print(f"{'all':12}" + "".join(f"{total[each]:16}" for each in columns))
        print()
        for site, result in sorted(alive, key=lambda each: (each[0].file, each[0].line)):
            reach = "" if result["reached"] else ", never reached"
            print(f"alive: Sources/{site.file}:{site.line}: {' '.join(site.told.split())}{reach}\n    {site.id}")
        noticed = total["by the vectors"] + total["by tests"]
        counted = noticed + total["alive"]
        score = noticed / counted if counted else 0
        share = total["equivalent"] / max(1, counted + total["equivalent"])
        print(f"\nseed {self.seed}, {len(self.draw.order)} places: {noticed} of {counted} noticed, {100 * score:.1f} %; "
              f"{total['equivalent']} equivalent, {total['not judged']} not judged")
        if self.left_out:
            print(f"left out, because they fail without a mutant: {', '.join(self.left_out)}")
        if share > MOST_EQUIVALENT:
            print(f"{100 * share:.1f} % are said to be equivalent, at most {100 * MOST_EQUIVALENT:.0f} % may be")
        return 100 * score >= goal and share <= MOST_EQUIVALENT and total["not judged"] == 0


def main(root, arguments):
    score = Score(root, (arguments.scratch or root / ".build/mutants").resolve(), arguments.random, arguments.seed,
                  not arguments.vectors_only, tuple(arguments.only_modules))
    return 0 if score.report(*score.run(arguments.jobs or os.cpu_count() or 1, arguments.limit), arguments.goal) else 1
