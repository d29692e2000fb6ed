#!/usr/bin/env python3
"""test_keys.py: the window of shortcuts has each key of the application, and no other

SPDX-License-Identifier: GPL-3.0-or-later
"""
import re
import sys
import xml.etree.ElementTree as ET

from tree import main

# Keys that are not in the table of the application: those of the log and of lists, of GTK, and rows of keys.
ELSEWHERE = {'<ctrl>c', '<ctrl><shift>c', '<ctrl><shift>h', '<ctrl><shift>k', '<ctrl>a', 'delete', 'f10', '<alt>1...9', '<alt><ctrl>1...7', '<alt><ctrl>1...9'}


def plain(key):
    """One form for a key: <Control> and <ctrl>, in any order and case."""
    modifiers = sorted(re.findall(r'<\w+>', key.lower().replace('<control>', '<ctrl>')))
    return ''.join(modifiers) + re.sub(r'<\w+>', '', key).lower()


def keys_of_actions(tree):
    text = (tree.source / 'src/app/window/ph-application.c').read_text(encoding='utf-8')
    table = '\n'.join(re.findall(r'const Keys \w+\[\] = \{\n(.*?)\n\};', text, re.DOTALL))
    return {action: [plain(key) for key in re.findall(r'"([^"]+)"', keys)]
            for action, keys in re.findall(r'\{ "([^"]+)", \{ ([^}]*) \} \}', table)}


def keys_shown(tree):
    root = ET.parse(tree.source / 'ui/window/shortcuts.ui').getroot()
    return [plain(key) for node in root.iter('property') if node.get('name') == 'accelerator' for key in node.text.split()]


def check_each_action_with_a_key_is_among_the_shortcuts(tree):
    shown = set(keys_shown(tree))
    for action, keys in keys_of_actions(tree).items():
        if not shown & set(keys):
            yield f'shortcuts.ui lacks {keys[0]} of {action}'


def check_each_shortcut_is_the_key_of_one_action(tree):
    shown, keys = keys_shown(tree), [key for keys in keys_of_actions(tree).values() for key in keys]
    for key in sorted({*shown, *keys}):
        if key in shown and key not in keys and key not in ELSEWHERE:
            yield f'shortcuts.ui shows {key}, which no action has'
        if max(shown.count(key), keys.count(key)) > 1 or (key in keys and key in ELSEWHERE):
            yield f'{key} is there twice'


if __name__ == '__main__':
    sys.exit(main(globals()))
