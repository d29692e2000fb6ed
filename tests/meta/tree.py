"""tree.py: shared by the checks of the tree: its files, C without comments, and a runner that prints TAP

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

COMMENT = re.compile(r'//[^\n]*|/\*.*?\*/|("(?:\\.|[^"\\\n])*")', re.DOTALL)


class Skip(Exception):
    """The check cannot be made here; the words say why."""


class Tree:
    """The source tree, and the folder it was built in (which may be None)."""

    def __init__(self, source, build=None):
        self.source = Path(source).resolve()
        self.build = Path(build).resolve() if build else None

    def files(self, *patterns):
        """Sorted paths of the source tree's own files: nothing of .git, of build folders or of what Python leaves."""
        found = []
        for folder, folders, names in os.walk(self.source):
            top = Path(folder) == self.source
            folders[:] = [f for f in folders if f not in ('__pycache__', '.git', '.cache', '.flatpak-builder')
                          and not (top and (f.startswith('build') or f.startswith('_build')))]
            for name in set(names) - {'.git'}:  # a file in a work tree of git's own
                path = (Path(folder) / name).relative_to(self.source)
                if not patterns or any(path.match(pattern) for pattern in patterns):
                    found.append(path)
        return sorted(found)

    def under(self, folder, *suffixes):
        return [p for p in self.files() if p.parts[0] == folder and (not suffixes or p.suffix in suffixes)]

    def text(self, path):
        return (self.source / path).read_text(encoding='utf-8')

    def code(self, path):
        """A C file's text without its comments, with every line in its place."""
        def blank(match):
            return match.group(1) or '\n' * match.group(0).count('\n')
        return COMMENT.sub(blank, self.text(path))

    def grep(self, pattern, paths, read=None):
        """“path:line: text” of every line that the pattern matches."""
        expression = re.compile(pattern)
        return [f'{path}:{number}: {line.strip()}' for path in paths
                for number, line in enumerate((read or self.text)(path).split('\n'), 1) if expression.search(line)]


def tool(name, *arguments, **more):
    """Runs a program; returns its exit code and all it said. Skips the check where it is not installed."""
    if shutil.which(name) is None:
        raise Skip(f'{name} is not installed')
    done = subprocess.run([name, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          env={**os.environ, 'LC_ALL': 'C.UTF-8'}, check=False, **more)
    return done.returncode, done.stdout


def built(tree, suffix):
    """The one file with this suffix that the build made in data/."""
    if tree.build is None:
        raise Skip('no build folder given')
    found = sorted((tree.build / 'data').glob(f'*{suffix}'))
    if not found:
        raise Skip(f'no {suffix} file in the build folder: built without the window')
    return found[0]


def options(tree):
    """The rows of the table of transports' options: id, label, help, unit, min, max, default, transports."""
    if tree.build is None:
        raise Skip('no build folder given')
    _, text = tool(str(tree.build / 'tests' / 'cli' / 'print-options'))
    return [json.loads(line) for line in text.splitlines()]


def main(checks):
    """Runs every check of a module: the functions named check_…, that take the tree and return complaints."""
    tree = Tree(*sys.argv[1:])
    named = [(name, check) for name, check in checks.items() if name.startswith('check_')]
    print(f'1..{len(named)}')
    failed = False
    for number, (name, check) in enumerate(named, 1):
        words = name[len('check_'):].replace('_', ' ')
        try:
            complaints = list(check(tree))
        except Skip as why:
            print(f'ok {number} - {words} # SKIP {why}')
            continue
        for complaint in complaints:
            print(complaint, file=sys.stderr)
        failed = failed or bool(complaints)
        print(f'{"not " if complaints else ""}ok {number} - {words}', flush=True)
    return 1 if failed else 0
