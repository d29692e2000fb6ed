#!/usr/bin/env python3
"""late-tooltips.py: rewrites ui/*.ui so that tooltips are set while their widgets are hidden, which makes the start shorter

Usage: late-tooltips.py FOLDER UI-FILE…. Writes each file into the folder.

When a visible widget gets a tooltip, GTK asks the display for the place of the pointer and waits for the answer, although there is
no window yet. With thirty tooltips that took a tenth of the time to the first frame. So the property “visible” is set to false
before each tooltip and to true after it, which costs nothing.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import pathlib
import sys
import xml.etree.ElementTree as xml


def visible(value):
    element = xml.Element('property', name='visible')
    element.text = value
    return element


def hide_for_tooltip(widget):
    for tooltip in widget.findall('property[@name="tooltip-text"]'):
        own = widget.find('property[@name="visible"]')
        place = list(widget).index(tooltip)
        widget.insert(place + 1, visible(own.text if own is not None and own.text else 'True'))
        widget.insert(place, visible('False'))


def main():
    folder = pathlib.Path(sys.argv[1])
    for path in map(pathlib.Path, sys.argv[2:]):
        tree = xml.parse(path)
        for element in tree.iter():
            if element.tag in ('object', 'template'):
                hide_for_tooltip(element)
        tree.write(folder / path.name, encoding='utf-8', xml_declaration=True)


main()
