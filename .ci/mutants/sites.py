"""Every place where one small mistake can be made, and the mistake."""
import dataclasses
import hashlib

from . import shape

RELATIONS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}
ARITHMETIC = {"+": "-", "-": "+", "*": "+", "/": "*", "%": "/", "&+": "&-", "&-": "&+", "&*": "&+"}
BITS = {"<<": ">>", ">>": "<<", "&<<": "&>>", "&>>": "&<<", "&": "|", "|": "&", "^": "&"}
LOGIC = {"&&": "||", "||": "&&"}
COMPOUND = {"+=": "-=", "-=": "+=", "*=": "+=", "/=": "*=", "|=": "&=", "&=": "|=", "^=": "|=", "<<=": ">>=", ">>=": "<<=",
            "&+=": "&-=", "&-=": "&+="}
NAMES = {"min": "max", "max": "min"}
# `.member`, as a value.
MEMBERS = {"forward": "transposed", "transposed": "forward", "set": "reset", "reset": "set", "first": "last",
           "last": "first"}
# A programmer's mistake ends the process, and what is reserved changes no result: not what a test can see.
SILENT = {"precondition", "preconditionFailure", "assert", "assertionFailure", "fatalError", "reserveCapacity"}
NO_STATEMENT = {
    "let", "var", "func", "if", "guard", "for", "while", "switch", "struct", "enum", "class", "extension", "case", "default",
    "static", "private", "public", "package", "fileprivate", "internal", "import", "init", "subscript", "typealias",
    "mutating", "nonmutating", "get", "set", "defer", "do", "repeat", "else", "return", "protocol", "final", "override",
    "associatedtype", "where", "indirect", "lazy", "weak", "unowned", "fallthrough", "deinit", "precondition", "assert",
    "preconditionFailure", "assertionFailure", "fatalError", "reserveCapacity", "borrowing", "consuming", "convenience", "in"}


@dataclasses.dataclass
class Site:
    kind: str
    file: str  # below Sources
    line: int
    start: int  # of what is replaced, in the text
    end: int
    form: str  # value, statement, deletion, else
    place: int  # of the token, which tells sites of a line apart
    mutated: str
    told: str  # the change, for people
    id: str = ""

    @property
    def module(self):
        return self.file.split("/")[0]


def _value(source, index, kind, new):
    """A token of an expression is another one. What is taken together is small: the compiler sees it twice."""
    tokens, text = source.tokens, source.text
    if kind in ("number", "boolean"):
        first = last = index
    elif source.is_binary(index):
        first, last = source.operation(index)
    else:
        first, last = source.region(index)
    start, end, token = tokens[first].start, tokens[last].end, tokens[index]
    if tokens[first].text == "&" or tokens[first].text in ("let", "var", "inout", "consume"):
        return None
    mutated = text[start:token.start] + new + text[token.end:end]
    return Site(kind, source.name, token.line, start, end, "value", token.start, mutated, f"{token.text} → {new.strip()}")


def _literal(token):
    """The values beside an integer, or twice a real number."""
    text = token.text
    if "." in text or not text.startswith("0x") and "e" in text.lower():
        value = float(text.replace("_", ""))
        return [repr(value * 2) if value else "1.0"]
    value = int(text.replace("_", ""), 0)
    render = hex if text.startswith("0x") else bin if text.startswith("0b") else str
    return [render(value + 1), render(value - 1)] if value else [render(1)]


def _range(source, index):
    """A range ends one later, or one earlier."""
    tokens, text = source.tokens, source.text
    first, last = source.region(index)
    token = tokens[index]
    if index in (first, last) or tokens[index + 1].kind == "close" or text[token.end] in " )]":
        return None
    each = index + 1
    while each is not None and each <= last:
        if tokens[each].text in ("??", "==", "!=", "<", ">", "~=", "&&", "||", "as", "is") and each > index + 1:
            return None
        each = source.step_right(each)
    start, end = tokens[first].start, tokens[last].end
    change = " + 1" if token.text == "..<" else " - 1"
    operand = text[token.end:end]
    return Site("range", source.name, token.line, start, end, "value", token.start,
                text[start:token.end] + "(" + operand + ")" + change, f"{token.text}{operand} → {token.text}({operand}){change}")


def _joins(source, index):
    """Whether strings or lists are put together, which nothing else than + does."""
    before, behind = source.tokens[index - 1], source.tokens[index + 1]
    return before.kind == "string" or behind.kind == "string" or behind.text == "["


def _names_no_operation(source, index):
    """Whether an operator is the name of its function, or joins constraints of a type: nothing else compiles there."""
    token, behind = source.tokens[index], source.tokens[index + 1 : index + 3]
    constrains = token.text == "&" and any(each.text in ("Copyable", "Escapable", "Sendable") for each in behind)
    return source.tokens[index - 1].text == "func" or constrains


def _operators(source, index):
    token = source.tokens[index]
    if _names_no_operation(source, index):
        return
    for kind, table in (("relation", RELATIONS), ("arithmetic", ARITHMETIC), ("bits", BITS), ("logic", LOGIC)):
        if token.text in table and source.is_binary(index) and not _joins(source, index):
            yield _value(source, index, kind, table[token.text])
    if token.text in COMPOUND and source.is_binary(index):
        header = source.header(index)
        first = header[-1] if header else index
        last = source.statement_end(first)
        start, end = source.tokens[first].start, source.tokens[last].end
        new = COMPOUND[token.text]
        mutated = source.text[start:token.start] + new + source.text[token.end:end]
        if source.tokens[first].text not in NO_STATEMENT:
            yield Site("assignment", source.name, token.line, start, end, "statement", token.start, mutated,
                       f"{token.text} → {new}")
    if token.text in ("!", "~") and not source.is_binary(index) and source.text[token.end] not in " \n,)]}.?":
        behind = source.tokens[index + 1]
        if behind.start == token.end and behind.text not in ("Copyable", "Escapable") and source.text[token.start - 1] in " ([!~{":
            yield _value(source, index, "logic" if token.text == "!" else "bits", "")
    if token.text in ("..<", "..."):
        yield _range(source, index)


def _words(source, index):
    tokens, token = source.tokens, source.tokens[index]
    behind = tokens[index + 1] if index + 1 < len(tokens) else None
    before = tokens[index - 1] if index else None
    if token.text in ("true", "false"):
        yield _value(source, index, "boolean", "false" if token.text == "true" else "true")
    elif token.text in NAMES and behind and behind.text == "(" and before and before.text != "func":
        yield _value(source, index, "name", NAMES[token.text])
    elif token.text in MEMBERS and before and before.text == "." and (not behind or behind.text not in ("(", ":")):
        yield _value(source, index, "name", MEMBERS[token.text])
    elif token.text in ("if", "while", "guard"):
        yield from _conditions(source, index)
    elif token.text == "else" and behind and behind.text == "{" and source.block(index + 1) == "block":
        header = source.header(index)
        start = header[-1] if header else index
        if not source.is_value(start, source.statement_end(start)):
            yield Site("else", source.name, token.line, token.start, behind.end, "else", token.start, "", "else { … } left out")


def _conditions(source, index):
    """A clause of a condition is negated."""
    tokens, text = source.tokens, source.text
    each = source.step_right(index)
    while each is not None:
        first, last = each, each
        while True:
            behind = source.step_right(last)
            if behind is None or tokens[behind].text in (",", "{", "else"):
                break
            last = behind
        if tokens[first].text not in ("let", "var", "case") and not tokens[first].text.startswith("#"):
            end = tokens[tokens[last].partner if tokens[last].kind == "open" else last].end
            clause = text[tokens[first].start:end]
            yield Site("condition", source.name, tokens[first].line, tokens[first].start, end, "value", tokens[first].start,
                       f"!({clause})", f"{clause} → !(…)")
        if behind is None or tokens[behind].text != ",":
            return
        each = source.step_right(behind)


def _statement(source, first):
    """A statement is left out."""
    tokens, text = source.tokens, source.text
    token = tokens[first]
    parent = token.parent
    if parent < 0 or tokens[parent].text != "{" or token.kind not in ("word", "operator"):
        return None
    before = tokens[first - 1]
    begins = (source.is_newline_boundary(first) or first == parent + 1 or before.text == ";"
              or before.text == ":" and source.block(parent) == "switch")
    kind = source.block(parent)
    if not begins or kind == "type" or token.text[0] in "@#":
        return None
    last = source.statement_end(first)
    words = [tokens[each].text for each in range(first, last + 1) if tokens[each].parent == parent]
    start, end = token.start, tokens[last].end
    made = lambda name: Site(name, source.name, token.line, start, end, "deletion", token.start, "",  # noqa: E731
                             f"{' '.join(text[start:end].split())[:60]} left out")
    if token.text in ("return", "continue", "throw"):
        is_jump = token.text == "throw" or last == first
        return made("jump") if is_jump and kind in ("block", "loop") else None
    if token.text in NO_STATEMENT or kind == "guard" or any(each in SILENT for each in words):
        return None
    if any(each in shape.ASSIGNMENTS for each in words):
        return None if kind == "init" and "=" in words else made("assignment")
    if any(source.text.startswith(each, start) for each in ("self.init(", "try self.init(", "super.init(")):
        return None
    if tokens[last].kind != "close" or source.is_value(first, last):
        return None
    return made("call")


def _position(source, number, place):
    """The text of a line, and where in it something stands: neither changes with what stands elsewhere in the file."""
    line = source.lines[number - 1]
    digest = hashlib.sha256(line.strip().encode()).hexdigest()[:8]
    return digest, place - source.starts[number - 1] - (len(line) - len(line.lstrip()))


def of(source):
    """All sites of a file, in order."""
    found = []
    for index, token in enumerate(source.tokens):
        if token.kind in ("close", "mark", "string", "open"):
            continue
        each = [_statement(source, index)]
        if not source.in_pattern(index) and not SILENT.intersection(source.calls(index)):
            if token.kind == "operator":
                each += _operators(source, index)
            elif token.kind == "word":
                each += _words(source, index)
            elif source.tokens[index - 1].text != ".":
                # One of them, by its line and its place in that: else half of all sites were numbers.
                beside = _literal(token)
                digest, column = _position(source, token.line, token.start)
                each.append(_value(source, index, "number", beside[(int(digest, 16) + column) % len(beside)]))
        found += [site for site in each if site]
    seen = {}
    for site in found:
        digest, column = _position(source, site.line, site.place)
        name = f"{site.file}:{digest}:{column}:{site.kind}"
        seen[name] = seen.get(name, 0) + 1
        site.id = name if seen[name] == 1 else f"{name}~{seen[name]}"
    return found
