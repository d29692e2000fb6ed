#!/usr/bin/env python3
# test_echo.py: porthole-cli sends back what arrives, to Python's sockets and to ncat
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   test_echo.py PORTHOLE_CLI [NAME…]
import socket
import sys

sys.dont_write_bytecode = True  # the source tree stays as it is

import harness
from harness import Test, here


class Echo(Test):
    def test_a_datagram_comes_back_and_both_ways_are_in_the_log(self):
        cli = self.json('udp', '--local', '127.0.0.1:0', '--echo')
        peer = self.socket(socket.SOCK_DGRAM, cli.port)
        for text in (b'one', b'', b'\x00\xff'):
            peer.send(text)
            self.assertEqual(peer.recv(10), text)
            came, went = cli.record('in', 'out'), cli.record('in', 'out')
            self.assertEqual((came['kind'], went['kind']), ('in', 'out'))
            self.assertEqual((came['hex'], came['peer']), (went['hex'], went['peer']))
            self.assertEqual(went['peer'], here(peer))
        self.assertEqual(cli.interrupt(), 0)

    def test_lines_from_ncat_come_back_from_a_server(self):
        cli = self.cli('tcp-server', '--local', '127.0.0.1:0', '--echo')
        ncat = self.tool('ncat', '127.0.0.1', str(cli.port))
        for line in (b'one\n', b'two\n'):
            ncat.write(line)
            self.assertEqual(ncat.line('out'), line)
        self.assertEqual(cli.interrupt(), 0)

    def test_a_client_sends_back_what_a_server_says_beside_what_it_is_told_to_send(self):
        server = self.socket(socket.SOCK_STREAM)
        self.cli('tcp-client', '--remote', here(server), '--echo', '--send', 'hello', wait=False)
        client = self.accept(server)
        self.assertEqual(client.recv(5, socket.MSG_WAITALL), b'hello')
        client.sendall(b'and you')
        self.assertEqual(client.recv(7, socket.MSG_WAITALL), b'and you')

    def test_without_it_nothing_comes_back(self):
        cli = self.json('udp', '--local', '127.0.0.1:0')
        peer = self.socket(socket.SOCK_DGRAM, cli.port)
        peer.send(b'one')
        cli.record('in')
        self.assertEqual(cli.interrupt(), 0)
        peer.setblocking(False)
        self.assertRaises((BlockingIOError, ConnectionRefusedError), peer.recv, 10)

    def test_there_is_none_where_a_capture_is_read(self):
        status, told = self.wrong('read', 'any', '--echo')
        self.assertEqual(status, 2)
        self.assertIn('--echo', told)


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
