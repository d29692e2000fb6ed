"""sandbox.py: makes a stand-in for the runtime, builds and installs a manifest, and runs the installed programs

SPDX-License-Identifier: GPL-3.0-or-later
"""
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / 'newer'))
import debian  # noqa: E402

BRANCH = '51'
TOOLS = ('flatpak', 'flatpak-builder', 'ostree', 'eu-strip', 'bwrap', 'mmdebstrap', 'setpriv', 'unshare', 'Xvfb',
         'xwininfo', 'import', 'identify', 'git')
LOCALES = 'en_US zh_CN'
# Where Flatpak puts the fonts of the desktop. The real runtime looks there; Debian's fontconfig needs this file.
FONTS = '<fontconfig><include>/run/host/font-dirs.xml</include></fontconfig>\n'


def why_not(source):
    """The reason why nothing can be tested here; None if it can."""
    for name in ('make-standin-runtime.sh', 'check-flatpak.sh'):
        if not (source / '../shared/flatpak' / name).exists():
            return f'there is no ../shared/flatpak/{name}'
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        return f'not installed: {" ".join(missing)}'
    if os.getuid() != 0:
        return 'only root can make a runtime of packages'
    done = subprocess.run(['bwrap', '--unshare-user', '--ro-bind', '/', '/', 'true'], capture_output=True, text=True)
    if done.returncode != 0:
        return f'no sandbox works here: {done.stderr.strip()}'
    try:
        if not (runtime_folder(source) / 'stamp').exists():
            debian.find_mirror('trixie')
    except debian.Missing as why:
        return str(why)
    return None


def runtime_folder(source):
    """The folder of the stand-in: in the cache, named by the checksum of what it is made from."""
    script = source / '../shared/flatpak/make-standin-runtime.sh'
    made_by = hashlib.sha256(script.read_bytes() + f'{BRANCH} {LOCALES}'.encode()).hexdigest()[:16]
    return Path(os.environ.get('PORTHOLE_CACHE') or source / '.cache') / f'flatpak-runtime-{BRANCH}-{made_by}'


def make_runtime(source):
    """Makes the stand-in if it does not exist yet, which takes two minutes. Returns its folder."""
    folder = runtime_folder(source)
    subprocess.run([source / '../shared/flatpak/make-standin-runtime.sh', '--branch', BRANCH, folder],
                   env={**os.environ, 'STANDIN_LOCALES': LOCALES}, check=True, stdout=sys.stderr)
    return folder


def copy_tree(source, folder):
    """Copies the files that a build needs, without those of earlier builds."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder, ignore=lambda here, names: [
        name for name in names
        if name == '__pycache__' or Path(here) == source and name.startswith(('.', 'build', '_build'))])
    return folder


class Installed:
    """A manifest that check-flatpak.sh built, validated, installed and ran in a folder of its own."""

    def __init__(self, source, runtime, manifest, work, picture, language, more=()):
        self.app, self.work = manifest.stem, work
        shutil.rmtree(work, ignore_errors=True)
        self.use_fonts(work / 'home')
        done = subprocess.run([
            source / '../shared/flatpak/check-flatpak.sh', '--strict', '--standin', runtime, '--work', work,
            '--shot', picture, '--title', '^UDP', '--seconds', '1', '--wait', '60',
            '--env', f'LANG={language}.UTF-8', *more, manifest, '--', 'udp', '--local', '127.0.0.1:0', '--open'],
            cwd=work, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.status, self.told = done.returncode, done.stdout

    def use_fonts(self, home):
        folder = home / '.var/app' / self.app / 'config/fontconfig'
        folder.mkdir(parents=True, exist_ok=True)
        (folder / 'fonts.conf').write_text(FONTS)

    def argv(self, *words, command=None, language='en_US', as_user=False):
        """The command that runs it in its sandbox; as_user: without root's right to ports below 1024."""
        self.use_fonts(Path(os.environ['HOME']))
        return ['env', '-u', 'LC_ALL', '-u', 'LANGUAGE', f'FLATPAK_USER_DIR={self.work}/inst',
                f'FLATPAK_SYSTEM_DIR={self.work}/sys', f'FLATPAK_CONFIG_DIR={self.work}/conf',
                *(['setpriv', '--bounding-set', '-net_bind_service'] if as_user else []),
                'flatpak', 'run', '--user', f'--env=LANG={language}.UTF-8', '--env=G_DEBUG=fatal-criticals',
                *([f'--command={command}'] if command else []), f'{self.app}//check', *words]

    def run(self, *words, **more):
        """Runs it to its end."""
        return subprocess.run(self.argv(*words, **more), stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=60)

    def kill(self):
        subprocess.run(['flatpak', 'kill', self.app], capture_output=True)
