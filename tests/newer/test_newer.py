#!/usr/bin/env python3
"""test_newer.py: builds this tree with the GTK of a newer Debian without a warning, and runs its suites there

SPDX-License-Identifier: GPL-3.0-or-later

    test_newer.py SOURCE BUILD [RELEASE]

Each test of meson's in there is a line here. What it built, its log and its pictures stay in BUILD/RELEASE. By hand,
with the newest of all:  python3 tests/newer/test_newer.py . /tmp/newest sid
"""
import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import debian

SUITES = ['log', 'ui']        # what GTK and Pango have a part in
LANGUAGES = 'en de es zh_CN'  # of which the layout is looked at again: the words that are longest, and characters that are widest
NOT_SOURCE = re.compile(r'build.*|_build.*|\.git|\.cache|\.flatpak-builder|__pycache__')
BAD = {'FAIL', 'ERROR', 'TIMEOUT', 'INTERRUPT', 'UNEXPECTEDPASS'}


def packages(source):
    """The packages that ./run names for building and testing on Debian."""
    table = re.search(r"^needs='\n(.*?)^'", (source / 'run').read_text(encoding='utf-8'), re.MULTILINE | re.DOTALL)
    rows = [[field.strip() for field in line.split('|')] for line in table.group(1).splitlines()]
    column = rows[0].index('apt')
    return sorted({name for row in rows if row[0] in ('cli', 'gui', 'test') for name in row[column].split()})


def source_files(source):
    for folder, folders, names in os.walk(source):
        folders[:] = [name for name in folders if not NOT_SOURCE.fullmatch(name)]
        yield from (Path(folder, name).relative_to(source) for name in names)


def copy_source(source, copy):
    """Copies only files that have changed, so that only those are built again."""
    wanted = set(source_files(source))
    for path in set(source_files(copy)) - wanted:
        (copy / path).unlink()
    for path in wanted:
        if not (copy / path).exists() or not filecmp.cmp(source / path, copy / path, shallow=False):
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source / path, copy / path)


def say(number, ok, words, output=''):
    for line in output.splitlines():
        print('#', line)
    print('ok' if ok else 'not ok', number, '-', words, flush=True)


def tell(number, test):
    """Converts a line of meson's log to a TAP line."""
    result = test['result']
    skipped = ' # SKIP in there' if result == 'SKIP' else ''
    output = (test.get('stdout') or '') + (test.get('stderr') or '') if result in BAD else ''
    suite = test['name'].split(' / ')[0].split(':')[-1]
    say(number, result not in BAD, f"{suite}: {test['name'].split(' / ')[-1]}{skipped}", output)
    return result not in BAD


def run_there(root, copy):
    """Returns the tests that ran, a dictionary each, and whether ./run succeeded."""
    log = copy / 'build-test' / 'meson-logs' / 'testlog.json'
    log.unlink(missing_ok=True)
    status = debian.run(root, copy, 'env', f'PORTHOLE_TEST_LANGUAGES={LANGUAGES}', '/srv/run', 'test', *SUITES)
    lines = log.read_text(encoding='utf-8').splitlines() if log.exists() else []
    return [json.loads(line) for line in lines], status == 0


def main(source, build, release='trixie'):
    start = time.monotonic()
    try:
        root = debian.make(release, packages(source), os.environ.get('PORTHOLE_CACHE', source / '.cache'))
    except debian.Missing as why:
        print(f'1..0 # SKIP {why}')
        return 0
    except subprocess.CalledProcessError as error:
        say(1, False, f'a folder with Debian {release} can be made', str(error))
        print('1..1')
        return 1
    made = time.monotonic()

    copy = build / release
    copy.mkdir(parents=True, exist_ok=True)
    copy_source(source, copy)
    gtk = debian.words_of('chroot', str(root), 'pkg-config', '--modversion', 'gtk4').strip()
    tests, content = run_there(root, copy)
    good = [tell(number, test) for number, test in enumerate(tests, 1)]
    # Without a warning, since the tests are built with warnings as errors; with none at all where no test has run.
    say(len(tests) + 1, content and bool(tests), f'GTK {gtk}: builds without a warning, and no suite has a fault')
    print(f'1..{len(tests) + 1}')
    print(f'# {made - start:.0f} s for the folder, {time.monotonic() - made:.0f} s for the tests')
    return 0 if content and tests and all(good) else 1


if __name__ == '__main__':
    sys.exit(main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), *sys.argv[3:]))
