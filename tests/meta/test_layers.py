#!/usr/bin/env python3
"""test_layers.py: every file has a room, includes and links point down only, and only the platform knows what a socket is

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import re
import sys

from tree import Skip, main, tool

BELOW = {
    'platform': set(),
    'data': {'platform'},
    'net': {'platform', 'data'},
    'model': {'platform', 'data', 'net'},
    'log': {'platform', 'data', 'net', 'model'},
    'app': {'platform', 'data', 'net', 'model', 'log'},
    'cli': {'platform', 'data', 'net', 'model', 'log'},
}
# The rooms of the design; '' where a layer is flat.
ROOMS = {
    'platform': {''},
    'data': {'store', 'text', 'payload', 'framing', 'search', 'export'},
    'net': {'link', 'transports', 'responders'},
    'model': {'session', 'capture', 'commands', 'find', 'message', 'profile', 'save'},
    'log': {''},
    'app': {'commands', 'log', 'receive', 'send', 'network', 'search', 'capture', 'rates', 'tabs', 'window', 'kit'},
    'cli': {''},
}
MOST_OF_A_ROOM = 25  # .c files
SOCKET_HEADERS = (r'sys/(socket|un|epoll|event|poll|select)\.h|poll\.h|netinet/.*|arpa/.*|netdb\.h|net/if.*|ifaddrs\.h|'
                  r'linux/.*|winsock.*|ws2.*|mswsock\.h|iphlpapi\.h|windows\.h')
PLATFORM_MACROS = (r'\b(_WIN32|_WIN64|WIN32|G_OS_WIN32|G_OS_UNIX|__linux__|__APPLE__|__FreeBSD__|__CYGWIN__|'
                   r'__MINGW\w*)\b')
GIO_NETWORK = (r'\b(GSocket\w*|GResolver\w*|GInetAddress\w*|GInetSocketAddress|GNetworkAddress|GNetworkMonitor|'
               r'GDatagram\w*|GTcp\w*|GUnixSocketAddress|g_socket_\w+|g_resolver_\w+|g_inet_\w+|g_network_\w+|'
               r'g_tcp_\w+|G_TYPE_SOCKET\w*)')
GTK_LIBRARY = r'lib(gtk|gdk|gsk|pango|cairo|graphene|X11|wayland)\S*'


def c_files(tree, *without):
    return [p for p in tree.under('src', '.c', '.h') if p.parts[1] not in without]


def includes(tree, path, form):
    for number, line in enumerate(tree.code(path).split('\n'), 1):
        match = re.match(r'\s*#\s*include\s*' + form, line)
        if match:
            yield number, match.group(1)


def check_every_file_is_in_a_room_of_the_design(tree):
    for path in tree.under('src', '.c', '.h'):
        if '/'.join(path.parts[2:-1]) not in ROOMS.get(path.parts[1], ()):
            yield f'{path}: no such room in the design'
    for path in tree.under('ui', '.ui', '.css'):
        if '/'.join(path.parts[1:-1]) not in ROOMS['app']:
            yield f'{path}: ui has the rooms of src/app'


def check_every_room_has_between_1_and_25_files(tree):
    rooms = {p.parent: 0 for p in tree.under('src', '.c', '.h')}
    for path in tree.under('src', '.c'):
        rooms[path.parent] += 1
    return [f'{room}: {n} .c files' for room, n in rooms.items() if not 1 <= n <= MOST_OF_A_ROOM]


def check_the_description_has_a_paragraph_for_every_room_and_names_what_exists(tree):
    text = (tree.source / 'src/DESIGN.md').read_text(encoding='utf-8')
    for folder in sorted({path.parent.relative_to('src').as_posix() for path in tree.under('src', '.c', '.h')}):
        if f'\n\n**`{folder}`** ' not in text:
            yield f'src/DESIGN.md: no paragraph for {folder}'
    for name in re.findall(r'`((?:\w[\w.-]*/)+[\w.-]+)`', text):
        if not (tree.source / name).exists() and not (tree.source / 'src' / name).exists() and 'NAME' not in name:
            yield f'src/DESIGN.md: no “{name}”'


def check_includes_point_down_only(tree):
    home = {p.name: p.parts[1] for p in c_files(tree) if p.suffix == '.h'}
    for path in c_files(tree):
        layer = path.parts[1]
        for number, name in includes(tree, path, r'"([^"]+)"'):
            other = home.get(name.split('/')[-1], layer)
            if other != layer and other not in BELOW[layer]:
                yield f'{path}:{number}: {layer} includes “{name}” of {other}'


def check_only_the_platform_includes_a_socket_header(tree):
    for path in c_files(tree, 'platform'):
        for number, name in includes(tree, path, r'[<"]([^>"]+)[>"]'):
            if re.fullmatch(SOCKET_HEADERS, name):
                yield f'{path}:{number}: includes <{name}>'


def check_only_the_platform_asks_which_system_this_is(tree):
    return tree.grep(PLATFORM_MACROS, c_files(tree, 'platform'), tree.code)


def check_only_the_app_includes_gtk(tree):
    for path in c_files(tree, 'app'):
        for number, name in includes(tree, path, r'<([^>]+)>'):
            if re.match(r'(gtk|gdk|gsk|pango|cairo|graphene)', name):
                yield f'{path}:{number}: includes <{name}>'


def check_only_the_compatibility_file_asks_which_gtk_this_is(tree):
    known = ('ph-compat.c', 'ph-log-access.c')
    return tree.grep(r'\bG[TD]K_(?:CHECK|MAJOR|MINOR|MICRO)?_?VERSION\w*', [p for p in c_files(tree) if p.name not in known],
                     tree.code)


def check_nobody_but_net_names_a_transport_or_looks_at_its_flags(tree):
    """So a new transport is a file and a row, and no widget changes."""
    rows = ''.join(tree.code(p) for p in tree.under('src', '.c') if p.parts[1] == 'net')
    ids = re.findall(r'\.id = "([^"]+)",\s*\.name = N_', rows)
    if len(ids) < 3:
        yield f'only these transports are found: {ids}'
    named = '|'.join(map(re.escape, ids))
    code = rf'"(?:{named})"|\b(?:{named})(?:\||, )|\bPH_TRANSPORT_[A-Z]'
    yield from tree.grep(code, c_files(tree, 'platform', 'data', 'net'), tree.code)
    yield from tree.grep(rf'\b(?:{named})\b', tree.under('ui', '.ui'))


def check_only_model_and_above_include_gobject_or_gio(tree):
    for path in c_files(tree, 'model', 'log', 'app', 'cli'):
        for number, name in includes(tree, path, r'<([^>]+)>'):
            if re.match(r'(gio/|gobject/|glib-object\.h)', name):
                yield f'{path}:{number}: includes <{name}>'


def check_a_value_of_the_log_view_is_written_only_in_its_file(tree):
    home = {'scroll': 'scroll', 'selection': 'select', 'metrics': 'metrics', 'layout': 'layout', 'text': 'text',
            'style': 'style', 'search': 'search', 'rules': 'rules', 'floating': 'float', 'input': 'input',
            'columns': 'columns', 'head': 'head', 'grid': 'grid'}
    for path in [p for p in c_files(tree) if p.parts[1:3] == ('app', 'log')]:
        for number, line in enumerate(tree.code(path).split('\n'), 1):
            for value in re.findall(r'->(\w+)\.[\w.]+(?:\[\w+\])? *(?:=(?!=)|[-+*/|&]=|\+\+|--)', line):
                if value in home and path.name != f'ph-log-{home[value]}.c':
                    yield f'{path}:{number}: writes “{value}”, which ph-log-{home[value]}.c owns'


def check_no_networking_of_gio_anywhere(tree):
    return tree.grep(GIO_NETWORK, c_files(tree) + tree.under('ui'), lambda p: tree.code(p) if p.suffix in ('.c', '.h')
                     else tree.text(p))


def check_nothing_below_the_app_is_compiled_with_gtk(tree):
    if tree.build is None:
        raise Skip('no build folder given')
    targets = json.loads((tree.build / 'meson-info' / 'intro-targets.json').read_text(encoding='utf-8'))
    seen = 0
    for target in targets:
        layer = re.search(r'/src/(\w+)/meson\.build$', target['defined_in'])
        if layer is None or layer.group(1) == 'app':
            continue
        seen += 1
        words = [word for source in target['target_sources'] for word in source.get('parameters', [])]
        if any('gtk-4.0' in word for word in words):
            yield f"{target['name']} of {layer.group(1)} is compiled with GTK"
    if seen < 6:
        yield f'only {seen} targets below the app are known: is the build folder right?'


def check_porthole_cli_links_no_gtk(tree):
    if tree.build is None:
        raise Skip('no build folder given')
    code, words = tool('readelf', '-d', tree.build / 'src' / 'cli' / 'porthole-cli')
    if code != 0 or 'NEEDED' not in words:
        return [f'cannot read what porthole-cli links: {words.strip()}']
    return [match.group(0) for match in re.finditer(r'NEEDED.*' + GTK_LIBRARY, words)]


if __name__ == '__main__':
    sys.exit(main(globals()))
