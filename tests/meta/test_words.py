#!/usr/bin/env python3
"""test_words.py: every word that a user sees can be translated, and simplified Chinese is complete

SPDX-License-Identifier: GPL-3.0-or-later
"""
import re
import sys
import tempfile
from pathlib import Path

from tree import main, tool

MARKED = r'\b(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2|g_dcgettext)\s*\(\s*"|translatable="(?:yes|true)"'
KEYWORDS = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'g_dcgettext:2', 'g_dngettext:2,3', 'g_dpgettext2:2c,3']


def listed(tree, name):
    lines = tree.text(Path('po') / name).split('\n')
    return [line.strip() for line in lines if line.strip() and not line.startswith('#')]


def extract(tree, folder):
    pot = Path(folder) / 'porthole.pot'
    arguments = [f'--keyword={k}' for k in KEYWORDS] + ['--from-code=UTF-8', '--add-comments', '-o', pot]
    code, words = tool('xgettext', *arguments, *listed(tree, 'POTFILES.in'), cwd=tree.source)
    return pot, ([f'xgettext: {words.strip()}'] if code != 0 or not pot.exists() else [])


def check_potfiles_lists_every_file_with_words(tree):
    named = set(listed(tree, 'POTFILES.in'))
    for path in tree.under('src', '.c', '.h') + tree.under('ui', '.ui'):
        text = tree.code(path) if path.suffix != '.ui' else tree.text(path)
        if re.search(MARKED, text) and str(path) not in named:
            yield f'{path}: has words, but is not in po/POTFILES.in'


def check_potfiles_lists_no_file_that_is_not_there(tree):
    return [f'{name}: in po/POTFILES.in, but not there' for name in listed(tree, 'POTFILES.in')
            if not (tree.source / name).exists()]


def check_labels_titles_and_tooltips_of_templates_are_translatable(tree):
    plain = r'<property name="(?:label|title|tooltip-text|placeholder-text|description)">[^<]*[A-Za-z]{2,}'
    return tree.grep(plain, tree.under('ui', '.ui'))


def check_no_words_are_cut_by_a_macro(tree):
    """xgettext reads "%" G_GUINT64_FORMAT only up to the macro: the words would never be found in a catalogue."""
    cut = r'\b(?:_|N_|ngettext)\s*\((?:[^;"]|"(?:[^"\\]|\\.)*")*"\s*(?:G_G|PRI)'
    for path in tree.under('src', '.c', '.h'):
        for found in re.finditer(cut, tree.text(path)):
            yield f'{path}: words go on behind a macro: {found.group(0)[:60]}'


def check_catalogues_are_well_formed(tree):
    for language in listed(tree, 'LINGUAS'):
        code, words = tool('msgfmt', '--check', '-o', '/dev/null', tree.source / 'po' / f'{language}.po')
        if code != 0:
            yield f'{language}: {words.strip()}'


def check_every_catalogue_is_complete(tree):
    with tempfile.TemporaryDirectory() as folder:
        pot, complaints = extract(tree, folder)
        yield from complaints
        for language in listed(tree, 'LINGUAS') if not complaints else []:
            merged = Path(folder) / f'{language}.po'
            tool('msgmerge', '--quiet', '--no-fuzzy-matching', '-o', merged, tree.source / 'po' / f'{language}.po', pot)
            _, open_words = tool('msgattrib', '--untranslated', '--no-obsolete', '--no-wrap', merged)
            _, fuzzy_words = tool('msgattrib', '--only-fuzzy', '--no-obsolete', '--no-wrap', merged)
            for kind, words in (('untranslated', open_words), ('fuzzy', fuzzy_words)):
                for message in re.findall(r'^msgid "(.+)"$', words, re.MULTILINE):
                    yield f'{language}: {kind}: “{message}”'


if __name__ == '__main__':
    sys.exit(main(globals()))
