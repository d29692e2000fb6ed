#!/usr/bin/env python3
"""test_files.py: desktop entry, metainfo, schema, templates, icons and README are valid

SPDX-License-Identifier: GPL-3.0-or-later
"""
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from tree import built, main, options, tool


def check_the_desktop_entry_is_valid(tree):
    code, words = tool('desktop-file-validate', built(tree, '.desktop'))
    return words.strip().split('\n') if code != 0 or words.strip() else []


def check_the_desktop_entry_is_found_under_network_and_its_chinese_name(tree):
    entry = built(tree, '.desktop').read_text(encoding='utf-8')
    wanted = {
        r'^Keywords=.*\bnetwork;': 'the keyword “network”',
        r'^Keywords=.*网络调试助手;': 'the keyword 网络调试助手',
        r'^Categories=.*\bNetwork;': 'the category Network',
        r'^GenericName\[zh_CN\]=网络调试助手$': 'its Chinese name',
        r'^Keywords\[zh_CN\]=.*网络调试助手;': 'the Chinese keyword',
        r'^Icon=\S+$': 'an icon',
    }
    return [f'not in the entry: {words}' for pattern, words in wanted.items()
            if not re.search(pattern, entry, re.MULTILINE)]


def check_the_metainfo_is_valid_strictly(tree):
    _, words = tool('appstreamcli', 'validate', '--strict', '--no-net', '--no-color', built(tree, '.metainfo.xml'))
    if 'alidation' not in words:
        return [f'appstreamcli says nothing of a validation: {words.strip()}']
    # AppStream before 1.0 does not know who a developer is.
    return [line.strip() for line in words.split('\n')
            if line.startswith(('E:', 'W:', 'I:')) and not line.endswith('unknown-tag developer')]


def check_the_metainfo_has_all_that_a_catalogue_asks_for(tree):
    root = ET.parse(built(tree, '.metainfo.xml')).getroot()
    wanted = ['developer[@id]/name', 'content_rating[@type="oars-1.1"]', 'launchable[@type="desktop-id"]',
              'url[@type="homepage"]', 'url[@type="bugtracker"]', 'url[@type="vcs-browser"]', 'project_license',
              'branding/color[@scheme_preference="light"]', 'branding/color[@scheme_preference="dark"]',
              'requires/display_length', 'supports/control', 'provides/binary', 'releases/release[@date]/description']
    yield from (f'the metainfo has no {path}' for path in wanted if root.find(path) is None)
    for picture in root.iterfind('screenshots/screenshot'):
        caption = picture.findtext('caption') or ''
        if not caption or caption.endswith('.'):
            yield f'a screenshot’s caption is a few words without a full stop: “{caption}”'
        for image in picture.iterfind('image'):
            if not re.search(r'/v\d[\d.]*/', image.text):
                yield f'a screenshot’s address has to hold for ever, so it names a tag: {image.text}'


def check_the_summary_is_short_and_the_metainfo_names_what_the_build_names(tree):
    path = built(tree, '.metainfo.xml')
    root = ET.parse(path).getroot()
    app_id = path.name[:-len('.metainfo.xml')]
    summary = root.findtext('summary')
    if not 10 <= len(summary) <= 35 or summary.endswith('.'):
        yield f'the summary has to have 10 to 35 characters and no full stop: “{summary}”'
    if re.search(r'UDP|TCP|Porthole', summary):
        yield f'the summary says what one does, and names no protocol: “{summary}”'
    if root.findtext('id') != app_id or root.findtext('launchable') != f'{app_id}.desktop':
        yield 'id, launchable and the name of the file differ'
    version = re.search(r"version: '([^']+)'", tree.text(Path('meson.build'))).group(1)
    if root.find('releases/release').get('version') != version:
        yield f'the newest release is not {version}'


def check_the_screenshots_of_the_metainfo_are_in_the_tree(tree):
    text = tree.text(Path('data/porthole.metainfo.xml.in'))
    pictures = re.findall(r'/(data/screenshots/[\w.-]+)</image>', text)
    if not pictures:
        yield 'no screenshot'
    yield from (f'{picture}: not there' for picture in pictures if not (tree.source / picture).exists())


def check_the_screenshots_are_small_with_round_corners_and_a_shadow(tree):
    """As catalogues show them: nothing around the window but what it throws a shadow on."""
    for path in tree.files('data/screenshots/*.png'):
        _, words = tool('identify', '-format', '%w %h %[channels]', tree.source / path)
        width, height, channels = words.split()[:3]
        if int(width) > 1000 or int(height) > 700 or 'a' not in channels:
            yield f'{path}: {width} × {height} {channels}, not at most 1000 × 700 with transparency'
            continue
        # In the corner, in the shadow under the window, and in the window.
        _, words = tool('convert', tree.source / path, '-alpha', 'extract', '-format',
                        '%[fx:p{0,0}.r] %[fx:p{w/2,h-12}.r] %[fx:p{w/2,h/2}.r]', 'info:')
        corner, shadow, window = map(float, words.split())
        if corner > 0.01 or not 0.02 < shadow < 0.9 or window < 0.99:
            yield f'{path}: no shadow on a transparent ground: {words}'


def check_the_settings_schema_compiles_strictly(tree):
    code, words = tool('glib-compile-schemas', '--strict', '--dry-run', tree.source / 'data')
    return [words.strip()] if code != 0 or 'No schema' in words else []


def check_every_key_of_the_settings_is_looked_for_before_one_is_read(tree):
    """An installed schema of an older version may not have it, and GSettings then ends the program."""
    schema, = tree.files('data/*.gschema.xml')
    wanted = {key.get('name') for key in ET.fromstring(tree.text(schema)).iter('key')}
    table = re.search(r'\bkeys\[\] = \{(.*?)\};', tree.code('src/app/window/ph-settings.c'), re.DOTALL).group(1)
    looked_for = set(re.findall(r'"([a-z-]+)"', table)) | {row['id'] for row in options(tree)}
    return [f'{key} is in one of them only' for key in sorted(wanted ^ looked_for)]


def check_man_pages_and_completions_have_what_the_tables_have(tree):
    program = tree.build / 'tests' / 'cli' / 'print-options' if tree.build else None
    code, words = tool(sys.executable, tree.source / 'data' / 'update-tables.py', '--check', program)
    return [] if code == 0 else words.strip().split('\n') + ['meson compile -C build porthole-update-tables writes them anew']


def check_the_settings_have_the_ranges_and_defaults_of_the_options(tree):
    schema, = tree.files('data/*.gschema.xml')
    keys = {key.get('name'): key for key in ET.fromstring(tree.text(schema)).iter('key')}
    for row in options(tree):
        key = keys.get(row['id'])
        if key is None or key.get('type') != 'u' or key.find('range') is None:
            yield f'{row["id"]}: no key of type u with a range'
            continue
        found = [int(text) for text in (key.find('range').get('min'), key.find('range').get('max'), key.findtext('default'))]
        if found != [row['min'], row['max'], row['default']]:
            yield f'{row["id"]}: {found} in the schema, {row} in the table'


def check_every_xml_file_is_well_formed(tree):
    paths = [p for p in tree.files('*.ui', '*.xml', '*.xml.in', '*.svg')]
    if not [p for p in paths if p.suffix == '.ui']:
        yield 'no template in ui/'
    for path in paths:
        try:
            ET.fromstring(tree.text(path))
        except ET.ParseError as error:
            yield f'{path}: {error}'


def check_every_template_is_in_the_resources_and_the_other_way_round(tree):
    named = {Path(element.text.strip()).name for path in tree.files('ui/*.gresource.xml')
             for element in ET.fromstring(tree.text(path)).iter('file')}
    there = {p.name for p in tree.under('ui', '.ui', '.css')}
    return [f'ui/{name}: in only one of ui/ and the gresource' for name in sorted(there ^ {n for n in named
            if n.endswith(('.ui', '.css'))})]


def check_every_template_with_a_tooltip_gets_it_late(tree):
    listed = tree.text(Path('src/app/meson.build')).partition('tips = {')[2].partition('}')[0]
    for path in tree.under('ui', '.ui'):
        if ('name="tooltip-text"' in tree.text(path)) != (f"'{path.name}': '{path.parent.name}'" in listed):
            yield f'{path}: its tooltips and tips in src/app/meson.build do not agree'


def check_icons_are_of_their_size_and_need_no_other_file(tree):
    for name, size in (('scalable', 128), ('symbolic', 16)):
        root = ET.fromstring(tree.text(Path(f'data/icons/{name}.svg')))
        if root.get('viewBox') != f'0 0 {size} {size}' or root.get('width') != str(size):
            yield f'data/icons/{name}.svg: not {size} × {size}'
        for element in root.iter():
            link = element.get('href') or element.get('{http://www.w3.org/1999/xlink}href') or '#'
            if not link.startswith('#'):
                yield f'data/icons/{name}.svg: needs {link}'


def check_the_readme_is_short_and_begins_with_the_two_commands(tree):
    text = tree.text(Path('README.md'))
    if text.count('\n') > 130:
        yield f'README.md: {text.count(chr(10))} lines'
    if re.findall(r'^\./run(?: ([a-z]+))?', text, re.MULTILINE)[:2] != ['', 'test']:
        yield 'README.md: ./run and ./run test are not the first commands'


def check_what_the_readme_tells_to_type_and_to_look_at_exists(tree):
    text = tree.text(Path('README.md'))
    script = tree.text(Path('run'))
    words = set(re.findall(r'^\./run ([a-z]+)', script, re.MULTILINE)) | {'udp', 'tcp'}
    for word in re.findall(r'\./run ([a-z]+)', text):
        if word not in words:
            yield f'./run {word}: no such word'
    for path in re.findall(r'\]\((?!https?:|#)([^)#]+)', text) + re.findall(r'src="(?!https?:)([^"]+)"', text):
        if not (tree.source / path).exists():
            yield f'{path}: not there'
    sources = ''.join(tree.text(p) for p in tree.under('src', '.c', '.h'))
    sources += tree.text(Path('tests/bench/bench.py')).replace("'--", "'").replace("'", '"')
    for line in text.split('\n'):
        for option in re.findall(r'(?<![\w-])--([a-z][a-z-]+)', line) if './run' in line else []:
            if option != 'help' and f'"{option}"' not in sources:
                yield f'--{option}: no such option'


if __name__ == '__main__':
    sys.exit(main(globals()))
