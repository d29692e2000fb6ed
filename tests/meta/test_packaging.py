#!/usr/bin/env python3
"""test_packaging.py: what packagers get: a build that a newer compiler does not break, installed files that agree, MSYS2's recipe

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tree import Skip, built, main, tool

ENVIRONMENTS = {'UCRT64': 'mingw-w64-ucrt-x86_64', 'CLANG64': 'mingw-w64-clang-x86_64', 'CLANGARM64': 'mingw-w64-clang-aarch64'}
PKGBUILD = Path('data/windows/PKGBUILD')
# Libraries that ./run gets with others.
WITH_OTHERS = {'gettext-runtime', 'libiconv'}


# ---- warnings

def check_warnings_are_errors_only_where_somebody_says_so(tree):
    _, words = tool('meson', 'introspect', '--buildoptions', tree.source / 'meson.build')
    werror, = (option['value'] for option in json.loads(words) if option['name'] == 'werror')
    if werror is not False:
        yield 'werror is on by default'
    yield from tree.grep(r'^[^#]*(-Werror|werror=true)', tree.files('meson.build'))
    if tree.text(Path('run')).count('-Dwerror=true') < 3 or '-Dwerror=true' not in tree.text(Path('.ci/run')):
        yield 'the tests are built without -Dwerror=true'


def check_the_other_compiler_is_tried_too(tree):
    if not re.search(r'^CC=clang meson setup .*-Dwerror=true$', tree.text(Path('.ci/run')), re.MULTILINE):
        yield '.ci/run does not compile with clang'


# ---- the entry in the menu

def keys_of(entry):
    """The group “Desktop Entry” as a desktop reads it."""
    group = entry.partition('[Desktop Entry]\n')[2].partition('\n[')[0]
    return dict(line.split('=', 1) for line in group.split('\n') if '=' in line and not line.startswith('#'))


def complaints_about(entry, is_program):
    """What is wrong with the programs that an entry names. TryExec is a file name and nothing else; Exec is a command with codes."""
    keys = keys_of(entry)
    commands = [line[len('Exec='):] for line in entry.split('\n') if line.startswith('Exec=')]
    if not commands:
        yield 'no Exec'
    for command in commands:
        program, *rest = shlex.split(command)
        if not is_program(program):
            yield f'Exec={command}: there is no program {program}'
        yield from (f'Exec={command}: {word} is no code' for word in rest if word.startswith('%') and word not in
                    ('%f', '%F', '%u', '%U', '%i', '%c', '%k'))
    if 'TryExec' in keys and not is_program(keys['TryExec']):
        yield f'TryExec={keys["TryExec"]}: not the name of a program, so desktops hide the entry'


def check_a_desktop_finds_each_program_of_the_entry_in_the_installed_tree(tree):
    built(tree, '.desktop')
    with tempfile.TemporaryDirectory() as folder:
        code, words = tool('meson', 'install', '-C', tree.build, '--no-rebuild', '--quiet', '--destdir', folder)
        if code != 0:
            yield words
            return
        programs, = {path.parent for path in Path(folder).rglob('bin/porthole')}
        entries = [*Path(folder).rglob('applications/*.desktop')]
        if len(entries) != 1:
            yield f'{len(entries)} entries are installed'
        for entry in entries:
            yield from complaints_about(entry.read_text(encoding='utf-8'),
                                        lambda name: shutil.which(name, path=str(programs)) is not None)


def check_what_a_desktop_hides_is_found(tree):
    """The check above, with entries that are wrong."""
    good = '[Desktop Entry]\nExec=porthole %F\nTryExec=porthole\n'
    wrong = {
        'TryExec with a code': good.replace('TryExec=porthole', 'TryExec=porthole %F'),
        'TryExec of another program': good.replace('TryExec=porthole', 'TryExec=porthol'),
        'Exec of another program': good.replace('Exec=porthole %F', 'Exec=portholes %F', 1),
        'Exec with an unknown code': good.replace('%F', '%Q'),
        'an action with another program': good + '[Desktop Action new]\nExec=portal\n',
        'no Exec': '[Desktop Entry]\nTryExec=porthole\n',
    }
    is_program = {'porthole'}.__contains__
    yield from complaints_about(good, is_program)
    yield from (f'{name}: not found' for name, entry in wrong.items() if not list(complaints_about(entry, is_program)))


# ---- Flatpak

def run_flatpak(tree, *words, runtime=True):
    """Runs ./run flatpak with tools that only note how they were called. Returns the exit status, the calls and what was said."""
    with tempfile.TemporaryDirectory() as folder:
        calls = Path(folder, 'calls')
        for name in ('flatpak', 'flatpak-builder', 'eu-strip', 'git'):
            tool_path = Path(folder, name)
            fails = 'case "$1" in info) exit 1 ;; esac' if name == 'flatpak' and not runtime else ':'
            tool_path.write_text(f'#!/bin/sh\necho {name} "$@" >>"{calls}"\n{fails}\n')
            tool_path.chmod(0o755)
        done = subprocess.run([tree.source / 'run', 'flatpak', *words], capture_output=True, text=True, check=False,
                              stdin=subprocess.DEVNULL, env={**os.environ, 'PATH': f'{folder}:{os.environ["PATH"]}'})
        said = calls.read_text().replace(f'{tree.source}/', '') if calls.exists() else ''
        return done.returncode, said.split('\n'), done.stderr


def check_a_flatpak_is_built_installed_and_how_to_start_it_is_said(tree):
    app = tree.files('flatpak/devel/*.yml')[0].stem
    status, calls, said = run_flatpak(tree)
    built_by = [call for call in calls if call.startswith('flatpak-builder ')]
    if status != 0 or len(built_by) != 1 or '--install ' not in built_by[0] or not built_by[0].endswith(f'flatpak/devel/{app}.yml'):
        yield f'{status}: {calls}'
    if f'flatpak run {app}\n' not in said:
        yield f'how to start it is not said: {said}'
    if any('remote-add' in call or '--install-deps-from' in call for call in calls):
        yield 'a runtime that is there is fetched'
    _, calls, _ = run_flatpak(tree, runtime=False)
    if not any('remote-add --user --if-not-exists' in call for call in calls) or '--install-deps-from=' not in ' '.join(calls):
        yield f'a runtime that is not there is not fetched: {calls}'


def check_a_flatpak_becomes_one_file(tree):
    version = re.search(r"version: '([^']+)'", tree.text(Path('meson.build'))).group(1)
    status, calls, said = run_flatpak(tree, 'bundle')
    bundled = [call for call in calls if call.startswith('flatpak build-bundle ')]
    if status != 0 or len(bundled) != 1 or f'porthole-{version}-' not in bundled[0]:
        yield f'{status}: {calls}'
    if 'flatpak install --user build-flatpak/porthole-' not in said:
        yield f'how to install it is not said: {said}'
    if run_flatpak(tree, 'bundel')[0] == 0:
        yield 'a word that makes no sense is taken'


def check_the_manifests_claim_nothing_about_a_store(tree):
    return tree.grep(r'(?i)flathub|store\b', tree.files('flatpak/*.yml', 'flatpak/devel/*.yml'))


# ---- MSYS2

def shell_words(tree, environment, words):
    """What bash prints that has read the recipe as makepkg-mingw does in one of MSYS2's environments."""
    if shutil.which('bash') is None:
        raise Skip('bash is not installed')
    done = subprocess.run(['bash', '-euc', f'. "$0"; {words}', tree.source / PKGBUILD], capture_output=True, text=True, check=False,
                          env={**os.environ, 'MSYSTEM': environment, 'MINGW_PACKAGE_PREFIX': ENVIRONMENTS[environment],
                               'MINGW_PREFIX': '/' + environment.lower()})
    if done.returncode != 0 or done.stderr:
        raise AssertionError(f'{PKGBUILD}: {done.stderr}')
    return done.stdout.split('\n')[:-1]


def check_the_recipe_for_msys2_has_what_its_packages_have(tree):
    names = ['pkgbase', 'pkgname', 'pkgver', 'pkgrel', 'pkgdesc', 'arch', 'url', 'license']
    found = dict(zip(names, shell_words(tree, 'UCRT64', 'printf "%s\\n" ' + ' '.join(f'"${{{name}[*]}}"' for name in names))))
    version = re.search(r"version: '([^']+)'", tree.text(Path('meson.build'))).group(1)
    wanted = {'pkgbase': 'mingw-w64-porthole', 'pkgname': 'mingw-w64-ucrt-x86_64-porthole', 'pkgver': version, 'arch': 'any',
              'license': 'spdx:GPL-3.0-or-later'}
    yield from (f'{name} is {found[name]}, not {value}' for name, value in wanted.items() if found[name] != value)
    yield from (f'{name} is empty' for name, value in found.items() if not value)
    functions = shell_words(tree, 'UCRT64', 'declare -F')
    yield from (f'no function {name}' for name in ('build', 'check', 'package') if f'declare -f {name}' not in functions)
    environments = shell_words(tree, 'UCRT64', 'printf "%s\\n" "${mingw_arch[@]}"')
    if environments != [name.lower() for name in ENVIRONMENTS]:
        yield f'mingw_arch is {environments}'


def check_the_recipe_for_msys2_needs_what_run_installs_there(tree):
    rows = [[cell.strip() for cell in line.split('|')] for line in tree.text(Path('run')).split('\n') if re.match(r'(cli|gui) +\|', line)]
    installed = {row[5].removeprefix('%-') for row in rows} | WITH_OTHERS
    for environment, prefix in ENVIRONMENTS.items():
        needed = shell_words(tree, environment, 'printf "%s\\n" "${depends[@]}" "${makedepends[@]}"')
        yield from (f'{name}: not of {environment}' for name in needed if not name.startswith(prefix + '-'))
        names = {name.removeprefix(prefix + '-') for name in needed}
        yield from (f'{name}: only in one of run and {PKGBUILD}' for name in sorted(names ^ installed))


if __name__ == '__main__':
    sys.exit(main(globals()))
