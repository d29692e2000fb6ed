#!/usr/bin/env python3
"""test_words.py: every word that a user sees can be translated

SPDX-License-Identifier: GPL-3.0-or-later
"""
import re
import sys

from catalogue import listed
from tree import main

MARKED = r'\b(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2|g_dcgettext)\s*\(\s*"|translatable="(?:yes|true)"'


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


if __name__ == '__main__':
    sys.exit(main(globals()))
