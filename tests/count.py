#!/usr/bin/env python3
# count.py: adds up the results of meson test runs, with the reasons of skips and failures. Last line: N passed, N failed, N skipped
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   count.py BUILD/meson-logs/testlog.json…
#
# A test that speaks TAP counts case by case, any other as one. A program that failed without a failed case of its own
# (it crashed, ran out of time, or a sanitizer ended it) counts as one failure more. Nothing but skipped tests is good, no
# tests at all is not.
import json
import re
import sys

SKIPPED = re.compile(r'^(?:1\.\.0|ok\b.*?)\s*# SKIP (.*)$', re.MULTILINE)
CASE = re.compile(r'^(not )?ok\b(?: \d+)?(.*)$')
SAID = 12              # lines that are repeated of a failed case
BAD = {'FAIL', 'ERROR', 'TIMEOUT', 'INTERRUPT', 'UNEXPECTEDPASS'}


def cases(output):
    """Returns [passed, failed, skipped] of the TAP lines at the left margin, or None where there are none."""
    sums = [0, 0, 0]
    for line in output.splitlines():
        match = CASE.match(line)
        if match:
            skipped = re.search(r'#\s*(SKIP|TODO)', match.group(2), re.IGNORECASE)
            sums[2 if skipped else 1 if match.group(1) else 0] += 1
    return sums if any(sums) else None


def count(test):
    """Returns [passed, failed, skipped] of one line of meson's log."""
    result = test['result']
    found = cases(test.get('stdout') or '')
    if found is None:
        return [0, 1, 0] if result in BAD else [0, 0, 1] if result == 'SKIP' else [1, 0, 0]
    if result in BAD and found[1] == 0:
        found[1] = 1
    return found


def complaints(test):
    """Returns the failed cases, each after what it said, or where there are none what the program said last."""
    told, said = [], []
    for line in (test.get('stdout') or '').splitlines():
        if line.startswith('not ok'):
            told += [*said[-SAID:], line]
        said = [] if CASE.match(line) else [*said, line]
    return told or [*said, *(test.get('stderr') or '').splitlines()][-SAID:]


def main(paths):
    sums = [0, 0, 0]
    failed, reasons = [], {}
    for path in paths:
        with open(path, encoding='utf-8') as log:
            for line in log:
                test = json.loads(line)
                found = count(test)
                sums = [a + b for a, b in zip(sums, found)]
                name = test['name'].removeprefix('porthole:')
                reasons.update({f'{name}: {why}': None for why in SKIPPED.findall(test.get('stdout') or '')})
                if found[1]:
                    failed.append(f"failed: {path.split('/')[-3]}: {test['name']} ({test['result'].lower()})")
                    failed += [f'  {line[:200]}' for line in complaints(test)]
    for reason in reasons:
        print(f'skipped: {reason}')
    for line in failed:
        print(line)
    print('{} passed, {} failed, {} skipped'.format(*sums), flush=True)
    return 1 if sums[1] or not any(sums) else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
