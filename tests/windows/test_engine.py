#!/usr/bin/env python3
# test_engine.py: the whole program compiles for Windows, and the suites unit, net, model and log pass under Wine
#
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import subprocess
import sys

import wine
from count import BAD, CASE


def say(text, number, ok, name):
    for line in text.splitlines():
        print(f'# {line}')
    print(f'{"ok" if ok else "not ok"} {number} - {name}', flush=True)


def compile_all():
    try:
        wine.build()
        wine.prepare()
    except AssertionError as error:
        return str(error)
    return None


def results(log):
    """(ok, name) of every case that a line of meson's log tells of, or of the whole where it has none."""
    name = log['name'].split(' / ')[-1]
    cases = [match for match in map(CASE.match, (log.get('stdout') or '').splitlines()) if match]
    found = [(not match.group(1), f'{name}:{match.group(2)}') for match in cases]
    if log['result'] in BAD and all(ok for ok, _ in found):
        found.append((False, f'{name} ended well ({log["result"].lower()})'))
    return found or [(True, name + (' # SKIP' if log['result'] == 'SKIP' else ''))]


def main():
    try:
        wine.begin(*sys.argv[1:3])
    except wine.Missing as why:
        print(f'1..0 # SKIP {why}')
        return 0
    complaint = compile_all()
    say(complaint or '', 1, complaint is None, 'it compiles for Windows without a warning')
    number, failed = 1, complaint is not None
    if complaint is None:
        done = subprocess.run(['meson', 'test', '-C', wine.Place.build, '--no-rebuild', '--suite', 'unit', '--suite', 'net',
                               '--suite', 'model', '--suite', 'log'], env=wine.environment(), stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, check=False)
        failed = done.returncode != 0
        for line in (wine.Place.build / 'meson-logs' / 'testlog.json').read_text(encoding='utf-8').splitlines():
            log = json.loads(line)
            for ok, name in results(log):
                number += 1
                failed = failed or not ok
                say('' if ok else (log.get('stdout') or '')[-4000:] + (log.get('stderr') or '')[-4000:], number, ok, name)
    print(f'1..{number}')
    return 1 if failed else 0


if __name__ == '__main__':
    try:
        sys.exit(main())
    finally:
        wine.kill()
