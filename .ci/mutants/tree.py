"""A copy of the product with many mutants in it, and its build."""
import hashlib
import pathlib
import re
import shutil
import subprocess

from . import shape, sites, weave

HEADER = """#include <stdbool.h>
extern int mutant_active;
extern unsigned char *mutant_reached;
/// Whether the mutant is the one of MBLSTM_MUTANT; notes that it was asked where MBLSTM_MUTANTS_REACHED names a file.
static inline bool mutantIsOn(int number) {
  int active = mutant_active;
  if (__builtin_expect(active == 0, 1)) return false;
  if (active < 0) mutant_reached[number] = 1;
  return active == number;
}
"""
# What is noted goes to a mapped file, so that processes that are killed and their children have their part in it.
SWITCH = """#include "MutantSwitch.h"
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
int mutant_active = 0;
unsigned char *mutant_reached = 0;
__attribute__((constructor)) static void mutant_read(void) {
  const char *number = getenv("MBLSTM_MUTANT"), *path = getenv("MBLSTM_MUTANTS_REACHED");
  if (number) mutant_active = atoi(number);
  if (!path) return;
  int file = open(path, O_RDWR);
  void *bytes = file < 0 ? MAP_FAILED : mmap(0, 65536, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (bytes == MAP_FAILED) return;
  close(file);
  mutant_reached = bytes;
  mutant_active = -1;
}
"""
MANIFEST = """
for target in package.targets { target.dependencies.append("MutantSwitch") }
package.targets.append(.target(name: "MutantSwitch"))
"""
# Of processor time for one expression, which is told as an error.
MOST_SECONDS = 15
ERROR = re.compile(r"^(/[^:\n]+\.swift):(\d+):(\d+): error: (.*)$", re.M)
# Nothing but time is measured there; and what a script writes is that script's: handlers, and the table that
# .ci/cost-model fits and holds within 5 %.
EXCLUDED = ("Tasks/Benchmarks.swift", "/Generated/", "Tasks/Time/ControllerCosts.swift")


def product_sources(root):
    """All sources of the product that mutants are made in, by name."""
    folder = root / "Sources"
    found = {}
    for path in sorted(folder.rglob("*.swift")):
        name = str(path.relative_to(folder))
        if not any(each in name for each in EXCLUDED):
            found[name] = shape.Source(name, path.read_text())
    return found


def ordered(found, seed):
    """All sites, in the order in which the seed draws them."""
    every = [site for source in found.values() for site in sites.of(source)]
    return sorted(every, key=lambda site: hashlib.sha256(f"{seed} {site.id}".encode()).hexdigest())


class Tree:
    """`modules`: those that mutants are made in and whose tests are built; none for all."""

    def __init__(self, root, folder, modules=()):
        self.root, self.folder, self.of = root, folder, modules

    def write(self, name, data):
        """What has not changed keeps its time, so that it is not built again."""
        path = self.folder / name
        if not path.exists() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def copy(self, woven=()):
        """Everything that git knows or would add, but the sources that are woven."""
        listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=self.root,
                                capture_output=True, check=True).stdout.decode().split("\0")
        wanted = {name for name in listed if name and (self.root / name).is_file()}
        for name in sorted(wanted):
            if name != "Package.swift" and name.removeprefix("Sources/") not in woven:
                self.write(name, (self.root / name).read_bytes())
                (self.folder / name).chmod((self.root / name).stat().st_mode & 0o777)
        self.write("Package.swift", (self.root / "Package.swift").read_bytes() + self.manifest().encode())
        self.write("Sources/MutantSwitch/include/MutantSwitch.h", HEADER.encode())
        self.write("Sources/MutantSwitch/include/module.modulemap",
                   b'module MutantSwitch { header "MutantSwitch.h" export * }\n')
        self.write("Sources/MutantSwitch/switch.c", SWITCH.encode())
        for top in ("Sources", "Tests"):
            for path in (self.folder / top).rglob("*"):
                name = str(path.relative_to(self.folder))
                if path.is_file() and name not in wanted and not name.startswith("Sources/MutantSwitch/"):
                    path.unlink()

    def manifest(self):
        """What is added to the product's: tests of other modules than those are left out."""
        if not self.of:
            return MANIFEST
        names = ", ".join(f'"{each}Tests"' for each in sorted(self.of))
        return MANIFEST + f"package.targets.removeAll {{ $0.type == .test && ![{names}].contains($0.name) }}\n"

    def put(self, found, drawn):
        """Writes the sources with the mutants, number → site; gives the woven texts and spans by file."""
        placed = {}
        for name, source in found.items():
            own = [(number, site) for number, site in drawn.items() if site.file == name]
            text, spans = weave.woven(source.text, own) if own else (source.text, {})
            placed[name] = (text, spans)
            self.write("Sources/" + name, text.encode())
        return placed

    def modules(self):
        """Modules of the product, what is imported before what imports."""
        folder = self.folder / "Sources"
        imports = {}
        for path in sorted(each for each in folder.iterdir() if any(each.rglob("*.swift"))):
            text = "\n".join(each.read_text() for each in path.rglob("*.swift"))
            imports[path.name] = set(re.findall(r"^(?:import MutantSwitch; )?import (\w+)$", text, re.M))
        done = []
        while len(done) < len(imports):
            done += [name for name in sorted(imports)
                     if name not in done and all(each in done or each not in imports or each == name for each in imports[name])]
        return done

    def headers(self, scratch):
        """Where the compiler finds modules that are in C: one has a map of its own, or what is in its folder."""
        found = []
        for place in sorted((self.folder / "Sources").glob("*/include")):
            if not (place / "module.modulemap").exists():
                name = place.parent.name
                (scratch / name).mkdir(exist_ok=True)
                (scratch / name / "module.modulemap").write_text(f'module {name} {{ umbrella "{place}" export * }}\n')
                place = scratch / name
            found += ["-I", str(place)]
        return found

    def errors(self, module, scratch):
        """What the compiler says of a module: (file below Sources, line, column, text)."""
        folder = self.folder / "Sources"
        files = sorted(str(path) for path in (folder / module).rglob("*.swift"))
        run = subprocess.run(
            ["swiftc", "-emit-sil", "-o", str(scratch / f"{module}.sil"), "-emit-module-path", str(scratch / f"{module}.swiftmodule"), "-wmo", "-Onone",
             "-swift-version", "6", "-enable-upcoming-feature", "MemberImportVisibility", "-package-name", "mutants",
             "-Xfrontend", f"-solver-expression-time-threshold={MOST_SECONDS}",
             "-parse-as-library", "-module-name", module, "-I", str(scratch), *self.headers(scratch), *files],
            capture_output=True, text=True)
        if run.returncode == 0:
            return []
        found = [(str(pathlib.Path(path).relative_to(folder)), int(line), int(column), said)
                 for path, line, column, said in ERROR.findall(run.stderr)]
        if not found:
            raise RuntimeError(f"{module} does not compile:\n{run.stderr[-3000:]}")
        return found

    def compile(self, found, drawn, tell):
        """Takes out of `drawn` what does not compile, module by module; gives number → what the compiler said."""
        scratch = self.folder.parent / "modules"
        scratch.mkdir(parents=True, exist_ok=True)
        refused = {}
        self.put(found, drawn)
        woven = {site.module for site in drawn.values()}
        for module in self.modules():
            if not woven:
                break  # Nothing but what imports them is left.
            woven.discard(module)
            while True:
                placed = self.put(found, drawn)
                problems = self.errors(module, scratch)
                if not problems:
                    break
                near = {}
                for name, line, column, said in problems:
                    numbers, distance = weave.blamed(*placed.get(name, ("", {})), line, column)
                    for number in numbers:
                        near.setdefault(distance, {}).setdefault(number, said)
                # What else is said may follow from those.
                out = near[min(near)] if near else {}
                if not out:
                    raise RuntimeError(f"{module}: {problems[0]}, where no mutant is")
                for number, said in out.items():
                    refused[number] = said
                    del drawn[number]
                tell(f"{module}: {len(out)} do not compile")
        return refused

    def build(self, tests):
        """The product in release and, for `tests`, the tests as well."""
        command = ["swift", "build", "-c", "release"]
        # Both with the same flags, so that the second builds on the first.
        command += ["-Xswiftc", "-enable-testing"] + (["--build-tests"] if tests else ["--product", "mblstm"])
        run = subprocess.run(command, cwd=self.folder, capture_output=True, text=True)
        if run.returncode != 0:
            raise RuntimeError((run.stdout + run.stderr)[-5000:])
        if tests:
            self.take_firmware()

    def take_firmware(self):
        """The binaries as they are without a mutant: Embedded Swift has no switch, and a native controller that does
        otherwise than its binary is noticed."""
        subprocess.run([self.root / "firmware/build.sh"], check=True, capture_output=True)
        copy = self.folder / ".build/firmware"
        if copy.is_symlink():
            copy.unlink()
        shutil.copytree(self.root / ".build/firmware", copy, dirs_exist_ok=True)
        (copy / ".built").touch()
