#!/usr/bin/env python3
"""test_count.py: the sum at the end of ./run test is right, gives the reasons of skipped tests, and fails when it should

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tree import main

NO_TOOL = {'name': 'porthole:windows / cli', 'result': 'SKIP', 'stdout': '1..0 # SKIP wine is not installed\n'}
SOME = {'name': 'porthole:cli / cli', 'result': 'OK', 'stdout': '1..2\nok 1 - one\nok 2 - two # SKIP no IPv6 here\n'}
BAD = {'name': 'porthole:net / tcp', 'result': 'FAIL', 'stdout': '1..2\n# fine\nok 1 - one\n# 3 is not 4\nnot ok 2 - two\n'}
CRASH = {'name': 'porthole:net / udp', 'result': 'ERROR', 'stdout': '1..2\nok 1 - one\n# two begins\n', 'stderr': 'a stack\n'}


def outcome(tree, *tests):
    """The exit status of count.py and its lines, for a log with these tests."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, 'build-test', 'meson-logs', 'testlog.json')
        log.parent.mkdir(parents=True)
        log.write_text(''.join(json.dumps(test) + '\n' for test in tests), encoding='utf-8')
        done = subprocess.run([sys.executable, tree.source / 'tests' / 'count.py', log], capture_output=True, check=False)
    return done.returncode, done.stdout.decode().splitlines()


def check_the_sum_and_the_status_follow_from_the_log(tree):
    for tests, status, last in (((SOME,), 0, '1 passed, 0 failed, 1 skipped'),
                                ((NO_TOOL,), 0, '0 passed, 0 failed, 1 skipped'),
                                ((SOME, BAD, CRASH), 1, '3 passed, 2 failed, 1 skipped'),
                                ((), 1, '0 passed, 0 failed, 0 skipped')):
        got = outcome(tree, *tests)
        if (got[0], got[1][-1:]) != (status, [last]):
            yield f'{got} and not {status}, {last}'


def check_what_was_skipped_is_told_with_its_reason(tree):
    lines = outcome(tree, NO_TOOL, SOME)[1][:-1]
    if lines != ['skipped: windows / cli: wine is not installed', 'skipped: cli / cli: no IPv6 here']:
        yield str(lines)


def check_what_failed_is_told_with_what_it_said(tree):
    lines = outcome(tree, SOME, BAD, CRASH)[1][1:-1]
    if lines != ['failed: build-test: porthole:net / tcp (fail)', '  # 3 is not 4', '  not ok 2 - two',
                 'failed: build-test: porthole:net / udp (error)', '  # two begins', '  a stack']:
        yield str(lines)


if __name__ == '__main__':
    sys.exit(main(globals()))
