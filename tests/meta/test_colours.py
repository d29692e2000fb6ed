#!/usr/bin/env python3
"""test_colours.py: what is read has a contrast of 4.5 : 1, and marks 3 : 1, in the light and dark appearance; 7 and 4.5 in high contrast.

The contrast is that of WCAG 2, section 1.4.3: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio

SPDX-License-Identifier: GPL-3.0-or-later
"""
import re
import sys

from tree import main

SHEETS = ('light', 'dark', 'light-contrast', 'dark-contrast')
SURFACES = ('window', 'side', 'bar', 'control')
HUES = ('yellow', 'orange', 'red', 'pink', 'purple', 'blue', 'teal', 'green')

# What is drawn, and on what; then the least contrast, without and with high contrast.
TEXT = (4.5, 7)
MARK = (3, 4.5)
PAIRS = [
    *(('text', surface, (7, 15)) for surface in (*SURFACES, 'log', 'well')),
    *(('dim', surface, TEXT) for surface in (*SURFACES, 'well')),
    *(('faint', surface, TEXT) for surface in ('control', 'well')),
    *(('faint', surface, MARK) for surface in ('window', 'side')),
    *(('link', surface, TEXT) for surface in ('window', 'side', 'bar')),
    *(('error', surface, TEXT) for surface in ('window', 'side', 'error_soft')),
    *(('warning', surface, TEXT) for surface in ('window', 'side', 'bar')),
    *((lamp, surface, MARK) for lamp in ('open', 'busy') for surface in ('side', 'bar', 'control')),
    ('text', 'accent_soft', TEXT), ('accent_text', 'accent', (4, 7)), ('dim', 'error_soft', TEXT),
    *((f'log_{name}', 'log', TEXT) for name in ('dim', 'received', 'sent', 'event', 'error', 'mark', 'bad')),
    *((f'log_{name}', 'log', MARK) for name in ('faint', 'found')),
    *(('text', f'hue_{hue}', (7, 7)) for hue in HUES),
]
# Borders are asked for in high contrast only: elsewhere what is told apart has another background too.
BORDERS = [('line', surface, 3) for surface in SURFACES] + [('line_strong', surface, 4.5) for surface in SURFACES]


def read(tree, name):
    """The colours of a style sheet by name, those that it imports included: not resolved."""
    text = tree.text(f'ui/window/style-{name}.css')
    colours = {}
    for imported in re.findall(r'@import url\("style-(.*?)\.css"\)', text):
        colours.update(read(tree, imported))
    colours.update(re.findall(r'@define-color (\w+) (.*?);', text))
    return colours


def hex_rgb(word):
    return [int(word[i:i + 2], 16) / 255 for i in (1, 3, 5)]


def blend(under, over, part):
    return [u + (o - u) * part for u, o in zip(under, over)]


def resolve(word, surface):
    """A colour as it is seen on a surface."""
    if word.startswith('#'):
        return hex_rgb(word)
    function, arguments = re.fullmatch(r'(\w+)\((.*)\)', word).groups()
    arguments = [argument.strip() for argument in arguments.split(',')]
    if function == 'alpha':
        return blend(surface, hex_rgb(arguments[0]), float(arguments[1]))
    assert function == 'mix', word
    return blend(hex_rgb(arguments[0]), hex_rgb(arguments[1]), float(arguments[2]))


def luminance(rgb):
    return sum(weight * (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4)
               for weight, c in zip((0.2126, 0.7152, 0.0722), rgb))


def contrast(one, other):
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def compare(tree, name, pairs):
    colours = read(tree, name)
    for over, under, least in pairs:
        surface = resolve(colours[f'ph_{under}'], None)
        is_now = contrast(resolve(colours[f'ph_{over}'], surface), surface)
        if is_now < least:
            yield f'{name}: {over} on {under} has {is_now:.2f} : 1, less than {least}'


def check_black_on_white_has_21(tree):
    if abs(contrast([0, 0, 0], [1, 1, 1]) - 21) > 0.01:
        yield 'the contrast is not that of WCAG'


def check_what_is_read_stands_out(tree):
    for name in SHEETS:
        yield from compare(tree, name, [(over, under, least['contrast' in name]) for over, under, least in PAIRS])


def check_borders_stand_out_in_high_contrast(tree):
    for name in SHEETS:
        if 'contrast' in name:
            yield from compare(tree, name, BORDERS)


def check_all_sheets_have_the_same_colours(tree):
    for name in SHEETS:
        for colour in set(read(tree, 'light')) ^ set(read(tree, name)):
            yield f'{name}: {colour} is in one of the sheets only'


if __name__ == '__main__':
    sys.exit(main(globals()))
