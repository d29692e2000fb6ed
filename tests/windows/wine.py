# wine.py: builds the programs for Windows, and runs them in a Wine prefix and on a screen of its own
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Everything is made once in the build folder: build (the cross build), installed, wine (the Wine prefix: its registry, its C:),
# pictures. The libraries for Windows are unpacked into $PORTHOLE_CACHE, or are where $PORTHOLE_WINDOWS_SYSROOT says.
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import tap  # noqa: E402

PATIENCE = 90           # seconds until something that should have happened is a failure; Wine takes some to begin
TICK = 0.05             # between two looks
TOOLS = ('x86_64-w64-mingw32-gcc-posix', 'wine', 'meson', 'ninja', 'pkg-config', 'pgrep')
SCREEN_TOOLS = ('Xvfb', 'xdotool', 'import', 'convert')


class Missing(Exception):
    """Something that is needed is missing; the message says what."""


class Place:
    """The folders of everything, set once when a test program begins."""
    source = folder = sysroot = build = installed = prefix = pictures = None


def wait_for(what, look, patience=PATIENCE):
    """Returns the first true value of look(); fails with the message `what` after the time is up."""
    end = time.monotonic() + patience
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f'waited {patience} s in vain: {what() if callable(what) else what}')
        time.sleep(TICK)


def run(*command, **options):
    """Runs a tool to its end. If it fails, its output is the message of the failure."""
    done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, encoding='utf-8', errors='replace', check=False, **options)
    assert done.returncode == 0, f'{" ".join(map(str, command))}: {done.returncode}\n{done.stdout[-8000:]}'
    return done.stdout


# ---- making what is needed

def find_sysroot(source):
    """GTK and its libraries, built for Windows."""
    given = os.environ.get('PORTHOLE_WINDOWS_SYSROOT')
    if given:
        return Path(given)
    archive = source.parent / 'shared' / 'windows' / 'windows-sysroot.tar.xz'
    if not archive.exists():
        raise Missing('no libraries for Windows: neither PORTHOLE_WINDOWS_SYSROOT nor ../shared/windows')
    cache = Path(os.environ.get('PORTHOLE_CACHE') or source / '.cache')
    folder = cache / f'windows-sysroot-{hashlib.sha256(archive.read_bytes()).hexdigest()[:12]}'
    if not folder.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as unpacked:
            with tarfile.open(archive) as tar:
                tar.extractall(unpacked)
            os.rename(next(Path(unpacked).iterdir()), folder)
    return folder


def begin(source, folder):
    """Finds tools, libraries and places, or raises Missing."""
    for tool in TOOLS:
        if shutil.which(tool) is None:
            raise Missing(f'{tool} is not installed')
    Place.source, Place.folder = Path(source), Path(folder)
    Place.sysroot = find_sysroot(Place.source)
    Place.build = Place.folder / 'build'
    Place.installed = Place.folder / 'installed'
    Place.prefix = Place.folder / 'wine'
    Place.pictures = Place.folder / 'pictures'


def build():
    """Builds the program for Windows with warnings as errors. A folder that was made in another way is deleted first."""
    stamp = f'{Place.source} {Place.sysroot} {run("meson", "--version").strip()}'
    said = Place.build / '.stamp'
    if not said.exists() or said.read_text() != stamp:
        shutil.rmtree(Place.build, ignore_errors=True)
        cross = run(Place.sysroot / 'bin' / 'cross-file').strip()
        run('meson', 'setup', Place.build, Place.source, '--cross-file', cross, f'--prefix={Place.installed}',
            '-Dwerror=true', '-Dgui=enabled')
        said.write_text(stamp)
    run('ninja', '-C', Place.build, 'install')


def runner():
    return Place.sysroot / 'bin' / 'wine-run'


def bare_runner():
    """Runs programs without the libraries of the sysroot: those that they need must be beside them."""
    bare = Place.folder / 'bare'
    if not bare.exists():
        (bare / 'bin').mkdir(parents=True)
        (bare / 'share').mkdir()
        shutil.copy2(runner(), bare / 'bin')
        (bare / 'share' / 'wine-test').symlink_to(Place.sysroot / 'share' / 'wine-test')
    return bare / 'bin' / 'wine-run'


def environment(**more):
    """For every program under Wine. Wine's own warnings are not the program's, so only criticals are fatal."""
    env = {name: value for name, value in os.environ.items()
           if name not in ('WINEPATH', 'LANGUAGE', 'DISPLAY', 'GSETTINGS_BACKEND', 'WINE_RUN_DLLS')}
    env.update(WINEPREFIX=str(Place.prefix), G_DEBUG='fatal-criticals', LC_ALL='C.UTF-8')
    env.update({name: str(value) for name, value in more.items()})
    return env


def prepare():
    """Makes the Wine prefix."""
    run(runner(), '--prepare', env=environment())


def kill():
    """Ends all programs in our prefix and its server. A server keeps the environment of the program that started it."""
    if Place.prefix is not None and Place.prefix.exists():
        subprocess.run([runner(), '--kill'], env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       check=False)


def program_of(runner_pid, name):
    """The process of the Windows program that a runner waits for."""
    done = subprocess.run(['pgrep', '-P', str(runner_pid), '-f', name], capture_output=True, text=True, check=False)
    return int(done.stdout.split()[0]) if done.stdout else None


def main(module, screen=False):
    """For a test program with a place for source and build: runs its tests, or says why there are none."""
    try:
        begin(*sys.argv[1:3])
        for tool in SCREEN_TOOLS if screen else ():
            if shutil.which(tool) is None:
                raise Missing(f'{tool} is not installed')
    except Missing as why:
        print(f'1..0 # SKIP {why}')
        return 0
    try:
        build()
        prepare()
        return tap.run(module, sys.argv[3:])
    finally:
        kill()
