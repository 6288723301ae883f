"""The drawn mutants, woven and built; what was built for the same sources is taken up again."""
import hashlib
import json

from . import tree, weave


def digest(paths):
    """Of the names and contents of files."""
    sum = hashlib.sha256()
    for path in sorted(paths):
        if path.is_file():
            sum.update(f"{path}\0".encode() + path.read_bytes())
    return sum.hexdigest()


class Draw:
    """`sites`: number → site, in the order of the draw; `wanted` of them are judged."""

    def __init__(self, root, folder, wanted, seed, modules=()):
        self.tree = tree.Tree(root, folder / "tree", modules)
        self.folder, self.wanted, self.seed = folder, wanted, seed
        self.found = tree.product_sources(root)
        self.order = [site for site in tree.ordered(self.found, seed) if not modules or site.module in modules]
        self.sites, self.refused = {}, {}
        self.key = {"seed": seed, "wanted": wanted, **({"modules": sorted(modules)} if modules else {}),
                    "sources": digest((root / "Sources").rglob("*.swift")),
                    "generator": digest(root / ".ci/mutants" / f"{each}.py" for each in ("tokens", "shape", "sites", "weave"))}

    def judged(self):
        """The first as many as are wanted of those that compile."""
        return dict(list(self.sites.items())[: self.wanted])

    def choose(self):
        """About a twelfth does not compile; what is left over behind that stays without being judged."""
        most, by_file = self.wanted + self.wanted // 6 + 4, {}
        for site in self.order:
            if len(self.sites) == most:
                break
            others = by_file.setdefault(site.file, [])
            if weave.fits(site, others):
                others.append(site)
                self.sites[len(self.sites) + 1] = site

    def weave(self, tell):
        """Puts them into the copy, without those that do not compile."""
        self.choose()
        record = self.folder / "drawn.json"
        known = json.loads(record.read_text()) if record.exists() else {}
        every = dict(self.sites)
        self.tree.copy(woven=self.found)
        if known.get("key") == self.key:
            self.refused = {int(number): said for number, said in known["refused"].items()}
            for number in self.refused:
                del self.sites[number]
            self.tree.put(self.found, self.sites)
        else:
            self.refused = self.tree.compile(self.found, self.sites, tell)
            record.write_text(json.dumps({"key": self.key, "refused": self.refused}, indent=1))
        if len(self.sites) < self.wanted:
            raise RuntimeError(f"only {len(self.sites)} of {len(every)} compile, expected {self.wanted}")
        last = list(self.judged())[-1]
        return {every[number].id: said for number, said in self.refused.items() if number < last}

    def build(self, tests):
        self.tree.build(tests)
