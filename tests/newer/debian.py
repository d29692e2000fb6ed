"""debian.py: makes a folder with another release of Debian, and runs commands in it without changing it

SPDX-License-Identifier: GPL-3.0-or-later
"""
import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

KEYRING = Path('/usr/share/keyrings/debian-archive-keyring.gpg')
# Files that are not needed there. Catalogues of GTK and locales are.
WITHOUT = ['/usr/share/man/*', '/usr/share/doc/*', '/usr/share/info/*', '/usr/share/gtk-doc/*', '/usr/share/help/*',
           '/usr/share/lintian/*']
# GTK, pkg-config and the fonts are looked for by people who are at home: these make the folder one.
FINISH = '''
dbus-uuidgen >/etc/machine-id
grep -qs localhost /etc/hosts || printf '127.0.0.1 localhost\\n::1 localhost\\n' >/etc/hosts
fc-cache
'''
# Runs in namespaces of its own: mounts vanish with the last process, and all processes end with the first.
ALONE = ['unshare', '--mount', '--pid', '--fork', '--kill-child']
# /dev/shm and /tmp are new, the folder itself is read only, so that it is as good as new for whoever comes next.
ENTER = '''
set -eu
root=$1 source=$2
shift 2
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --make-rslave "$root/dev"
mount -t tmpfs tmpfs "$root/dev/shm"
mount -t tmpfs tmpfs "$root/tmp"
mount -t tmpfs tmpfs "$root/run"
mount --bind "$source" "$root/srv"
exec chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp LC_ALL=C.UTF-8 "$@"
'''


class Missing(Exception):
    """The reason why a folder cannot be made on this machine."""


def words_of(*command):
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return result.stdout if result.returncode == 0 else ''


def check_machine():
    """Raises Missing if commands cannot be run in such a folder on this machine."""
    if os.geteuid() != 0:
        raise Missing('making a folder with a newer Debian needs root')
    for tool in ('mmdebstrap', 'apt-get', 'unshare', 'chroot'):
        if shutil.which(tool) is None:
            raise Missing(f'{tool} is not installed')
    if subprocess.run([*ALONE, 'true'], capture_output=True, check=False).returncode != 0:
        raise Missing('this machine allows no namespaces of its own')


def find_mirror(suite):
    """The archive that this machine's own apt reads, if it has the release."""
    if not KEYRING.exists():
        raise Missing('debian-archive-keyring is not installed')
    targets = words_of('apt-get', 'indextargets', '--format', '$(LABEL)|$(REPO_URI)', 'Created-By: Packages')
    mirrors = [line.split('|')[1] for line in targets.splitlines() if line.startswith('Debian|')]
    if not mirrors:
        raise Missing('apt of this machine reads no archive of Debian')
    with tempfile.TemporaryDirectory() as folder:
        release = Path(folder) / 'InRelease'
        words_of('/usr/lib/apt/apt-helper', 'download-file', f'{mirrors[0]}dists/{suite}/InRelease', str(release))
        if not release.exists():
            raise Missing(f'the archive that apt reads cannot be reached, or has no {suite}')
    return mirrors[0]


def bootstrap(suite, packages, mirror, root, work):
    """Fills the folder, with the proxies and checks of this machine's apt."""
    settings = words_of('apt-config', 'dump', '--no-empty', '--format', '%F "%v";%n', 'Acquire')
    conf = work / 'apt.conf'
    conf.write_text(''.join(f'{line}\n' for line in settings.splitlines()
                            if line.startswith(('Acquire::http', 'Acquire::Check-', 'Acquire::Retries'))))
    subprocess.run([*ALONE, 'mmdebstrap', '--quiet', '--mode=root', '--variant=apt',
                    '--aptopt=APT::Install-Recommends "0"', f'--aptopt={conf}', '--dpkgopt=force-unsafe-io',
                    *(f'--dpkgopt=path-exclude={path}' for path in WITHOUT),
                    f'--include={",".join(packages)}', suite, str(root),
                    f'deb [signed-by={KEYRING}] {mirror} {suite} main'], check=True)
    subprocess.run(['chroot', str(root), '/bin/sh', '-euc', FINISH], check=True)


def make(suite, packages, cache):
    """Returns the folder with this release and these packages: the one in the cache, or one that is made and put there.

    Raises Missing where it cannot be made, and CalledProcessError where that went wrong.
    """
    recipe = Path(__file__).read_bytes() + ' '.join([suite, *packages]).encode()
    root = Path(cache) / f'newer-{suite}-{hashlib.sha256(recipe).hexdigest()[:16]}'
    check_machine()
    if root.is_dir():
        return root
    mirror = find_mirror(suite)
    os.makedirs(cache, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix='newer-', dir=cache))
    try:
        work.chmod(0o755)
        bootstrap(suite, packages, mirror, work / 'root', work)
        if not root.exists():
            os.rename(work / 'root', root)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return root


def run(root, source, *command):
    """Runs a command in the folder, with `source` as /srv; its output goes to stderr. Returns its exit status."""
    with subprocess.Popen([*ALONE, 'sh', '-c', ENTER, 'sh', str(root), str(source), *command], stdin=subprocess.DEVNULL,
                          stdout=2) as process:
        return process.wait()
