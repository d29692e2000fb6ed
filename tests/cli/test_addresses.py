#!/usr/bin/env python3
# test_addresses.py: addresses are read as they look, all addresses are both families, and answers leave from the one asked
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   test_addresses.py PORTHOLE_CLI [NAME…]
import socket
import sys
import unittest

sys.dont_write_bytecode = True  # the source tree stays as it is

import harness
from harness import Test


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as probe:
            probe.bind(('::1', 0))
    except OSError:
        return False
    return True


class Reading(Test):
    def test_what_resolvers_read_otherwise_than_it_looks_is_refused(self):
        for host in ('127.0.0.010', '010.0.0.1', '127.1', '1.2.3', '0x7f.1', '0x7f000001', '2130706433', '256.0.0.1',
                     '１２７．１', '127.0.0.1.'):
            for words in (('udp', '--local', f'{host}:0'), ('udp', '--remote', f'{host}:9'),
                          ('tcp-client', '--remote', f'{host}:9'), ('tcp-server', '--local', f'{host}:0')):
                status, said = self.wrong(*words)
                self.assertEqual(status, 2, words)
                self.assertIn('is not an IPv4 address', said, words)

    def test_ports_are_decimal(self):
        for port in (' 0x50', '+80', '65536', 'http', '-1', '1e3'):
            status, said = self.wrong('udp', '--local', f'127.0.0.1:{port}')
            self.assertEqual(status, 2, port)
            self.assertIn('is not a port', said, port)

    def test_a_link_local_address_needs_an_interface_that_exists(self):
        status, said = self.wrong('udp', '--remote', '[fe80::1]:9')
        self.assertEqual(status, 2)
        self.assertIn('as in fe80::1%eth0', said)
        status, said = self.wrong('tcp-client', '--remote', '[fe80::1%no-such-one]:9', '--no-stdin')
        self.assertEqual(status, 1)
        self.assertIn('no such interface', said)

    def test_what_an_input_method_types_is_understood(self):
        for local in ('１２７．０．０．１：０', '127。0。0。1:0', '“127.0.0.1：0”', '\ufeff127.0.0.1:0\u3000', '<127.0.0.1:0>'):
            cli = self.cli('udp', '--local', local)
            self.assertEqual(cli.host, '127.0.0.1', local)
            self.assertEqual(cli.interrupt(), 0)


class Following(Test):
    def answered(self, cli, peer, line):
        """A line that goes to a peer that was heard just now."""
        peer.sendto(b'hello', ('127.0.0.1', cli.port))
        cli.record('in', text='hello')
        cli.write(line + b'\n')
        self.assertEqual(peer.recv(10), line)

    def test_what_is_sent_goes_to_the_last_sender_and_to_the_remote_until_then(self):
        remote, first, second = (self.socket(socket.SOCK_DGRAM) for _ in range(3))
        cli = self.json('udp', '--local', '127.0.0.1:0', '--remote', harness.here(remote), '--send', 'early', '--follow-last-sender')
        self.assertEqual(remote.recv(10), b'early')
        for peer, line in ((first, b'one'), (second, b'two'), (first, b'three')):
            self.answered(cli, peer, line)
        self.assertEqual(cli.interrupt(), 0)
        remote.setblocking(False)
        self.assertRaises(BlockingIOError, remote.recv, 10)

    def test_without_it_the_remote_stays(self):
        remote, other = (self.socket(socket.SOCK_DGRAM) for _ in range(2))
        cli = self.json('udp', '--local', '127.0.0.1:0', '--remote', harness.here(remote))
        other.sendto(b'hello', ('127.0.0.1', cli.port))
        cli.record('in')
        cli.write(b'line\n')
        self.assertEqual(remote.recv(10), b'line')
        self.assertEqual(cli.interrupt(), 0)

    def test_a_repeat_turns_to_each_new_sender_and_its_variable_too(self):
        remote, sender = (self.socket(socket.SOCK_DGRAM) for _ in range(2))
        cli = self.json('udp', '--local', '127.0.0.1:0', '--remote', harness.here(remote), '--variables', '--send', '{peer}',
                        '--repeat', '5', '--follow-last-sender')
        self.assertEqual(remote.recv(100).decode(), harness.here(remote))
        sender.sendto(b'hello', ('127.0.0.1', cli.port))
        self.assertEqual(sender.recv(100).decode(), harness.here(sender))
        self.assertEqual(cli.interrupt(), 0)

    def test_a_connection_has_nobody_to_follow(self):
        for words in (('tcp-client', '--remote', 'a:1'), ('tcp-server', '--local', ':0')):
            status, said = self.wrong(*words, '--follow-last-sender')
            self.assertEqual(status, 2)
            self.assertIn('--follow-last-sender: a connection has one sender only', said)


@unittest.skipUnless(has_ipv6(), 'no IPv6 here')
class Everywhere(Test):
    def second(self, cli):
        return cli.line('err').decode()

    def test_there_is_a_ready_line_and_a_record_for_each_family(self):
        for transport, kind in (('udp', socket.SOCK_DGRAM), ('tcp-server', socket.SOCK_STREAM)):
            cli = self.json(transport)
            self.assertEqual(cli.host, '0.0.0.0')
            self.assertEqual(self.second(cli), f'open {transport} [::]:{cli.port}\n')
            self.assertEqual(cli.record('open')['local'], f'0.0.0.0:{cli.port}')
            self.assertEqual(cli.record('open')['local'], f'[::]:{cli.port}')
            for host, bound in (('::1', '[::]'), ('127.0.0.1', '0.0.0.0')):
                peer = self.socket(kind, cli.port, family=socket.AF_INET6 if ':' in host else socket.AF_INET, host=host)
                peer.sendall(b'hi')
                self.assertEqual(cli.record('in')['local'], f'{bound}:{cli.port}')
            self.assertEqual(cli.interrupt(), 0)

    def test_what_is_typed_goes_out_by_the_family_of_the_peer_heard_last(self):
        cli = self.json('udp')
        for host, family in (('::1', socket.AF_INET6), ('127.0.0.1', socket.AF_INET)):
            peer = self.socket(socket.SOCK_DGRAM, cli.port, family=family, host=host)
            peer.send(b'question')
            cli.record('in')
            cli.write(b'answer\n')
            self.assertEqual(peer.recv(100), b'answer')

    def test_a_port_that_is_taken_in_one_family_is_told(self):
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as other:
            other.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            other.bind(('::', 0))
            port = other.getsockname()[1]
            cli = self.cli('udp', '--local', f':{port}')
            self.assertEqual((cli.host, cli.port), ('0.0.0.0', port))
            self.assertEqual(cli.interrupt(), 0)
            self.assertIn(f'Cannot open UDP on [::]:{port}: that port is in use already',
                          b''.join(cli.all['out']).decode())


class Source(Test):
    def test_netcat_gets_its_answer_from_the_address_that_it_asked(self):
        cli = self.cli('udp', '--local', '0.0.0.0:0', '--echo')
        for host in ('127.0.0.1', '127.0.0.2', '127.7.7.7'):
            netcat = self.tool('nc.openbsd', '-u', '-w', '60', host, str(cli.port))
            netcat.write(b'hi\n')
            self.assertEqual(netcat.line('out'), b'hi\n')


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
