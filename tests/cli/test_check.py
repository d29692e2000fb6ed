#!/usr/bin/env python3
# test_check.py: check bytes, prefix and suffix of porthole-cli against other implementations: binascii, zlib, and one bit by bit
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   test_check.py PORTHOLE_CLI [NAME…]
import binascii
import functools
import operator
import random
import socket
import sys
import zlib

sys.dont_write_bytecode = True  # the source tree stays as it is

import harness
from harness import Test, here


def crc(width, poly, init, reflected, xorout):
    """By the definition, a bit at a time."""
    def compute(data):
        value, top = init, 1 << (width - 1)
        for byte in data:
            bits = range(8) if reflected else range(7, -1, -1)
            for bit in bits:
                out = bool(value & top) != bool(byte >> bit & 1)
                value = (value << 1) & ((1 << width) - 1) ^ (poly if out else 0)
        if reflected:
            value = int(f'{value:0{width}b}'[::-1], 2)
        return value ^ xorout
    return compute


def fletcher(data):
    first = second = 0
    for byte in data:
        first = (first + byte) % 255
        second = (second + first) % 255
    return second << 8 | first


def xor(data):
    return functools.reduce(operator.xor, data, 0)


# name: (bytes, low byte first, function)
CHECKS = {
    'sum-8': (1, False, lambda data: sum(data) & 0xFF),
    'sum-16': (2, False, lambda data: sum(data) & 0xFFFF),
    'sum-8/complement': (1, False, lambda data: -sum(data) & 0xFF),
    'xor-8': (1, False, xor),
    'lrc': (1, False, lambda data: -sum(data) & 0xFF),
    'crc-8': (1, False, crc(8, 0x07, 0, False, 0)),
    'crc-8/maxim': (1, True, crc(8, 0x31, 0, True, 0)),
    'crc-16/modbus': (2, True, crc(16, 0x8005, 0xFFFF, True, 0)),
    'crc-16/ccitt-false': (2, False, lambda data: binascii.crc_hqx(data, 0xFFFF)),
    'crc-16/xmodem': (2, False, lambda data: binascii.crc_hqx(data, 0)),
    'crc-16/kermit': (2, True, crc(16, 0x1021, 0, True, 0)),
    'crc-16/arc': (2, True, crc(16, 0x8005, 0, True, 0)),
    'crc-16/usb': (2, True, crc(16, 0x8005, 0xFFFF, True, 0xFFFF)),
    'crc-16/dnp': (2, True, crc(16, 0x3D65, 0, True, 0xFFFF)),
    'crc-16/x-25': (2, True, crc(16, 0x1021, 0xFFFF, True, 0xFFFF)),
    'crc-32': (4, True, zlib.crc32),
    'crc-32c': (4, True, crc(32, 0x1EDC6F41, 0xFFFFFFFF, True, 0xFFFFFFFF)),
    'crc-32/mpeg-2': (4, False, crc(32, 0x04C11DB7, 0xFFFFFFFF, False, 0)),
    'crc-64/xz': (8, True, crc(64, 0x42F0E1EBA9EA3693, 2 ** 64 - 1, True, 2 ** 64 - 1)),
    'adler-32': (4, False, zlib.adler32),
    'fletcher-16': (2, False, fletcher),
}


def expected(name, data, order=None, form='bytes'):
    size, little, compute = CHECKS[name]
    little = little if order is None else order == 'little'
    value = compute(data).to_bytes(size, 'little' if little else 'big')
    return {'bytes': value, 'hex': value.hex().encode(), 'HEX': value.hex().upper().encode()}[form]


class Check(Test):
    def sent(self, *words, lines):
        """What a peer gets of these lines of hex digits."""
        peer = self.socket(socket.SOCK_DGRAM)
        cli = self.cli('udp', '--remote', here(peer), '--quiet', '--local', '127.0.0.1:0', *words)
        cli.write(b''.join(line + b'\n' for line in lines))
        cli.popen.stdin.close()
        got = [peer.recv(70000) for _ in lines]
        self.assertEqual(cli.interrupt(), 0, cli.all['err'])
        return got

    def test_every_check_is_what_others_compute(self):
        dice = random.Random(7)
        messages = [dice.randbytes(length) for length in (0, 1, 2, 7, 8, 9, 16, 63, 257, 1000, 20000)]
        for name in CHECKS:
            with self.subTest(check=name):
                got = self.sent('--hex', '--check', name, lines=[message.hex().encode() for message in messages])
                self.assertEqual(got, [message + expected(name, message) for message in messages])

    def test_every_order_form_and_part(self):
        message = bytes(range(40))
        for name in CHECKS:
            for order in ('little', 'big'):
                for form in ('bytes', 'hex', 'HEX'):
                    words = f'{name},from=3,to=5,order={order},form={form}'
                    with self.subTest(check=words):
                        got = self.sent('--hex', '--check', words, lines=[message.hex().encode()])
                        self.assertEqual(got, [message + expected(name, message[3:-5], order, form)])

    def test_prefix_text_line_ending_check_bytes_and_suffix_in_that_order(self):
        got = self.sent('--prefix', '02', '--suffix', '03 0D', '--check', 'xor-8', '--line-ending', 'crlf', '--encoding', 'gbk',
                        lines=['你好'.encode(), b'ok'])
        for text, message in zip(('你好', 'ok'), got):
            covered = b'\x02' + text.encode('gbk') + b'\r\n'
            self.assertEqual(message, covered + bytes([xor(covered)]) + b'\x03\r')

    def test_modbus_ascii_and_nmea(self):
        self.assertEqual(self.sent('--prefix', '3A', '--check', 'lrc,from=1,over=hex,form=HEX', '--suffix', '0D0A', lines=[b'0103006B0003']),
                         [b':0103006B00038E\r\n'])
        self.assertEqual(self.sent('--check', 'nmea', '--suffix', '0D0A', lines=[b'$GPGLL,5300.97914,N,00259.98174,E,125926,A']),
                         [b'$GPGLL,5300.97914,N,00259.98174,E,125926,A*28\r\n'])

    def test_a_repeat_has_them_too(self):
        peer = self.socket(socket.SOCK_DGRAM)
        cli = self.cli('udp', '--remote', here(peer), '--quiet', '--local', '127.0.0.1:0', '--hex', '--send', '010300000002', '--check',
                       'modbus', '--repeat', '1', '--times', '3', '--no-stdin')
        self.assertEqual([peer.recv(100) for _ in range(3)], [bytes.fromhex('010300000002C40B')] * 3)
        cli.end()

    def test_what_is_not_understood_is_refused_before_anything_is_opened(self):
        for words, said in ((['--check', 'crc-17'], '--check: “crc-17” is not understood in the check bytes'),
                            (['--check', 'lrc,form=Hex'], '--check: “form=Hex” is not understood in the check bytes'),
                            (['--prefix', '0G'], '--prefix: '), (['--suffix', '0'], '--suffix: ')):
            status, error = self.wrong('udp', *words)
            self.assertEqual(status, 2)
            self.assertIn(said, error)

    def test_a_line_whose_digits_are_none_is_told_and_the_others_go(self):
        peer = self.socket(socket.SOCK_DGRAM)
        cli = self.cli('udp', '--remote', here(peer), '--quiet', '--local', '127.0.0.1:0', '--check', 'lrc,over=hex')
        cli.write(b'01\nxy\n02\n')
        cli.popen.stdin.close()
        self.assertEqual([peer.recv(100) for _ in range(2)], [b'01\xff', b'02\xfe'])
        self.assertEqual(cli.interrupt(), 1)
        self.assertIn('line 2 was not sent: The check bytes cover hex digits', b''.join(cli.all['err']).decode())


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
