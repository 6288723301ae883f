"""Puts many mutants into one source: `mutantIsOn(17) ? (mutated) : (as it was)`."""
import re

BEGIN, END = "\x01", "\x02"
MARK = re.compile(f"{BEGIN}(\\d+){BEGIN}|{END}(\\d+){END}")


def fits(site, others):
    """Whether a site's text holds, is held by or is apart from that of each other."""
    return all(site.end <= other.start or other.end <= site.start or (site.start <= other.start and other.end <= site.end)
               or (other.start <= site.start and site.end <= other.end) for other in others)


def _wrapped(number, site, inner):
    if site.form == "value":
        woven = f"(mutantIsOn({number}) ? ({site.mutated}) : ({inner}))"
    elif site.form == "statement":
        woven = f"if mutantIsOn({number}) {{ {site.mutated} }} else {{ {inner} }}"
    elif site.form == "deletion":
        woven = f"if !mutantIsOn({number}) {{ {inner} }}"
    else:
        woven = f"else if !mutantIsOn({number}) {{"
    return f"{BEGIN}{number}{BEGIN}{woven}{END}{number}{END}"


def _rendered(text, start, end, sites):
    """`sites` as (number, site), outer before inner."""
    out, place = [], start
    while sites:
        number, outer = sites[0]
        within = [each for each in sites[1:] if each[1].start < outer.end]
        out.append(text[place:outer.start])
        out.append(_wrapped(number, outer, _rendered(text, outer.start, outer.end, within)))
        place = outer.end
        sites = sites[1 + len(within):]
    out.append(text[place:end])
    return "".join(out)


def woven(text, sites):
    """The source with all `sites`, (number, site), and for each number the span of its text in that."""
    order = {"deletion": 0, "statement": 1, "else": 2, "value": 3}
    ordered = sorted(sites, key=lambda each: (each[1].start, -each[1].end, order[each[1].form], each[0]))
    marked = "import MutantSwitch; " + _rendered(text, 0, len(text), ordered)
    out, spans, place, length = [], {}, 0, 0
    for match in MARK.finditer(marked):
        piece = marked[place:match.start()]
        out.append(piece)
        length += len(piece)
        if match.group(1):
            spans[int(match.group(1))] = [length, length]
        else:
            spans[int(match.group(2))][1] = length
        place = match.end()
    out.append(marked[place:])
    return "".join(out), spans


def blamed(text, spans, line, column):
    """The mutants that an error at a place of a woven source may come from, and how near they are: 0 the innermost
    around it, 1 those of its line, 2 the nearest above."""
    if not spans:
        return [], 2
    lines = text.split("\n")
    start = sum(len(each) + 1 for each in lines[: line - 1])
    # The compiler counts bytes.
    place = start + len(lines[line - 1].encode()[: column - 1].decode(errors="ignore"))
    around = [number for number, (first, last) in spans.items() if first <= place < last]
    if around:
        return [min(around, key=lambda number: spans[number][1] - spans[number][0])], 0
    beside = [number for number, (first, last) in spans.items() if first <= start + len(lines[line - 1]) and last > start]
    if beside:
        return beside, 1
    above = [number for number, (first, _) in spans.items() if first < place]
    return [max(above, key=lambda number: spans[number][0])] if above else list(spans), 2
