#!/usr/bin/python3
"""test_flatpak.py: builds the Flatpak from both manifests, and tests the programs in its sandbox

  test_flatpak.py SOURCE BUILD [NAME…]

SPDX-License-Identifier: GPL-3.0-or-later
"""
import contextlib
import functools
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / 'ui'))

import harness  # noqa: E402
import sandbox  # noqa: E402
from harness import Porthole, WindowTest, tap, wait_for  # noqa: E402

SOURCE = Path(sys.argv[1]).resolve()
BUILD = Path(sys.argv[2]).resolve()
PICTURES = BUILD / 'pictures'
HAD_LEFTOVERS = (SOURCE / '.flatpak-builder').exists()
# Texts of the window in each language: state, message field, button.
WORDS = {
    'en_US': ('Open on ', 'Message', 'Send'),
    'zh_CN': ('已打开 ', '数据发送', '发送'),
}
# The error for a port below 1024.
DENIED = {'en_US': 'A sandbox cannot open ports below 1024', 'zh_CN': '沙箱'}


def load(name, path):
    """A module by its file: the command line's harness is called like the window's."""
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


Process = load('cli_harness', HERE.parent / 'cli/harness.py').Process


def manifest(variant):
    folder = SOURCE / 'flatpak' / ('devel' if variant == 'development' else '')
    return next(folder.glob('*.yml'))


@functools.cache
def built(variant):
    """Each manifest is built once, the release's from the work tree too, since its own source is on the net."""
    more = [] if variant == 'development' else ['--source', sandbox.copy_tree(SOURCE, BUILD / 'tree')]
    return sandbox.Installed(SOURCE, sandbox.make_runtime(SOURCE), manifest(variant), BUILD / f'work-{variant}',
                             PICTURES / f'{variant}.png', 'en_US' if variant == 'development' else 'zh_CN', more)


class SandboxedWindow(Porthole):
    """The window of the installed program; on this bus there is no other."""

    def __init__(self, installed, *words, **more):
        self.installed = installed
        self.process = subprocess.Popen(installed.argv(*words, **more))
        self.root = wait_for('the program in the accessibility tree', self._find_root)
        self.window = wait_for('a window', lambda: self.root.get_child_count() > 0 and self.root.get_child_at_index(0))

    def _find_root(self):
        assert self.process.poll() is None, f'the program ended with {self.process.returncode}'
        desktop = harness.Atspi.get_desktop(0)
        found = [desktop.get_child_at_index(i) for i in range(desktop.get_child_count())]
        return next((each for each in found if each is not None and each.get_name() == 'porthole'), None)

    def newest(self, log=None):
        """The newest record, from the description of the log. The log is found by its role, as its name is translated."""
        logs = (node for node in harness.walk(self.root) if node.get_role_name() == 'log')
        return next((node.get_description() or '' for node in logs), '')

    def end(self):
        self.installed.kill()
        self.process.wait(harness.PATIENCE)
        desktop = harness.Atspi.get_desktop(0)
        wait_for('the window to be gone', lambda: desktop.get_child_count() == 0)


class Flatpak(WindowTest):
    def built(self, variant):
        found = built(variant)
        self.assertEqual(found.status, 0, found.told)
        return found

    @contextlib.contextmanager
    def window(self, variant, *words, **more):
        window = SandboxedWindow(self.built(variant), *words, **more)
        try:
            yield window
        finally:
            window.end()

    def exchange(self, variant, language):
        opened, message, send = WORDS[language]
        with self.window(variant, 'udp', '--local', '127.0.0.1:0', '--open', language=language) as window:
            status = window.wait_for_text(opened + '127.0.0.1:')
            peer = self.udp_peer()
            peer.connect(('127.0.0.1', int(re.search(r'127\.0\.0\.1:(\d+)', status).group(1))))
            peer.send('hello from outside, 你好'.encode())
            window.wait_for_newest('hello from outside, 你好', str(peer.getsockname()[1]))
            window.type_into(message, 'hello from inside, 收到')
            window.click(send)
            self.assertEqual(peer.recv(100).decode(), 'hello from inside, 收到')
            window.wait_for_newest('hello from inside, 收到')
            window.picture(f'{variant}-{language}')

    def test_the_work_tree_is_built_validated_installed_and_run_without_a_remark(self):
        self.assertIn('(0 remark(s))', self.built('development').told)
        self.assertEqual((SOURCE / '.flatpak-builder').exists(), HAD_LEFTOVERS, 'flatpak-builder left a folder in the tree')

    def test_the_release_is_built_validated_installed_and_run_without_a_remark(self):
        self.assertIn('(0 remark(s))', self.built('release').told)

    def test_the_source_that_the_release_names_is_what_git_fetches(self):
        """Its address leads to a copy of this history that has the tag: flatpak-builder compares tag and commit."""
        text = manifest('release').read_text()
        tag, commit, url = (re.search(rf'^ +{key}: (\S+)', text, re.MULTILINE).group(1)
                            for key in ('tag', 'commit', 'url'))
        if subprocess.run(['git', '-C', SOURCE, 'cat-file', '-e', commit], capture_output=True).returncode != 0:
            self.skipTest('the history is not here')
        work = BUILD / 'work-fetch'
        shutil.rmtree(work, ignore_errors=True)
        subprocess.run(['git', 'clone', '--quiet', '--bare', SOURCE, work / 'copy'], check=True)
        subprocess.run(['git', '-C', work / 'copy', 'tag', '--force', tag, commit], check=True, capture_output=True)
        (work / 'gitconfig').write_text(f'[url "file://{work}/copy"]\ninsteadOf = {url}\n[safe]\ndirectory = *\n')
        done = subprocess.run(
            ['flatpak-builder', '--download-only', f'--state-dir={work}/state', work / 'app', manifest('release')],
            cwd=work, env={**os.environ, 'GIT_CONFIG_GLOBAL': str(work / 'gitconfig')}, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        fetched, = (work / 'state/git').iterdir()
        subprocess.run(['git', '--git-dir', fetched, 'cat-file', '-e', f'{commit}:meson.build'], check=True)

    def test_a_datagram_from_outside_is_shown_and_answered_in_english_and_chinese(self):
        for variant in ('development', 'release'):
            for language in WORDS:
                with self.subTest(variant=variant, language=language):
                    self.exchange(variant, language)

    def test_the_command_line_receives_from_outside_and_answers(self):
        installed = self.built('development')
        cli = Process(installed.argv('udp', '--local', '127.0.0.1:0', '--format', 'json', command='porthole-cli'))
        self.addCleanup(cli.kill)
        self.addCleanup(installed.kill)
        line = cli.until('err', lambda each: each.startswith(b'open udp ')).decode()
        peer = self.udp_peer()
        peer.connect(('127.0.0.1', int(line.rpartition(':')[2])))
        peer.send('from outside, 你好'.encode())
        record = json.loads(cli.until('out', lambda each: json.loads(each)['kind'] == 'in'))
        self.assertEqual(record['text'], 'from outside, 你好')
        self.assertEqual(record['peer'], f'127.0.0.1:{peer.getsockname()[1]}')
        cli.write('from inside, 收到\n'.encode())
        self.assertEqual(peer.recv(100).decode(), 'from inside, 收到')

    def test_a_port_below_1024_is_denied_with_words_for_a_sandbox(self):
        if int(Path('/proc/sys/net/ipv4/ip_unprivileged_port_start').read_text()) < 1024:
            self.skipTest('this system gives such ports to everybody')
        installed = self.built('development')
        done = installed.run('udp', '--local', '127.0.0.1:80', command='porthole-cli', as_user=True)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn('Cannot open UDP on 127.0.0.1:80: permission denied', done.stderr)
        self.assertIn(DENIED['en_US'], done.stderr)
        self.assertNotIn('administrator', done.stderr)
        for language, words in DENIED.items():
            with self.window('development', 'udp', '--local', '127.0.0.1:80', '--open', as_user=True,
                             language=language) as window:
                self.assertIn('1023', window.wait_for_text(words))
                window.picture(f'denied-{language}')

    def test_the_licence_is_inside_and_nothing_of_the_host(self):
        installed = self.built('development')
        licence = installed.run(f'/app/share/licenses/{installed.app}/LICENSE', command='cat')
        self.assertEqual(licence.stdout, (SOURCE / 'LICENSE').read_text(), licence.stderr)
        self.assertNotEqual(installed.run(SOURCE / 'LICENSE', command='cat').returncode, 0)


def main():
    reason = sandbox.why_not(SOURCE)
    if reason:
        print(f'1..0 # SKIP {reason}')
        return 0
    harness.PICTURES = str(PICTURES)
    PICTURES.mkdir(parents=True, exist_ok=True)
    try:
        return tap.run(sys.modules[__name__], sys.argv[3:])
    finally:
        for left in [*BUILD.glob('work-*'), BUILD / 'tree']:
            shutil.rmtree(left, ignore_errors=True)


if __name__ == '__main__':
    sys.exit(main())
