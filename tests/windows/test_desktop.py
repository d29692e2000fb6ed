#!/usr/bin/env python3
# test_desktop.py: porthole.exe under Wine on a screen of its own, and the packed folder carried to another place
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Pictures of what was seen stay in the build folder.
import os
import pty
import re
import shutil
import socket
import subprocess
import sys
import unittest
import zipfile
from pathlib import Path

import wine
from wine import Place, wait_for

CARRIED = '一个 文件夹 with spaces'     # a place that no code page but UTF-8 and the Chinese ones can name


class Screen:
    """An Xvfb of its own. The Wine server is started on it and ends with it."""

    def __init__(self, size):
        reader, writer = os.pipe()
        self.xvfb = subprocess.Popen(['Xvfb', '-displayfd', str(writer), '-screen', '0', f'{size}x24', '-nolisten', 'tcp',
                                      '-noreset'], pass_fds=[writer], stdin=subprocess.DEVNULL,
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            self.display = f':{pipe.readline().strip()}'

    def tool(self, *words):
        done = subprocess.run([str(word) for word in words], env={**os.environ, 'DISPLAY': self.display},
                              capture_output=True, check=False)
        return done.stdout if done.returncode == 0 else b''

    def window(self, title):
        """The id of the window with a title that the pattern matches."""
        found = self.tool('xdotool', 'search', '--onlyvisible', '--name', title).split()
        return found[0].decode() if found else None

    def title(self, window):
        return self.tool('xdotool', 'getwindowname', window).decode().strip()

    def keys(self, *keys):
        self.tool('xdotool', 'key', '--clearmodifiers', *keys)

    def type(self, text):
        self.tool('xdotool', 'type', '--delay', '30', text)

    def look(self):
        """All pixels of the screen."""
        return self.tool('import', '-window', 'root', 'rgb:-')

    def picture(self, name):
        Place.pictures.mkdir(parents=True, exist_ok=True)
        self.tool('import', '-window', 'root', Place.pictures / f'{name}.png')

    def is_still(self):
        """The pixels of the screen once it has stopped changing."""
        last = [self.look()]

        def settled():
            last.append(self.look())
            return last[-1] if last[-1] == last[-2] else None
        return wait_for('the screen to be still', settled)

    def end(self):
        wine.kill()
        self.xvfb.terminate()
        self.xvfb.wait(wine.PATIENCE)


class Program:
    """A running porthole.exe."""

    def __init__(self, screen, *words, folder=None, bare=False, **environment):
        folder = folder or Place.installed / 'bin'
        runner = wine.bare_runner() if bare else wine.runner()
        environment.setdefault('GSETTINGS_BACKEND', 'memory')
        self.log = open(Place.folder / 'porthole.log', 'w+b')
        self.process = subprocess.Popen([str(runner), str(folder / 'porthole.exe'), *words], stdin=subprocess.DEVNULL,
                                        stdout=self.log, stderr=self.log,
                                        env=wine.environment(DISPLAY=screen.display, **environment))

    def said(self):
        self.log.seek(0)
        return self.log.read().decode(errors='replace')

    def wait(self):
        return self.process.wait(wine.PATIENCE)

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.wait()
        self.log.close()


class WindowTest(unittest.TestCase):
    size = '1280x800'

    def setUp(self):
        wine.kill()
        self.screen = Screen(self.size)
        self.addCleanup(self.screen.end)

    def start(self, *words, title='Porthole', **more):
        program = Program(self.screen, *words, **more)
        self.addCleanup(program.end)

        def look():
            if program.process.poll() is not None:
                raise AssertionError(f'it ended with {program.process.returncode} and said {program.said()}')
            return self.screen.window(title)
        program.window = wait_for(lambda: f'a window “{title}”; it said {program.said()}', look)
        return program

    def bound_port(self, program):
        """The title of the window once the port is open."""
        return int(wait_for('the title to tell the port', lambda: re.search(r':(\d+)', self.screen.title(program.window)))
                   .group(1))

    def peer(self):
        peer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.addCleanup(peer.close)
        peer.bind(('127.0.0.1', 0))
        peer.settimeout(wine.PATIENCE)
        return peer

    def converse(self, program, name):
        """A datagram comes in and shows, and the answer that is typed goes out. Leaves a picture of each."""
        peer = self.peer()
        port = self.bound_port(program)
        before = self.screen.is_still()
        peer.sendto('Hello from a native peer: 你好，世界 é €\nand a second line'.encode(), ('127.0.0.1', port))
        wait_for('the datagram to show', lambda: self.screen.look() != before)
        self.screen.is_still()
        self.screen.picture(f'{name}-received')
        self.screen.keys('ctrl+m')
        self.screen.type('typed under Wine')
        self.screen.keys('ctrl+Return')
        self.assertEqual(peer.recvfrom(100), (b'typed under Wine', ('127.0.0.1', port)))
        self.screen.is_still()
        self.screen.picture(f'{name}-answered')

    def quit(self, program):
        self.screen.keys('ctrl+q')
        self.assertEqual(program.wait(), 0, program.said())

    def chinese(self):
        """The environment of a Chinese Windows: its code page is 936. The locale is made here, as few machines have it."""
        if shutil.which('localedef') is None:
            self.skipTest('localedef is not installed')
        folder = Place.folder / 'locale'
        folder.mkdir(exist_ok=True)
        made = subprocess.run(['localedef', '-i', 'zh_CN', '-f', 'UTF-8', folder / 'zh_CN.UTF-8'], capture_output=True,
                              check=False)
        if made.returncode != 0:
            self.skipTest('the locale zh_CN cannot be made here')
        return {'LOCPATH': folder, 'LC_ALL': 'zh_CN.UTF-8'}


class Window(WindowTest):
    def test_a_port_of_the_command_line_receives_and_answers(self):
        program = self.start('udp', '--local', '127.0.0.1:0', '--open')
        self.converse(program, 'window')
        self.quit(program)
        self.assertNotIn('CRITICAL', program.said())

    def registry(self, *words):
        """Changes what Windows knows."""
        subprocess.run([wine.runner(), 'reg', *words, '/f'], check=False, capture_output=True,
                       env=wine.environment(DISPLAY=self.screen.display))

    def test_it_is_dark_where_windows_is(self):
        key = r'HKCU\Software\Microsoft\Windows\CurrentVersion\Themes\Personalize'
        self.registry('add', key, '/v', 'AppsUseLightTheme', '/t', 'REG_DWORD', '/d', '0')
        self.addCleanup(self.registry, 'delete', key, '/v', 'AppsUseLightTheme')
        self.start()
        dots = self.screen.is_still()
        self.screen.picture('dark')
        self.assertLess(sum(dots[::997]) / len(dots[::997]), 80)     # of 255; the light window has more than 200

    def test_settings_are_there_again_after_a_restart(self):
        registry = {'GSETTINGS_BACKEND': 'registry'}
        self.registry('delete', r'HKCU\Software\GSettings')
        first = self.start(title='^UDP', **registry)        # the first protocol
        self.quit(first)
        second = self.start('tcp-server', '--local', '127.0.0.1:0', '--open', title='^TCP', **registry)
        self.bound_port(second)
        self.screen.keys('F5')                              # closed; what is opened by hand is remembered
        wait_for('it to close', lambda: not re.search(r':\d', self.screen.title(second.window)))
        self.screen.keys('F5')
        self.bound_port(second)
        self.quit(second)
        wine.kill()                                         # nothing is left but what Wine wrote to the disk
        self.start(title='^TCP', **registry)

    def test_the_version_and_a_wrong_option_are_told_to_a_pipe(self):
        program = Program(self.screen, '--version')
        self.addCleanup(program.end)
        self.assertEqual((program.wait(), program.said().split()[0]), (0, 'porthole'))
        program = Program(self.screen, '--no-such-option')
        self.addCleanup(program.end)
        self.assertEqual(program.wait(), 2)
        self.assertIn('--no-such-option', program.said())

    def test_the_version_is_told_on_the_console_that_it_was_started_from(self):
        ours, theirs = pty.openpty()
        self.addCleanup(os.close, ours)
        starter = subprocess.Popen([wine.runner(), 'start', '/wait', '/unix', Place.installed / 'bin' / 'porthole.exe',
                                    '--version'], env=wine.environment(DISPLAY=self.screen.display),
                                   stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        self.assertEqual(starter.wait(wine.PATIENCE), 0)
        self.assertIn(b'porthole ', os.read(ours, 4096))

    def test_a_wrong_option_without_a_pipe_or_a_console_is_told_in_a_box(self):
        # Explorer gives a program with a window nothing to write on; so does Wine's start.
        starter = subprocess.Popen([wine.runner(), 'start', '/wait', '/unix', Place.installed / 'bin' / 'porthole.exe',
                                    '--no-such-option'], env=wine.environment(DISPLAY=self.screen.display),
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(lambda: (wine.kill(), starter.wait(wine.PATIENCE)))
        wait_for('a box', lambda: self.screen.window('^Porthole$') or starter.poll() is not None)
        if starter.poll() is not None:
            self.skipTest('Wine’s CreateProcessW hands the standard handles on where Windows does not')
        self.screen.is_still()
        self.screen.picture('box-option')
        self.screen.keys('Return')
        self.assertEqual(starter.wait(wine.PATIENCE), 2)


class Packed(WindowTest):
    @classmethod
    def setUpClass(cls):
        packer = Place.source / 'data' / 'windows' / 'package.py'
        output = Place.folder / 'package'
        shutil.rmtree(output, ignore_errors=True)
        cls.said = wine.run(sys.executable, packer, Place.build, '--libraries', Place.sysroot, '--output', output)
        cls.zip = next(output.glob('*.zip'))
        shutil.rmtree(Place.folder / CARRIED, ignore_errors=True)
        with zipfile.ZipFile(cls.zip) as archive:
            archive.extractall(Place.folder / CARRIED)
        cls.carried = next((Place.folder / CARRIED).iterdir())

    def test_the_zip_has_what_is_needed_and_its_size_is_told(self):
        self.assertRegex(self.said, re.escape(str(self.zip)) + r': \d+\.\d MB')
        self.assertRegex(self.carried.name, r'^porthole-[\d.]+-windows$')
        for name in ('porthole.exe', 'porthole-cli.exe', 'libgtk-4-1.dll', 'libiconv-2.dll', 'libjson-glib-1.0-0.dll', 'README.txt',
                     'share/glib-2.0/schemas/gschemas.compiled', 'share/locale/zh_CN/LC_MESSAGES/porthole.mo',
                     'share/locale/zh_CN/LC_MESSAGES/gtk40.mo', 'licences/Porthole.txt'):
            self.assertTrue((self.carried / name).is_file(), name)

    def test_the_programs_tell_windows_their_name_version_and_wishes(self):
        for name in ('porthole.exe', 'porthole-cli.exe'):
            program = (self.carried / name).read_bytes()
            for words in ('ProductVersion', 'GPL-3.0-or-later'):
                self.assertIn(words.encode('utf-16-le'), program)
            for words in (b'PerMonitorV2', b'activeCodePage', b'longPathAware', b'Microsoft.Windows.Common-Controls'):
                self.assertIn(words, program)
            self.assertIn(b'\x89PNG\r\n\x1a\n', program)     # the largest icon

    def test_every_icon_is_a_picture_in_the_program_or_in_gtk(self):
        texts = [path.read_text(encoding='utf-8') for path in (Place.source / 'ui').rglob('*.ui')]
        texts += [path.read_text(encoding='utf-8') for path in (Place.source / 'src' / 'app').rglob('*.c')]
        names = {name for text in texts for name in re.findall(r'[a-z]+(?:-[a-z]+)*-symbolic\b', text)}
        self.assertIn('tab-new-symbolic', names)
        resources = (self.carried / 'porthole.exe').read_bytes() + (self.carried / 'libgtk-4-1.dll').read_bytes()
        self.assertEqual([name for name in sorted(names) if f'{name}.symbolic.png'.encode() not in resources], [])

    def test_it_starts_in_a_folder_with_spaces_and_chinese_characters(self):
        program = self.start('udp', '--local', '127.0.0.1:0', '--open', folder=self.carried, bare=True)
        self.converse(program, 'carried')
        self.quit(program)

    def test_it_speaks_chinese_on_a_chinese_windows(self):
        chinese = self.chinese()
        said = subprocess.run([wine.bare_runner(), self.carried / 'porthole-cli.exe', '--no-such-option'], check=False,
                              env=wine.environment(**chinese), capture_output=True).stderr.decode()
        self.assertIn('未知选项', said)                      # GLib's words
        self.assertIn('请看', said)                          # ours
        wine.kill()
        program = self.start('udp', '--local', '127.0.0.1:0', '--open', title='UDP', folder=self.carried, bare=True,
                             **chinese)
        self.converse(program, 'chinese')

    def test_a_missing_schema_file_is_told_in_a_box(self):
        broken = Path(shutil.copytree(self.carried, Place.folder / 'broken', dirs_exist_ok=True))
        (broken / 'share' / 'glib-2.0' / 'schemas' / 'gschemas.compiled').unlink()
        program = self.start(title='^Porthole$', folder=broken, bare=True)
        self.screen.is_still()
        self.screen.picture('box-schema')
        self.screen.keys('Return')
        self.assertEqual(program.wait(), 1)
        self.assertIn('gschemas.compiled', program.said())

    def test_what_ends_the_program_is_told_in_a_box(self):
        # Under Wine GDK warns at each start; made fatal, that stands for any error that GLib ends a program with.
        program = self.start(title='^Porthole$', folder=self.carried, bare=True, G_DEBUG='fatal-warnings')
        self.screen.is_still()
        self.screen.picture('box-fatal')
        self.screen.keys('Return')
        self.assertNotEqual(program.wait(), 0)


if __name__ == '__main__':
    sys.exit(wine.main(sys.modules[__name__], screen=True))
