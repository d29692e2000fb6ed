"""report.py: the results of ./run bench as lines, as JSON and as the table of tests/bench/README.md

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json

from kit import LeftOut


def number(value, unit):
    digits = 0 if abs(value) >= 1000 else 1 if abs(value) >= 100 else 2
    return f'{value:,.{digits}f}'.removesuffix('.00') + (f' {unit}' if unit else '')


def others(figure):
    return ', '.join(f'{other["name"]} ' + (other['left_out'] if 'left_out' in other else number(other['value'], figure['unit']))
                     for other in figure['others'])


def ratio(figure):
    return f'{figure["ratio"]:.2f} ×' if figure['ratio'] is not None else ''


def verdict(figure):
    return {True: 'met', False: 'NOT met', None: f'left out: {figure["reason"]}'}[figure['met']]


def as_dict(row, verdicts):
    """A row as JSON has it."""
    return {'name': row.name, 'what': row.what, 'figures': [{
        'key': v.figure.key, 'what': v.figure.what, 'unit': v.figure.unit,
        'ours': v.measured.ours if v.measured else None,
        'others': [{'name': name, **({'left_out': str(value)} if isinstance(value, LeftOut) else {'value': value})}
                   for name, value in (v.measured.others if v.measured else ())],
        'ratio': v.ratio, 'goal': v.figure.goal.text, 'met': v.met, 'reason': v.reason,
        'samples': v.measured.samples if v.measured else {},
    } for v in verdicts]}


def print_row(row):
    print(f'{row["name"]}: {row["what"]}')
    for figure in row['figures']:
        parts = [f'{figure["what"]}:']
        if figure['ours'] is not None:
            parts.append(number(figure['ours'], figure['unit']))
            parts.append(f'· {others(figure)}' if figure['others'] else '')
            parts.append(f'· {ratio(figure)}' if ratio(figure) else '')
        parts.append(f'· {figure["goal"]}: {verdict(figure)}')
        print('   ', ' '.join(part for part in parts if part))


def print_sum(rows, path):
    figures = [(row['name'], figure) for row in rows for figure in row['figures']]
    print(f'\n{sum(f["met"] is True for _, f in figures)} goals met, {sum(f["met"] is False for _, f in figures)} not met, '
          f'{sum(f["met"] is None for _, f in figures)} left out')
    for name, figure in figures:
        if figure['met'] is not True:
            print(f'    {name}, {figure["what"]}: {verdict(figure)}')
    print(f'All of it, with every round: {path}')


def print_markdown(path):
    """The table of tests/bench/README.md, from what was measured last."""
    with open(path, encoding='utf-8') as file:
        report = json.load(file)
    print('Measured on {processor}, {cores} cores, {memory}; {system}, {kernel}, GTK {gtk}; `net.core.rmem_max` {rmem_max}; '
          .format(**report['machine']) + f'medians of {report["rounds"]} rounds.\n')
    print('| what | Porthole | beside | ratio | goal |\n| --- | --- | --- | --- | --- |')
    for row in report['rows']:
        print(f'| **{row["what"]}** | | | | |')
        for figure in row['figures']:
            ours = number(figure['ours'], figure['unit']) if figure['ours'] is not None else ''
            print(f'| {figure["what"]} | {ours} | {others(figure)} | {ratio(figure)} | {figure["goal"]}: {verdict(figure)} |')
