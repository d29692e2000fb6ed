#!/usr/bin/env python3
"""test_bench.py: what ./run bench says about its figures follows from the goals; nothing is measured here

SPDX-License-Identifier: GPL-3.0-or-later
"""
import subprocess
import sys

from tree import main

sys.dont_write_bytecode = True  # the source tree stays as it is


def kit_of(tree):
    sys.path.insert(0, str(tree.source / 'tests' / 'bench'))
    import kit
    return kit


def check_the_list_shows_every_row_with_its_goals(tree):
    program = tree.source / 'tests' / 'bench' / 'bench.py'
    done = subprocess.run([sys.executable, program, tree.build, '--list'], capture_output=True, text=True, check=False)
    if done.returncode != 0 or done.stderr:
        yield f'--list: {done.returncode} {done.stderr}'
    rows = {}
    for line in done.stdout.splitlines():
        if line.startswith(' '):
            rows[row].append(line)
        else:
            row = line.split(':')[0]
            if row in rows:
                yield f'two rows are called {row}'
            rows[row] = []
    if not rows:
        yield 'there are no rows'
    yield from (f'{row} has no goals' for row, goals in rows.items() if not goals)
    yield from (f'no goal: {line}' for goals in rows.values() for line in goals if not line.split(': ')[-1].strip())


def check_a_row_that_is_not_there_is_refused(tree):
    program = tree.source / 'tests' / 'bench' / 'bench.py'
    done = subprocess.run([sys.executable, program, tree.build, 'udb'], capture_output=True, text=True, check=False)
    if done.returncode != 2 or '“udb”' not in done.stderr:
        yield f'{done.returncode} {done.stderr}'


def check_figures_are_judged_by_medians_and_goals(tree):
    kit = kit_of(tree)
    bench = kit.Bench.__new__(kit.Bench)        # without a folder
    values = {'ours': iter((8.0, 1.0, 9.0)), 'peer': iter((10.0, 10.0, 99.0))}

    def missing():
        raise kit.LeftOut('socat is not installed')
    turns = bench.take_turns({name: lambda of=of: {'rate': next(of)} for name, of in values.items()} | {'gone': missing}, 3)
    ratio = kit.judge(kit.Figure('rate', 'rate', 's', kit.at_most_times(1)), turns.beside('rate', 'ours', 'peer')).ratio
    if ratio != 0.8:
        yield f'8 to 10 is not {ratio}'
    for goal, others, met, reason in ((kit.at_least_times(0.8), ('peer',), True, ''), (kit.at_least_times(0.81), ('peer',), False, ''),
                                      (kit.at_most_times(0.8), ('peer', 'gone'), True, ''), (kit.ahead(), ('gone', 'peer'), False, ''),
                                      (kit.at_most_more(-2, 's'), ('peer',), True, ''), (kit.at_most(7.9, 's'), (), False, ''),
                                      (kit.ahead(), ('gone',), None, 'socat is not installed')):
        verdict = kit.judge(kit.Figure('rate', 'rate', 's', goal), turns.beside('rate', 'ours', *others))
        if (verdict.met, verdict.reason) != (met, reason):
            yield f'{goal.text} of 8 beside {others}: {verdict}'


if __name__ == '__main__':
    sys.exit(main(globals()))
