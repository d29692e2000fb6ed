#!/usr/bin/env python3
# test_repeat.py: repeats of porthole-cli, and the destination of datagrams
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   test_repeat.py PORTHOLE_CLI [NAME…]
import re
import socket
import sys
import threading

sys.dont_write_bytecode = True  # the source tree stays as it is

import harness
from harness import PATIENCE, Test, here


class Repeat(Test):
    def test_so_many_go_out_and_then_it_ends_by_itself(self):
        for interval in ('1', '0'):
            with self.subTest(interval=interval):
                peer = self.socket(socket.SOCK_DGRAM)
                cli = self.json('udp', '--remote', here(peer), '--send', 'tick', '--repeat', interval, '--times', '40',
                                '--no-stdin')
                ended = cli.record('repeat')
                self.assertRegex(ended['text'], r'40 messages, [0-9.,]+ messages/s')
                self.assertEqual('late' in ended['text'], interval != '0')
                self.assertEqual(cli.end(), 0)
                peer.settimeout(harness.PATIENCE)
                self.assertEqual([peer.recv(10) for _ in range(40)], [b'tick'] * 40)
                peer.setblocking(False)
                self.assertRaises(BlockingIOError, peer.recv, 10)

    def test_all_of_it_reaches_a_server_before_it_ends(self):
        server = self.socket(socket.SOCK_STREAM)
        cli = self.json('tcp-client', '--remote', here(server), '--send', 'x' * 1000, '--repeat', '0', '--times', '5000',
                        '--no-stdin')
        client = self.accept(server)
        got = 0
        while data := client.recv(1 << 20):
            got += len(data)
        self.assertEqual(got, 5000 * 1000)
        self.assertEqual(cli.end(), 0)

    def test_lines_that_a_full_queue_refuses_do_not_stop_the_input(self):
        message = '--send', 'x' * 100000, '--repeat', '1'
        listener = self.socket(socket.SOCK_STREAM)
        client = self.json('tcp-client', '--remote', here(listener), *message)
        deaf = [self.accept(listener)]
        server = self.json('tcp-server', '--local', '127.0.0.1:0', *message)
        deaf.append(self.socket(socket.SOCK_STREAM, server.port))
        for cli in client, server:
            cli.record('error', error='queue-full')
            writer = threading.Thread(target=cli.write, args=(b'%999d\n' % 0 * 3000,), daemon=True)  # more than the program keeps
            writer.start()
            writer.join(PATIENCE)
            self.assertFalse(writer.is_alive())

    def test_a_repeat_that_fails_is_an_exit_status(self):
        peer = self.socket(socket.SOCK_DGRAM)
        cli = self.json('udp', '--remote', here(peer), '--hex', '--send', '00' * 65508, '--repeat', '0', '--no-stdin')
        cli.record('error')
        cli.record('repeat')
        self.assertEqual(cli.end(), 1)

    def test_what_makes_no_sense_is_refused(self):
        for words in (('--repeat', '5'), ('--times', '5', '--send', 'x'), ('--repeat', '-1', '--send', 'x'),
                      ('--repeat', '1', '--times', '0', '--send', 'x'), ('--repeat', '1', '--send', 'x', '--send', 'y'),
                      ('--repeat', '3600001', '--send', 'x')):
            with self.subTest(words=words):
                status, told = self.wrong('udp', '--remote', '127.0.0.1:9', *words)
                self.assertEqual(status, 2)
                self.assertRegex(told, '--repeat|--times')


class Destination(Test):
    def test_another_address_of_this_machine_is_shown_and_the_usual_one_only_to_scripts(self):
        cli = self.json('udp', '--local', '0.0.0.0:0')
        peer = self.socket(socket.SOCK_DGRAM)
        peer.sendto(b'one', ('127.0.0.1', cli.port))
        record = cli.record('in')
        self.assertEqual((record['to'], record['clock']), ('127.0.0.1', 'kernel'))
        peer.sendto(b'two', ('127.0.0.2', cli.port))
        self.assertEqual(cli.record('in')['to'], '127.0.0.2')
        self.assertEqual(cli.interrupt(), 0)

        cli = self.cli('udp', '--local', '0.0.0.0:0')
        for host in ('127.0.0.1', '127.0.0.2'):
            peer.sendto(b'x', (host, cli.port))
        usual = cli.until('out', lambda line: '←'.encode() in line).decode()
        other = cli.until('out', lambda line: '←'.encode() in line).decode()
        self.assertNotIn('→', usual)
        self.assertTrue(re.search(r'← 127\.0\.0\.1:\d+ → 127\.0\.0\.2  1 byte', other), other)
        self.assertEqual(cli.interrupt(), 0)

    def test_the_receive_buffer_that_was_given_stands_in_the_log(self):
        cli = self.json('udp', '--local', '127.0.0.1:0')
        self.assertRegex(cli.record('open')['text'], r'receive buffer [0-9.]+ [KM]iB$')
        self.assertEqual(cli.interrupt(), 0)


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
