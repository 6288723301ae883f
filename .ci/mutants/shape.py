"""Where an expression, a statement and a block begin and end, read from tokens alone."""
from . import tokens as lexer

ASSIGNMENTS = {"=", "+=", "-=", "*=", "/=", "%=", "|=", "&=", "^=", "<<=", ">>=", "&+=", "&-=", "&*=", "&<<=", "&>>="}
BEFORE_EXPRESSION = {
    "return", "if", "guard", "while", "in", "where", "throw", "else", "case", "try", "await", "switch", "let", "var"}
BEHIND_EXPRESSION = {"else", "where", "in"}
CONTROL = {"if", "guard", "while", "for", "switch", "catch"}
DECLARATIONS = {"struct", "class", "enum", "extension", "protocol", "actor"}


# Of Swift's standard library; the larger binds first.
PRECEDENCE = {
    **dict.fromkeys(("<<", ">>", "&<<", "&>>"), 160), **dict.fromkeys(("*", "/", "%", "&*", "&"), 150),
    **dict.fromkeys(("+", "-", "&+", "&-", "|", "^"), 140), **dict.fromkeys(("..<", "..."), 135), "as": 132, "is": 132, "??": 131,
    **dict.fromkeys(("<", "<=", ">", ">=", "==", "!=", "===", "!==", "~="), 130), "&&": 120, "||": 110}


class Source:
    def __init__(self, name, text):
        self.name, self.text = name, text
        self.tokens = lexer.tokens(text)
        self.lines = text.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)

    def is_binary(self, index):
        return lexer.is_binary(self.text, self.tokens[index])

    def begins_line(self, index):
        """Whether a statement may begin here: the first of its line that does not go on with what stands before."""
        token = self.tokens[index]
        if not token.first or index == 0:
            return index == 0
        if token.kind == "operator" and (self.is_binary(index) or token.text[0] in ".?" and token.text not in ("...",)):
            previous = self.tokens[index - 1]
            # `.member` at the start of a statement: an implicit member behind `:` or `{`.
            return token.text == "." and previous.text in ("{", ":")
        if token.text in ("else", "where", ":"):
            return False
        return not self.is_binary(index - 1) and self.tokens[index - 1].text not in (",", "(", "[", "->")

    def step_left(self, index):
        """The token before at the same depth (the opening bracket where a closing one stands), None at the beginning."""
        if index == 0 or index - 1 == self.tokens[index].parent:
            return None
        before = index - 1
        return self.tokens[before].partner if self.tokens[before].kind == "close" else before

    def step_right(self, index):
        """The token behind at the same depth, past brackets; None at the end."""
        token = self.tokens[index]
        behind = (token.partner if token.kind == "open" else index) + 1
        if behind >= len(self.tokens) or self.tokens[behind].kind == "close":
            return None
        return behind

    def is_newline_boundary(self, index):
        """Between a token and the one before, inside of braces only."""
        parent = self.tokens[index].parent
        return (parent < 0 or self.tokens[parent].text == "{") and self.begins_line(index)

    def header(self, index):
        """What leads to a token from the start of its statement, at the same depth, the nearest first."""
        found = []
        while True:
            if self.is_newline_boundary(index):
                return found
            before = self.step_left(index)
            if before is None or self.tokens[before].text in (";", "{"):
                return found
            found.append(before)
            index = before

    def region(self, index):
        """First and last token of the expression around a token, between what divides expressions."""
        tokens = self.tokens
        first = index
        while not self.is_newline_boundary(first):
            before = self.step_left(first)
            if before is None:
                break
            token = tokens[before]
            if token.text in (",", ":", ";", "->") or token.text in ASSIGNMENTS or token.text in BEFORE_EXPRESSION:
                break
            if token.text == "?" and (self.is_binary(before) or tokens[before - 1].text == "try"):
                break
            if token.text == "!" and tokens[before - 1].text == "try":
                break
            first = before
        in_control = any(tokens[each].text in CONTROL for each in self.header(first))
        last = index
        while True:
            behind = self.step_right(last)
            if behind is None or self.is_newline_boundary(behind):
                break
            token = tokens[behind]
            if token.text in (",", ":", ";") or token.text in ASSIGNMENTS or token.text in BEHIND_EXPRESSION:
                break
            if token.text == "{" and in_control or token.text == "?" and self.is_binary(behind):
                break
            last = behind
        if tokens[last].kind == "open":
            last = tokens[last].partner
        return first, last

    def operation(self, index):
        """First and last token of a binary operator's operation, which may be part of its region."""
        first, last = self.region(index)
        binds = {}
        each = first
        while each is not None and each <= last:
            token = self.tokens[each]
            if token.text in ("as", "is") or token.text in ("..<", "...") or self.is_binary(each):
                if token.text not in PRECEDENCE:
                    return first, last
                binds[each] = PRECEDENCE[token.text]
            each = self.step_right(each)
        own = binds[index]
        before = [each for each in binds if each < index and binds[each] < own]
        behind = [each for each in binds if each > index and binds[each] <= own]
        first = before[-1] + 1 if before else first
        if not behind:
            return first, last
        last = behind[0] - 1
        return first, last

    def block(self, opening):
        """What a brace opens: type, switch, void, value, init, guard, loop, block, closure."""
        words = [self.tokens[each].text for each in self.header(opening)]
        if opening and self.tokens[opening - 1].text == "else":
            return "guard" if "guard" in words else "block"
        if words and words[-1] == "guard":
            return "closure"
        for word in words:
            if word in DECLARATIONS:
                return "type"
            if word == "switch":
                return "switch"
            if word in ("for", "while", "repeat"):
                return "loop"
            if word in ("if", "do", "catch", "defer"):
                return "block"
            if word == "init":
                return "init"
            if word == "func":
                return "value" if "->" in words else "void"
            if word == "subscript":
                return "value"
        if words and words[0] in ("set", "didSet", "willSet", "_modify", ")"):
            return "void"
        if words and words[0] in ("get", "mutating") or "var" in words and "=" not in words:
            return "value"
        return "void" if "set" in words else "closure"

    def statement_end(self, first):
        last = first
        while True:
            behind = self.step_right(last)
            if behind is None or self.is_newline_boundary(behind) or self.tokens[behind].text == ";":
                break
            last = behind
        return self.tokens[last].partner if self.tokens[last].kind == "open" else last

    def is_value(self, first, last):
        """Whether a statement is the value of its block, so that nothing can be there instead of it."""
        parent = self.tokens[first].parent
        if parent < 0:
            return True
        kind = self.block(parent)
        if kind in ("type", "guard"):
            return kind == "type"
        is_sole = first == parent + 1 and last == self.tokens[parent].partner - 1
        if kind in ("value", "closure"):
            return is_sole
        if kind not in ("switch", "block"):
            return False
        header = self.header(parent)
        if any(self.tokens[each].text in ("=", "return") for each in header if self.tokens[each].parent == self.tokens[parent].parent
               ) and self.tokens[header[-1]].text not in ("if", "else", "do", "guard"):
            return True
        start = header[-1] if header else parent
        if self.tokens[start].text in ("do", "catch", "defer"):
            return False
        return self.is_value(start, self.statement_end(start))

    def in_pattern(self, index):
        """Whether a token stands in a pattern, a case of an enumeration, an attribute or a compiler's condition."""
        while index >= 0:
            token = self.tokens[index]
            for each in self.header(index):
                text = self.tokens[each].text
                if text == "where" and any(self.tokens[word].text in DECLARATIONS | {"func", "init", "subscript", "typealias"}
                                           for word in self.header(index)):
                    return True
                if text in (":", "where") or text == "=" and self.tokens[each].parent == token.parent:
                    # The first of an enumeration's cases is `case name = value`.
                    head = self.header(index)
                    first = self.tokens[head[-1]].text if head else ""
                    if text == "=" and first == "case":
                        return True
                    break
                if text == "case" or text.startswith("#") and self.tokens[each].first:
                    return True
            parent = token.parent
            if parent > 0 and self.tokens[parent - 1].text[0] in "@#" and self.tokens[parent].text == "(":
                return True
            index = parent
        return False

    def calls(self, index):
        """Names of the functions whose arguments a token is part of."""
        names, parent = [], self.tokens[index].parent
        while parent >= 0:
            if self.tokens[parent].text == "(" and parent and self.tokens[parent - 1].kind == "word":
                names.append(self.tokens[parent - 1].text)
            parent = self.tokens[parent].parent
        return names
