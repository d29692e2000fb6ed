#!/usr/bin/env python3
# test_input.py: the lines of standard input of porthole-cli: their encoding, their ends, and those that are refused
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   test_input.py PORTHOLE_CLI [NAME…]
import socket
import sys

sys.dont_write_bytecode = True  # the source tree stays as it is

import harness
from harness import Test, here

LONG = 512 * 1024  # bytes after which a line comes in parts


class Input(Test):
    def sent(self, data, *words, status=0, count=1):
        """What a peer gets of this input, and what is said beside it."""
        peer = self.socket(socket.SOCK_DGRAM)
        cli = self.cli('udp', '--remote', here(peer), '--quiet', '--local', '127.0.0.1:0', *words)
        cli.write(data)
        cli.popen.stdin.close()
        got = [peer.recv(70000) for _ in range(count)]
        self.assertEqual(cli.interrupt(), status, cli.all['err'])
        return got, b''.join(cli.all['err'][1:]).decode()

    def test_a_line_of_utf8_is_encoded_whatever_it_might_be_in_the_encoding(self):
        got, said = self.sent(b'\xd0\xbb\xd0\xbb\n', '--encoding', 'gbk')
        self.assertEqual(got, [b'\xa7\xdd\xa7\xdd'])
        self.assertEqual(said, '')

    def test_a_line_that_is_not_utf8_is_refused_with_its_number_and_what_helps(self):
        got, said = self.sent(b'one\n\xc4\xe3\xba\xc3\nthree\n', '--encoding', 'gbk', status=1, count=2)
        self.assertEqual(got, [b'one', b'three'])
        self.assertIn('line 2 was not sent: byte C4 at position 1 is not UTF-8', said)
        self.assertIn('--input-encoding=same', said)

    def test_in_the_same_encoding_every_line_goes_as_it_is(self):
        lines = [b'\xd0\xbb\xd0\xbb', b'\xc4\xe3\xba\xc3', b'\xff\x00\xfe', b'ascii', b'\xef\xbb\xbf']
        got, said = self.sent(b'\n'.join(lines) + b'\n', '--encoding', 'gbk', '--input-encoding', 'same', count=len(lines))
        self.assertEqual(got, lines)
        self.assertEqual(said, '')

    def test_send_has_the_encoding_of_the_input(self):
        for words, expected in (([], '你'.encode('gbk')), (['--input-encoding', 'same'], '你'.encode())):
            got, _ = self.sent(b'', '--encoding', 'gbk', '--send', '你', *words)
            self.assertEqual(got, [expected])

    def test_nul_is_a_character_like_any_other(self):
        got, _ = self.sent('ü\0x\n'.encode(), '--encoding', 'utf-16le')
        self.assertEqual(got, ['ü\0x'.encode('utf-16-le')])

    def test_escapes_of_a_line_in_the_same_encoding(self):
        got, _ = self.sent('表\\x41誠\\u8868\n'.encode('shift-jis'), '--encoding', 'shift-jis', '--input-encoding', 'same', '--escapes')
        self.assertEqual(got, ['表A誠表'.encode('shift-jis')])

    def test_lines_that_the_byte_of_a_line_feed_does_not_end_are_refused_in_words(self):
        status, said = self.wrong('udp', '--encoding', 'utf-16le', '--input-encoding', 'same')
        self.assertEqual(status, 2)
        self.assertIn('utf-16le', said)

    def test_a_line_loses_its_end_whichever_it_is(self):
        for data in (b'a\n', b'a\r\n'):
            for name, ending in (('none', b''), ('lf', b'\n'), ('crlf', b'\r\n'), ('cr', b'\r')):
                for encoding in ('utf-8', 'same'):
                    with self.subTest(data=data, ending=name, encoding=encoding):
                        got, _ = self.sent(data, '--line-ending', name, '--input-encoding', encoding)
                        self.assertEqual(got, [b'a' + ending])

    def test_only_the_line_end_goes(self):
        got, _ = self.sent(b'a\r\r\n\r\nb\rc\nd\r', '--line-ending', 'lf', count=4)
        self.assertEqual(got, [b'a\r\n', b'\n', b'b\rc\n', b'd\r'])

    def test_a_line_may_keep_its_end(self):
        got, _ = self.sent(b'a\r\nb\n\nc', '--line-ending', 'keep', count=4)
        self.assertEqual(got, [b'a\r\n', b'b\n', b'\n', b'c'])

    def test_a_byte_order_mark_begins_the_input_and_nothing_else(self):
        got, _ = self.sent('\ufeffa\n\ufeffb\n'.encode(), count=2)
        self.assertEqual(got, [b'a', '\ufeffb'.encode()])
        got, _ = self.sent('\ufeff４１，\\x42\n'.encode(), '--hex')
        self.assertEqual(got, [b'AB'])

    def test_what_is_sent_of_a_long_line_is_told(self):
        listener = self.socket(socket.SOCK_STREAM)
        cli = self.cli('tcp-client', '--remote', here(listener), '--quiet', '--line-ending', 'crlf')
        peer = self.accept(listener)
        first = b'\r' * (LONG - 1)
        cli.write(first + b'\r\nnext\n')  # the parts do not part the line end
        self.assertEqual(self.receive(peer, LONG + 7), first + b'\r\nnext\r\n')
        cli.write(b'x' * LONG + b'\xff\nlast\n')
        self.assertEqual(self.receive(peer, LONG + 6), b'x' * LONG + b'last\r\n')
        self.assertIn(b'the rest of line 3 was not sent', cli.line('err'))
        self.assertEqual(cli.interrupt(), 1)


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
