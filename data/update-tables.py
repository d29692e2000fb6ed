#!/usr/bin/env python3
"""update-tables.py: writes the parts of the man pages and completions that are made from the tables of the program

Usage: update-tables.py [--check] PRINT-OPTIONS. The program PRINT-OPTIONS is built from the tests. With --check nothing is
written: the files that would change are named, and the exit status is 1 if there are any.

What is made stands in each file between two lines that begin with “made from the tables:” and “end of what is made” behind
the file's mark for a comment; in man pages the encodings stand between two more, which have “encodings” before these words.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import ast
import json
import re
import subprocess
import sys
from pathlib import Path

DATA = Path(__file__).resolve().parent
LONGEST = 2 ** 31 - 1  # the limit of an option that has none


def rows(program, *arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def translation(language, words):
    """What the catalogue of a language says for @words."""
    text = (DATA.parent / 'po' / f'{language}.po').read_text(encoding='utf-8')
    found = re.search(r'^msgid ' + re.escape(json.dumps(words, ensure_ascii=False)) + r'\nmsgstr (".*")$', text, re.MULTILINE)
    return ast.literal_eval(found.group(1)) if found else words


# ---- man pages ----

def man_entry(option, value, sentence):
    name = option['id'].replace('-', r'\-')
    return f'.TP\n.BR \\-\\-{name} =\\fI{value}\\fR\n{sentence}\n'


def man_english(options, transports, encodings):
    for option in options:
        unit = ', in milliseconds' if option['unit'] == 'ms' else ''
        most = f', at most {option["max"]}' if option['max'] < LONGEST else ''
        yield man_entry(option, 'MS' if unit else 'N', f'{option["help"]}{unit} (default {option["default"]}{most}).')


def man_chinese(options, transports, encodings):
    for option in options:
        value = '毫秒' if option['unit'] == 'ms' else 'N'
        most = f'，最多 {option["max"]}' if option['max'] < LONGEST else ''
        yield man_entry(option, value, f'{translation("zh_CN", option["help"])}（默认 {option["default"]}{most}）。')


def man_encodings(rows_of_a_table):
    names = [row['id'].replace('-', r'\-') for row in rows_of_a_table]
    for i in range(0, len(names), 6):
        line = ' ", " '.join(names[i:i + 6])
        yield f'.BR {line} ", "\n' if i + 6 < len(names) else f'.BR {line} .\n'


def man_encodings_chinese(rows_of_a_table):
    yield '、\\:'.join('\\fB' + row['id'].replace('-', r'\-') + '\\fR' for row in rows_of_a_table) + '。\n'


# ---- completions ----

def ids(rows_of_a_table, prefix=''):
    return ' '.join(prefix + row['id'] for row in rows_of_a_table)


def bash(options, transports, encodings):
    yield f"_porthole_transports='{ids(transports)}'\n"
    yield f"_porthole_without_remote='{ids(row for row in transports if not row['remote'])}'\n"
    yield f"_porthole_transport_options='{ids(options, '--')}'\n"
    yield f"_porthole_encodings='{ids(encodings)}'\n"


def unit_of(option):
    return 'milliseconds' if option['unit'] == 'ms' else 'number'


def zsh_words(text):
    """In single quotes, where colons and brackets are not taken for the end."""
    return re.sub(r'([:\[\]])', r'\\\1', text).replace("'", "'\\''")


def zsh(options, transports, encodings):
    yield 'local -a protocols without_remote transport_options\n\nprotocols=(\n'
    for row in transports:
        yield f"  '{row['id']}:{zsh_words(row['summary'])}'\n"
    yield f")\nwithout_remote=({ids(row for row in transports if not row['remote'])})\ntransport_options=(\n"
    for option in options:
        yield f"  '--{option['id']}=[{zsh_words(option['help'])}]:{unit_of(option)}: '\n"
    yield ')\n'
    yield f"local encodings='({ids(encodings)})'\n"


def fish_transports(program):
    def make(options, transports, encodings):
        yield f'set -l encodings {ids(encodings)}\n'
        yield f'set -l transports {ids(transports)}\n'
        yield f"set -l without_remote {ids(row for row in transports if not row['remote'])}\n"
        for row in transports:
            words = row['summary'].replace("'", "\\'")
            yield f'complete -c {program} -n "not __fish_seen_subcommand_from $transports'
            yield f'{" read" if program == "porthole-cli" else ""}" -a {row["id"]} -d \'{words}\'\n'
        if program == 'porthole-cli':
            for option in options:
                help_words = option['help'].replace("'", "\\'")
                yield f"complete -c porthole-cli -l {option['id']} -x -d '{help_words}'\n"
    return make


FILES = {
    'man/porthole-cli.1': ('.\\"', man_english),
    'man/zh_CN/porthole-cli.1': ('.\\"', man_chinese),
    'completions/porthole.bash': ('#', bash),
    'completions/_porthole': ('#', zsh),
    'completions/porthole-cli.fish': ('#', fish_transports('porthole-cli')),
    'completions/porthole.fish': ('#', fish_transports('porthole')),
}


ENCODINGS = {
    'man/porthole-cli.1': man_encodings,
    'man/porthole.1': man_encodings,
    'man/zh_CN/porthole-cli.1': man_encodings_chinese,
    'man/zh_CN/porthole.1': man_encodings_chinese,
}


def made(text, mark, lines):
    """@text with @lines between its two marks."""
    before, begin, rest = text.partition(f'{mark} made from the tables:')
    head, newline, rest = rest.partition('\n')
    _, end, after = rest.partition(f'{mark} end of what is made\n')
    if not begin or not end:
        raise SystemExit(f'update-tables.py: no two marks with “{mark}” in a file')
    return before + begin + head + newline + ''.join(lines) + end + after


def main():
    check = sys.argv[1] == '--check'
    program = sys.argv[-1]
    options, transports, encodings = rows(program), rows(program, '--transports'), rows(program, '--encodings')
    changed = []
    for name in [*FILES, *(name for name in ENCODINGS if name not in FILES)]:
        path = DATA / name
        new = text = path.read_text(encoding='utf-8')
        if name in FILES:
            mark, make = FILES[name]
            new = made(new, mark, make(options, transports, encodings))
        if name in ENCODINGS:
            new = made(new, '.\\" encodings', ENCODINGS[name](encodings))
        if new != text:
            changed.append(name)
            if not check:
                path.write_text(new, encoding='utf-8')
    for name in changed:
        print(f'data/{name}: {"is not as the tables are" if check else "written anew"}')
    return 1 if check and changed else 0


if __name__ == '__main__':
    sys.exit(main())
