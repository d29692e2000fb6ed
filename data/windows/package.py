#!/usr/bin/env python3
# package.py: collects the Windows programs and all files that they need in one portable folder and a zip of it
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   data/windows/package.py BUILD [--libraries PREFIX] [--output FOLDER]
#
# BUILD is a build folder of meson, made in MSYS2 or with a cross compiler. PREFIX is where GTK and its libraries are
# installed (in MSYS2 it is found). Makes porthole-VERSION-windows and porthole-VERSION-windows.zip in FOLDER, which is
# BUILD unless said, and tells their sizes. The program looks for everything beside itself:
#
#   porthole.exe porthole-cli.exe *.dll      every library that these import, and those that the libraries import
#   share/glib-2.0/schemas                   the settings that GTK ends without
#   share/locale                             the languages of Porthole, with GTK's and GLib's own words in them
#   licences                                 of everything in the folder
#
# There are no icons: GTK has its own inside, and so has Porthole.
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

LIBRARY_DOMAINS = ('gtk40', 'glib20')
README = '''Porthole {version}

porthole.exe is the window, porthole-cli.exe the same for a terminal (porthole-cli --help).
Nothing has to be installed; the folder can be put anywhere and carried on a stick. Settings are kept in the registry, under
HKEY_CURRENT_USER\\Software\\GSettings, and nowhere else.

Porthole is free software under the GNU General Public License, version 3 or later. The folder licences has its text and those
of the libraries beside it, which are GTK and what it stands on.
'''


def die(words):
    sys.exit(f'package.py: {words}')


def run(*command, **environment):
    try:
        return subprocess.run([str(word) for word in command], check=True, capture_output=True, encoding='utf-8',
                              env={**os.environ, **environment}).stdout
    except FileNotFoundError:
        die(f'{command[0]} is not installed')
    except subprocess.CalledProcessError as error:
        die(f'{command[0]} failed:\n{error.stdout}{error.stderr}')


def find_tool(*names):
    return next((name for name in names if shutil.which(name)), None) or die(f'none of these is installed: {names}')


# ---- what goes in

def install(build, folder):
    """Installs into a folder that is nobody's prefix, and returns what there would be the prefix."""
    run('ninja', '-C', build, 'install', DESTDIR=str(folder))
    found = list(folder.rglob('porthole-cli.exe'))
    return found[0].parent.parent if found else die(f'{build} has no porthole-cli.exe: it was not built for Windows')


def imports(objdump, program):
    return re.findall(r'^\s*DLL Name: (\S+)', run(objdump, '-p', program), re.MULTILINE)


def libraries(programs, folder):
    """The libraries in the folder that the programs need, and those that these need. What is not there is of Windows."""
    objdump = find_tool('x86_64-w64-mingw32-objdump', 'objdump')
    there = {path.name.lower(): path for path in folder.glob('*.dll')}
    found, todo = {}, list(programs)
    while todo:
        program = todo.pop()
        for name in map(str.lower, imports(objdump, program)):
            if name in there and name not in found:
                found[name] = there[name]
                todo.append(there[name])
            elif name not in there and name.startswith('lib'):
                die(f'{program.name} needs {name}, which is not in {folder}')
    return sorted(found.values())


def copy_programs(installed, prefix, folder):
    programs = [path for path in sorted((installed / 'bin').glob('porthole*.exe'))]
    needed = libraries(programs, prefix / 'bin')
    for path in programs + needed:
        shutil.copy2(path, folder)
    run(find_tool('x86_64-w64-mingw32-strip', 'strip'), *(folder / path.name for path in programs))
    return needed


def copy_schemas(installed, prefix, folder):
    """Settings of GTK and of Porthole; of other programs that are installed too, none."""
    schemas = Path('share', 'glib-2.0', 'schemas')
    sources = [*(prefix / schemas).glob('org.gtk.gtk4.*.xml'), *(installed / schemas).glob('*.xml')]
    if len(sources) < 2:
        die(f'GTK has no settings in {prefix / schemas}')
    (folder / schemas).mkdir(parents=True)
    with tempfile.TemporaryDirectory() as collected:
        for source in sources:
            shutil.copy2(source, collected)
        run('glib-compile-schemas', '--strict', '--targetdir', folder / schemas, collected)


def copy_translations(installed, prefix, folder):
    locale = Path('share', 'locale')
    for own in sorted((installed / locale).glob('*/LC_MESSAGES/porthole.mo')):
        words = own.parent.relative_to(installed)
        (folder / words).mkdir(parents=True)
        shutil.copy2(own, folder / words)
        for domain in LIBRARY_DOMAINS:
            theirs = prefix / words / f'{domain}.mo'
            if theirs.exists():
                shutil.copy2(theirs, folder / words)


def copy_licences(needed, prefix, folder):
    """Porthole's, and in MSYS2 those of the packages that the libraries come from."""
    licences = folder / 'licences'
    licences.mkdir()
    shutil.copy2(Path(__file__).parent.parent.parent / 'LICENSE', licences / 'Porthole.txt')
    if not shutil.which('pacman') or not (prefix / 'share' / 'licenses').is_dir():
        print(f'package.py: {prefix} has no licences of its libraries, so this folder is to be tried and not to be passed on')
        return
    packages = {run('pacman', '-Qqo', path).strip() for path in needed}
    for package in sorted(packages):
        name = re.sub(r'^mingw-w64-[^-]+-[^-]+-', '', package)
        source = prefix / 'share' / 'licenses' / name
        if source.is_dir():
            shutil.copytree(source, licences / name)
        else:
            print(f'package.py: {package} has no licence in {source}')


# ---- all of it

def gather(build, prefix, folder, version):
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as temporary:
        installed = install(build, Path(temporary))
        needed = copy_programs(installed, prefix, folder)
        copy_schemas(installed, prefix, folder)
        copy_translations(installed, prefix, folder)
    copy_licences(needed, prefix, folder)
    (folder / 'README.txt').write_text(README.format(version=version), encoding='utf-8', newline='\r\n')


def pack(folder):
    """A zip with the folder in it."""
    path = folder.with_name(folder.name + '.zip')
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted(folder.rglob('*')):
            archive.write(file, file.relative_to(folder.parent))
    return path


def megabytes(*paths):
    return f'{sum(path.stat().st_size for path in paths) / 1e6:.1f} MB'


def main():
    parser = argparse.ArgumentParser(description='Gathers Porthole for Windows into a folder and a zip.')
    parser.add_argument('build', type=Path, help='a build folder made for Windows')
    parser.add_argument('--libraries', type=Path, metavar='PREFIX', help='where GTK is installed; MSYS2’s unless said')
    parser.add_argument('--output', type=Path, metavar='FOLDER', help='where the folder and the zip go; BUILD unless said')
    words = parser.parse_args()

    prefix = words.libraries or Path(run('pkg-config', '--variable=prefix', 'gtk4').strip())
    version = json.loads((words.build / 'meson-info' / 'intro-projectinfo.json').read_text(encoding='utf-8'))['version']
    folder = (words.output or words.build).resolve() / f'porthole-{version}-windows'
    gather(words.build, prefix, folder, version)
    zipped = pack(folder)
    files = [path for path in folder.rglob('*') if path.is_file()]
    print(f'{folder}: {len(files)} files, {megabytes(*files)}')
    print(f'{zipped}: {megabytes(zipped)}')


if __name__ == '__main__':
    main()
