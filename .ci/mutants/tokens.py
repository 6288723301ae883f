"""Swift source as tokens, with the brackets they stand in: as much of the language as mutants need."""
import dataclasses
import re

# Longest first. The formatter puts spaces around a binary operator and none beside another, which tells them apart.
PATTERN = re.compile(
    r"(?P<space>[ \t]+)|(?P<newline>\n)|(?P<comment>//[^\n]*)"
    r"|(?P<number>0x[0-9a-fA-F_]+|0b[01_]+|0o[0-7_]+|[0-9][0-9_]*(?:\.[0-9][0-9_]*)?(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<word>`?[@#$\w][\w]*`?)|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<mark>[,;:])"
    r"|(?P<operator>[-+*/%&|^!=<>~?.×·−√²≤≥]+|[^\s\w])")


@dataclasses.dataclass
class Token:
    kind: str  # number, word, open, close, mark, operator, string
    text: str
    start: int
    end: int
    line: int
    parent: int  # index of the bracket it stands in, -1 at the top
    first: bool = False  # of its line
    partner: int = -1  # of a bracket, the other one


def _string(text, start):
    """The end of the string literal that begins at `start` (its hashes included), interpolations and all."""
    place = start
    while text[place] == "#":
        place += 1
    hashes = text[start:place]
    quote = '"""' if text.startswith('"""', place) else '"'
    place += len(quote)
    closing, escape = quote + hashes, "\\" + hashes
    while not text.startswith(closing, place):
        if text.startswith(escape, place):
            place += len(escape)
            if text[place] == "(":
                place = _parenthesis(text, place)
                continue
        place += 1
    return place + len(closing)


def _parenthesis(text, place):
    depth = 0
    while True:
        if text[place] == '"':
            place = _string(text, place)
            continue
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        place += 1
        if depth == 0:
            return place


def tokens(text):
    """All tokens; comments and what strings hold are none."""
    found, stack, place, line, first = [], [], 0, 1, True
    while place < len(text):
        if text.startswith("/*", place):
            end = text.index("*/", place) + 2
            line += text.count("\n", place, end)
            place = end
            continue
        if text[place] == '"' or re.compile(r'#+"').match(text, place):
            end, kind = _string(text, place), "string"
        else:
            match = PATTERN.match(text, place)
            end, kind = match.end(), match.lastgroup
        piece = text[place:end]
        if kind == "newline":
            line, first = line + 1, True
        elif kind not in ("space", "comment"):
            token = Token(kind, piece, place, end, line, stack[-1] if stack else -1, first)
            if kind == "close":
                opening = stack.pop()
                token.parent, token.partner = found[opening].parent, opening
                found[opening].partner = len(found)
            elif kind == "open":
                stack.append(len(found))
            found.append(token)
            first = False
        line += piece.count("\n") if kind == "string" else 0
        place = end
    return found


def is_binary(text, token):
    """Whether an operator has a space before and white space behind."""
    return token.kind == "operator" and text[token.start - 1] in " \n" and text[token.end] in " \n"
