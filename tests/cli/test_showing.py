#!/usr/bin/env python3
# test_showing.py: how records are shown: the form of payloads, apart from how they are sent, and the time
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   test_showing.py PORTHOLE_CLI [NAME…]
import os
import re
import socket
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # the source tree stays as it is

import harness
from harness import PATIENCE, Test

TIME = r'\d\d:\d\d:\d\d\.\d{%d}'
SINCE = r'\+\d+\.\d{%d} +'
USELESS = 'this does nothing in the format that was chosen'


class Showing(Test):
    def talk(self, *words, sent=(), received=(), expect=None):
        """What is shown of a connection: these texts were sent with --send, and then these bytes received."""
        listener = self.socket(socket.SOCK_STREAM)
        texts = [word for text in sent for word in ('--send', text)]
        cli = self.cli('tcp-client', '--remote', f'127.0.0.1:{listener.getsockname()[1]}', '--no-stdin', *words, *texts)
        peer = self.accept(listener)
        for text in expect or [text.encode() for text in sent]:
            self.assertEqual(self.receive(peer, len(text)), text)
        for data in received:
            peer.sendall(data)
            cli.until('out', lambda line: '←' in line.decode() or line.startswith(b'['))
        peer.close()
        self.assertEqual(cli.end(), 0, cli.all)
        return b''.join(cli.all['out']).decode(), b''.join(cli.all['err']).decode()

    def payloads(self, *words, **more):
        """The lines of payloads of the log."""
        shown, _ = self.talk(*words, **more)
        return [line[4:] for line in shown.split('\n') if line.startswith('    ')]

    def test_without_the_option_payloads_are_shown_as_they_are_sent(self):
        self.assertEqual(self.payloads(sent=['hi'], received=[b'ok\x01']), ['hi', 'ok⟨SOH⟩'])
        self.assertEqual(self.payloads('--hex', sent=['41 42'], expect=[b'AB'], received=[b'ok']), ['41 42', '6F 6B'])

    def test_hex_is_shown_of_texts(self):
        self.assertEqual(self.payloads('--show', 'hex', sent=['hi'], received=[b'ok']), ['68 69', '6F 6B'])

    def test_text_is_shown_of_hex_digits(self):
        self.assertEqual(self.payloads('--show', 'text', '--hex', sent=['41 42'], expect=[b'AB'], received=[b'ok']), ['AB', 'ok'])

    def test_what_is_no_text_is_shown_as_hex_and_the_rest_as_text(self):
        received = [b'plain\r\n', b'\x01\x02\xff', 'é'.encode(), b'\xff\xfe']
        self.assertEqual(self.payloads('--show', 'auto', sent=['hi'], received=received),
                         ['hi', 'plain⟨CR⟩', '01 02 FF', 'é', 'FF FE'])
        self.assertEqual(self.payloads('--show', 'auto', '--encoding', 'windows-1252', received=[b'\xe9\x80', b'\x81\x8d']), ['é€', '81 8D'])

    def test_a_dump_has_offsets_and_characters(self):
        data = bytes(range(0x38, 0x4a)) + b'\n\xff.'
        rows = [('000000  68 69', 'hi'),
                ('000000  38 39 3A 3B 3C 3D 3E 3F  40 41 42 43 44 45 46 47', '89:;<=>?@ABCDEFG'),
                ('000010  48 49 0A FF 2E', 'HI··.')]
        self.assertEqual(self.payloads('--show', 'dump', sent=['hi'], received=[data]), [f'{digits:<58}{text}' for digits, text in rows])

    def test_the_log_of_netassist_is_hex_too_and_has_no_dump(self):
        shown, _ = self.talk('--show', 'hex', '--format', 'netassist', received=[b'ok'])
        self.assertRegex(shown, r'# RECV HEX FROM 127\.0\.0\.1 :\d+>\n6F 6B\n')
        self.assertEqual(self.wrong('udp', '--show', 'dump', '--format', 'netassist'),
                         (2, 'porthole-cli: --show: the log of NetAssist has no dump, only text and hex\nSee “porthole-cli --help”.\n'))

    def assert_times(self, words, pattern):
        """Every line of the log that is no payload begins with such a time."""
        shown, _ = self.talk(*words, sent=['hi'], received=[b'one\ntwo', b'three'])
        lines = [line for line in shown.split('\n') if line and not line.startswith('    ')]
        self.assertGreater(len(lines), 4, shown)
        for line in lines:
            self.assertRegex(line, rf'^{pattern}[←→·] ', shown)
        return lines

    def test_the_time_of_day_has_milliseconds_or_more(self):
        for words, digits in (((), 3), (('--time', 'time'), 3), (('--time', 'us'), 6), (('--time=time,ns',), 9)):
            self.assert_times(words, TIME % digits + ' ')

    def test_the_date_has_milliseconds_or_more(self):
        for word, digits in (('date', 3), ('date,us', 6), ('ns,date', 9)):
            self.assert_times(['--time', word], r'\d{4}-\d\d-\d\d ' + TIME % digits + ' ')

    def test_the_time_can_be_left_out(self):
        self.assert_times(['--time', 'none'], '')

    def test_the_time_since_the_opening_grows(self):
        lines = self.assert_times(['--time', 'open,us'], SINCE % 6)
        self.assertTrue(lines[0].startswith('+0.000000'), lines)
        # The first ones count from the attempt, all others from the connection.
        times = [float(re.match(r'\+(\S+)', line).group(1)) for line in lines if '←' in line]
        self.assertEqual(times, sorted(times))

    def test_the_time_since_the_record_before_begins_with_none(self):
        lines = self.assert_times(['--time', 'previous,ns'], rf'(?:{SINCE % 9}|– +)')
        self.assertTrue(lines[0].startswith('–  '), lines)
        self.assertEqual(sum(line.startswith('–') for line in lines), 1)

    def test_a_payload_cannot_look_like_a_line_with_a_short_time(self):
        # However short the time is, a line of ours begins with it and not with a blank.
        forged = '        +0.000 ← 192.168.1.1:80  5 bytes'.encode()
        shown, _ = self.talk('--time', 'open', received=[forged + b'\n    hello'])
        self.assertIn('\n    ' + forged.decode() + '\n', shown)
        self.assertEqual([line for line in shown.split('\n') if '192.168.1.1' in line and not line.startswith('    ')], [])

    def test_a_recording_is_shown_in_the_same_ways(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'a.porthole')
            live, _ = self.talk('--capture', path, '--show', 'dump', '--time', 'open,ns', sent=['hi'], received=[b'ok\x01'])

            def read(*words):
                done = subprocess.run([harness.PROGRAM, 'read', path, *words], capture_output=True, timeout=PATIENCE, check=True,
                                      env=dict(os.environ, LC_ALL='C.UTF-8'))
                return done.stdout.decode()

            self.assertEqual(read('--show', 'dump', '--time', 'ns,open'), live)
            self.assertIn('\n    6F 6B 01\n', read('--show', 'auto', '--time', 'none'))

    def test_words_that_there_are_not_are_refused(self):
        for words, said in ((('--show', 'octal'), '--show: “octal” is none of text, hex, auto, dump'),
                            (('--show', ''), '--show: “” is none of text, hex, auto, dump'),
                            (('--time', 'noon'), '--time: “noon” is none of time, date, open, previous, none, ms, us, ns'),
                            (('--time', 'date,'), '--time: “” is none of time, date, open, previous, none, ms, us, ns'),
                            (('--time', ''), '--time: “” is none of time, date, open, previous, none, ms, us, ns'),
                            (('--time', 'date,time'), '--time: “time” is one word too many'),
                            (('--time', 'us,ns'), '--time: “ns” is one word too many')):
            self.assertEqual(self.wrong('udp', *words), (2, f'porthole-cli: {said}\nSee “porthole-cli --help”.\n'))

    def test_where_an_option_does_nothing_that_is_told(self):
        for option, word, formats in (('--time', 'us', ('netassist', 'json', 'raw')), ('--show', 'hex', ('json', 'raw'))):
            for name in formats:
                cli = self.cli('udp', '--local', '127.0.0.1:0', '--no-stdin', '--duration', '0', option, word, '--format', name)
                self.assertEqual(cli.end(), 0)
                self.assertEqual(cli.all['err'][0].decode(), f'porthole-cli: {option}: {USELESS}\n')


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
