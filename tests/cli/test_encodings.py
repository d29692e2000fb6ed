#!/usr/bin/env python3
# test_encodings.py: every encoding against Python's codecs, its other names, and a system that lacks some
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   test_encodings.py PORTHOLE_CLI [NAME…]      $PORTHOLE_LACK: lack.c, where it is built
import os
import re
import socket
import subprocess
import sys
import xml.etree.ElementTree as ET

sys.dont_write_bytecode = True  # the source tree stays as it is

import harness
from harness import PATIENCE, Test, here
from words import TOP, encodings, offered_encodings, table

# What Python calls otherwise.
CODECS = {'gbk': 'cp936', 'shift-jis': 'cp932', 'big5': 'cp950', 'euc-kr': 'cp949', 'macintosh': 'mac_roman', 'tis-620': 'tis_620'}
# Where glibc and GNU libiconv differ from Python: the places that a standard leaves free, and two signs of Apple's.
FREE = {'tis-620': set(range(0x80, 0xA1)), 'macintosh': {0xC6, 0xF0}}
SCHEMA = next((TOP / 'data').glob('*.gschema.xml'))


def python_text(row, byte):
    try:
        return bytes([byte]).decode(CODECS.get(row['id'], row['id']))
    except UnicodeDecodeError:
        return None


class Encodings(Test):
    def setUp(self):
        self.rows = table(harness.PROGRAM, '--encodings')
        self.known = offered_encodings(harness.PROGRAM)
        self.singles = [row for row in self.rows if row['longest'] == 1 and row['id'] in self.known]

    def shown(self, encoding, data):
        """The text of a datagram, as JSON has it."""
        cli = self.json('udp', '--local', '127.0.0.1:0', '--no-stdin', '--encoding', encoding, '--count', '1')
        self.socket(socket.SOCK_DGRAM, connect=cli.port).send(data)
        text = cli.record('in')['text']
        self.assertEqual(cli.end(), 0)
        return text

    def test_every_byte_of_every_set_of_single_bytes_is_the_character_that_python_has_or_a_mark(self):
        self.assertLessEqual(self.known, encodings(harness.PROGRAM))
        self.assertGreater(len(self.singles), 20)
        for row in self.singles:
            # Each byte stands between two line feeds.
            shown = self.shown(row['id'], b'\n'.join(bytes([byte]) for byte in range(0x80, 0x100))).split('\n')
            self.assertEqual(len(shown), 128, row)
            for byte, text in zip(range(0x80, 0x100), shown):
                if byte not in FREE.get(row['id'], ()):
                    self.assertEqual(text, python_text(row, byte) or f'⟨{byte:02X}⟩', (row['id'], hex(byte)))

    def test_every_character_of_a_set_of_single_bytes_is_sent_as_its_byte(self):
        for row in self.singles:
            known = [byte for byte in range(0xA0, 0x100) if byte not in FREE.get(row['id'], ()) and python_text(row, byte)]
            peer = self.socket(socket.SOCK_DGRAM)
            # No argument may be what is sent: a soft hyphen is no option.
            cli = self.cli('udp', '--remote', here(peer), '--local', '127.0.0.1:0', '--quiet', '--encoding', row['id'])
            cli.write((''.join(python_text(row, byte) for byte in known) + '\n').encode())
            self.assertEqual(peer.recv(1000), bytes(known), row['id'])
            self.assertEqual(cli.interrupt(), 0)

    def test_the_windows_sets_have_no_controls_where_they_have_holes(self):
        self.assertEqual(self.shown('windows-1252', b'\x80\x81\x8d\x8f\x90\x9d'), '€⟨81⟩⟨8D⟩⟨8F⟩⟨90⟩⟨9D⟩')

    def test_other_names_are_understood(self):
        for name, encoding in (('UTF8', 'utf-8'), ('gb2312', 'gbk'), ('cp936', 'gbk'), ('sjis', 'shift-jis'), ('latin1', 'latin-1'),
                               ('ISO_8859-5', 'iso-8859-5'), ('win1251', 'windows-1251'), ('koi8r', 'koi8-r'), ('dos866', 'cp866')):
            text = {'gbk': '中', 'shift-jis': '日', 'latin-1': 'é'}.get(encoding, 'Ж')
            self.assertEqual(self.shown(name, text.encode(CODECS.get(encoding, encoding))), text, name)

    def test_a_name_that_there_is_not_is_refused_with_those_that_there_are(self):
        for name in ('cp874', 'iso-8859-12', 'gbk2', ''):
            status, said = self.wrong('udp', '--encoding', name)
            self.assertEqual(status, 2)
            self.assertIn(f'“{name}” is none of utf-8, gbk, ', said)

    def test_the_settings_know_the_same_encodings(self):
        ids = [row['id'] for row in self.rows]
        for key, more in (('receive-encoding', []), ('send-encoding', ['same'])):
            choices = ET.parse(SCHEMA).find(f".//key[@name='{key}']/choices")
            self.assertEqual([choice.get('value') for choice in choices], more + ids)

    def run_lacking(self, *words):
        library = os.environ.get('PORTHOLE_LACK')
        if not library:
            self.skipTest('the library that makes iconv lack something is built on Linux only')
        lacking = {'LD_PRELOAD': library, 'PORTHOLE_LACKS': 'CP437 KOI8-R'}
        done = subprocess.run([harness.PROGRAM, *words], stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False,
                              env={**os.environ, **lacking, 'LC_ALL': 'C.UTF-8'})
        return done.returncode, done.stderr.decode()

    def test_what_the_system_lacks_is_refused_with_words_and_not_offered(self):
        for name, short in (('cp437', 'CP437'), ('KOI8R', 'KOI8-R')):
            status, said = self.run_lacking('udp', '--encoding', name)
            self.assertEqual((status, said.splitlines()[0]), (2, f'porthole-cli: --encoding: the iconv of this system has no {short}'))
        status, said = self.run_lacking('udp', '--encoding', 'nonsense')
        offered = set(re.search('none of (.*)', said).group(1).split(', '))
        self.assertEqual((status, self.known - offered), (2, {'cp437', 'koi8-r'}))
        status, said = self.run_lacking('udp', '--encoding', 'koi8-u', '--duration', '0', '--local', '127.0.0.1:0')
        self.assertEqual(status, 0, said)


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
