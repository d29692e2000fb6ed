#!/usr/bin/python3
"""bench.py: measures Porthole, each figure beside a reference that is measured in the same run

Usage: bench.py BUILD-FOLDER [--list | --markdown | --rounds N] [ROW…]. Absolute numbers are the machine's; the ratios and
the goals are what counts.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import argparse
import datetime
import json
import os
import subprocess
import sys

sys.dont_write_bytecode = True  # the source tree stays as it is

import checks  # noqa: E402
import kit  # noqa: E402
import net  # noqa: E402
import pipes  # noqa: E402
import procs  # noqa: E402
import report  # noqa: E402
import window  # noqa: E402
import store  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
ROUNDS = 5
ROWS = [*net.ROWS, *pipes.ROWS, *window.ROWS, *store.ROWS, *checks.ROWS]


def options():
    parser = argparse.ArgumentParser(prog='./run bench', description='Measures Porthole beside the limit and beside other programs.')
    parser.add_argument('build', help=argparse.SUPPRESS)
    parser.add_argument('rows', nargs='*', metavar='ROW', help='only these rows; all of them unless said')
    parser.add_argument('--list', action='store_true', help='show the rows and their goals')
    parser.add_argument('--markdown', action='store_true', help='show what was measured last as the table of tests/bench/README.md')
    parser.add_argument('--rounds', type=int, default=ROUNDS, metavar='N', help=f'rounds of each row ({ROUNDS} unless said)')
    wanted = parser.parse_intermixed_args()
    unknown = set(wanted.rows) - {row.name for row in ROWS}
    if unknown:
        parser.error(f'no row “{"”, “".join(sorted(unknown))}”: choose from {" ".join(row.name for row in ROWS)}')
    return wanted


def print_rows():
    for row in ROWS:
        print(f'{row.name}: {row.what}')
        for figure in row.figures:
            print(f'    {figure.what}: {figure.goal.text}')


def measure(row, bench):
    """The row's verdicts; what cannot be measured here is left out."""
    try:
        measured = row.measure(bench)
    except kit.LeftOut as why:
        measured = {figure.key: why for figure in row.figures}
    return [kit.judge(figure, measured[figure.key]) for figure in row.figures]


def go_to_display():
    """Starts this program once more, on a screen and in a home folder that are nobody else's."""
    os.environ['PORTHOLE_BENCH_INSIDE'] = '1'
    wrapper = os.path.join(HERE, '..', 'ui', 'with-display')
    os.execv(wrapper, [wrapper, sys.executable, os.path.abspath(__file__), *sys.argv[1:]])


def measure_all(build, rows, rounds):
    print(', '.join(f'{name} {value}' for name, value in procs.machine().items()), '\n')
    measured, bench = [], kit.Bench(build, rounds)
    try:
        for row in rows:
            measured.append(report.as_dict(row, measure(row, bench)))
            report.print_row(measured[-1])
    finally:
        bench.tidy()
    return measured


def main():
    wanted = options()
    build = os.path.abspath(wanted.build)
    path = os.path.join(build, 'bench.json')
    if wanted.list:
        return print_rows()
    if wanted.markdown:
        return report.print_markdown(path)
    if 'PORTHOLE_BENCH_INSIDE' not in os.environ:
        go_to_display()
    sys.stdout.reconfigure(line_buffering=True)
    subprocess.run(['ninja', '-C', build, '--quiet', 'benches'], check=True)
    rows = measure_all(build, [row for row in ROWS if not wanted.rows or row.name in wanted.rows], wanted.rounds)
    with open(path, 'w', encoding='utf-8') as file:
        json.dump({'date': datetime.date.today().isoformat(), 'machine': procs.machine(), 'rounds': wanted.rounds, 'rows': rows},
                  file, indent=1, ensure_ascii=False)
    return report.print_sum(rows, path)


if __name__ == '__main__':
    sys.exit(main())
