#!/usr/bin/env python3
# test_template.py: variables, pieces and quick commands of porthole-cli, against plain sockets and other programs
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   test_template.py PORTHOLE_CLI [NAME…]
import json
import os
import re
import socket
import sys
import tempfile
import time
import uuid

sys.dont_write_bytecode = True  # the source tree stays as it is

import harness
from harness import Test, here


class Variables(Test):
    def udp(self, *words, **options):
        peer = self.socket(socket.SOCK_DGRAM)
        return peer, self.cli('udp', '--remote', here(peer), '--quiet', '--local', '127.0.0.1:0', '--variables', *words, **options)

    def refused(self, *words, **options):
        cli = self.cli('udp', '--local', '127.0.0.1:0', '--remote', '127.0.0.1:9', '--variables', '--quiet', *words, **options)
        return cli

    def test_each_variable_has_its_value(self):
        peer, cli = self.udp('--no-stdin', '--send', '{counter:03d}|{time:%Y-%m-%d}|{unix}|{unix_ms}|{uuid}|{random_int:5,7}|{peer}|{local}|{{x}}')
        before = time.time()
        n, day, second, ms, name, number, to, local, braces = peer.recv(1000).decode().split('|')
        after = time.time()
        self.assertEqual(n, '001')
        self.assertIn(day, {time.strftime('%Y-%m-%d', time.localtime(at)) for at in (before - 60, after)})
        self.assertLess(abs(int(second) - before), 60)
        self.assertLess(abs(int(ms) / 1000 - before), 60)
        self.assertEqual(uuid.UUID(name).version, 4)
        self.assertIn(number, '567')
        self.assertEqual((to, braces), (here(peer), '{x}'))
        self.assertEqual(local, f'127.0.0.1:{cli.port}')
        cli.interrupt()

    def test_lines_and_repeats_are_counted_one_by_one(self):
        peer, cli = self.udp('--duration', '100')
        cli.write(b'a{counter}\nb{counter:start=10,step=5}\n{counter:02x}\n')
        self.assertEqual([peer.recv(100) for _ in range(3)], [b'a1', b'b15', b'03'])
        cli.interrupt()
        peer, cli = self.udp('--no-stdin', '--send', '{counter},', '--repeat', '1', '--times', '50')
        self.assertEqual([peer.recv(100) for _ in range(50)], [b'%d,' % n for n in range(1, 51)])
        self.assertEqual(cli.end(), 0)

    def test_a_stream_at_full_speed_has_every_number_once(self):
        listener = self.socket(socket.SOCK_STREAM)
        cli = self.cli('tcp-client', '--remote', here(listener), '--quiet', '--variables', '--escapes', '--send', '{counter}\\n',
                       '--repeat', '0', '--times', '20000', '--no-stdin')
        peer, got = self.accept(listener), b''
        while part := peer.recv(1 << 16):
            got += part
        self.assertEqual(got, b''.join(b'%d\n' % n for n in range(1, 20001)))
        self.assertEqual(cli.end(), 0)

    def test_hex_digits_take_numbers_as_bytes(self):
        peer, cli = self.udp('--no-stdin', '--hex', '--send', 'AA {counter:04x,start=258} {random:3}', '--check', 'sum-8')
        got = peer.recv(100)
        self.assertEqual((got[:3], len(got), got[-1]), (b'\xaa\x01\x02', 7, sum(got[:-1]) & 0xFF))
        cli.interrupt()

    def test_without_the_option_braces_are_braces(self):
        peer = self.socket(socket.SOCK_DGRAM)
        cli = self.cli('udp', '--remote', here(peer), '--quiet', '--no-stdin', '--send', '{counter}')
        self.assertEqual(peer.recv(100), b'{counter}')
        cli.interrupt()

    def test_what_is_no_variable_or_needs_an_answer_is_refused(self):
        for text, said in (('a{conter}', '“{conter}” is not a variable'), ('{ask:Name}', '“{ask:Name}” needs somebody to ask'),
                           ('}', 'the “}” at position 1'), ('{file:nothing.bin}', 'Cannot send the file “nothing.bin”')):
            status, error = self.wrong('udp', '--variables', '--send', text)
            self.assertEqual(status, 2)
            self.assertIn(said, error)

    def test_files_are_read_only_where_the_user_named_them(self):
        with tempfile.TemporaryDirectory() as top:
            folder = os.path.join(top, 'files')
            os.mkdir(folder)
            for name, data in ((os.path.join(folder, 'in'), b'\0\xff'), (os.path.join(top, 'out'), b'secret'),
                               (os.path.join(top, 'files-too'), b'secret')):
                with open(name, 'wb') as file:
                    file.write(data)
            os.symlink('../out', os.path.join(folder, 'link'))
            os.symlink('in', os.path.join(folder, 'good'))
            peer, cli = self.udp('--files', folder)
            tries = ['../out', os.path.join(top, 'out'), 'link', '../files-too', '/dev/zero', '.', 'missing', '~/x']
            for name in tries:
                cli.write(b'{file:%s}\n' % name.encode())
            cli.write(b'<{file:in}{file:good}>\n')
            self.assertEqual(peer.recv(100), b'<\0\xff\0\xff>')
            self.assertEqual(cli.interrupt(), 1)
            said = b''.join(cli.all['err']).decode()
            self.assertEqual(len(re.findall('line [1-8] was not sent: Cannot send the file', said)), len(tries), said)
            peer, cli = self.udp()
            cli.write(b'{file:%s}\n{counter}\n' % os.path.join(folder, 'in').encode())
            self.assertEqual(peer.recv(100), b'1')
            self.assertEqual(cli.interrupt(), 1)
            self.assertIn('no folder of files was named', b''.join(cli.all['err']).decode())


class Pieces(Test):
    def pieces(self, text, *words):
        """What the peer gets, and the length of each OUT record."""
        listener = self.socket(socket.SOCK_STREAM)
        cli = self.json('tcp-client', '--remote', here(listener), '--no-stdin', '--send', text, *words)
        peer = self.accept(listener)
        got = self.receive(peer, len(text))
        peer.close()
        cli.end()
        records = [json.loads(line) for line in cli.all['out']]
        return got, [record['length'] for record in records if record['kind'] == 'out']

    def test_sizes_and_pauses(self):
        got, sent = self.pieces('0123456789', '--piece', '3', '--piece-pause', '5')
        self.assertEqual((got, sent), (b'0123456789', [3, 3, 3, 1]))

    def test_random_sizes_are_the_same_for_a_seed(self):
        text = 'x' * 500
        words = [text, '--piece', '40', '--piece-random']
        first, second, other = (self.pieces(*words, seed) for seed in ('7', '7', '8'))
        self.assertEqual(first, second)
        self.assertNotEqual(first[1], other[1])
        for got, sent in (first, other):
            self.assertEqual((got, sum(sent)), (text.encode(), 500))
            self.assertTrue(all(1 <= size <= 40 for size in sent))

    def test_what_makes_no_sense_is_refused(self):
        for words, said in ((['udp', '--piece', '3'], 'a datagram goes out whole'), (['tcp-client', '-r', 'a:1', '--piece', '0'], '--piece: choose'),
                            (['tcp-client', '-r', 'a:1', '--piece-pause', '3'], '--piece-pause makes sense only with --piece'),
                            (['tcp-client', '-r', 'a:1', '--piece', '3', '--piece-random', 'x'], '--piece-random: choose a number')):
            status, error = self.wrong(*words)
            self.assertEqual(status, 2)
            self.assertIn(said, error)


class Commands(Test):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, name, content):
        path = os.path.join(self.folder.name, name)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(content if isinstance(content, str) else json.dumps(content))
        return path

    def commands(self, *commands):
        return self.file('commands.json', {'porthole-commands': 1, 'groups': [{'name': None, 'commands': list(commands)}]})

    def test_they_go_out_in_order_so_often_and_with_their_options(self):
        peer = self.socket(socket.SOCK_DGRAM)
        path = self.commands({'name': 'one', 'text': '{counter}', 'variables': True},
                             {'name': 'two', 'text': '01 03', 'hex': True, 'check': 'crc-16/modbus', 'target': '127.0.0.1:9'})
        cli = self.json('udp', '--remote', here(peer), '--commands', path, '--command', 'two', '--command', 'one', '--rounds', '2', '--no-stdin')
        self.assertEqual([peer.recv(100) for _ in range(4)], [b'\x01\x03\x40\x21', b'1', b'\x01\x03\x40\x21', b'2'])
        self.assertEqual(cli.end(), 0)
        self.assertIn(b'4 messages sent, the sequence of 2 has ended', b''.join(cli.all['out']))

    def test_without_a_remote_each_has_its_own_target_and_a_client_connects_to_it(self):
        first, second = self.socket(socket.SOCK_DGRAM), self.socket(socket.SOCK_DGRAM)
        listener = self.socket(socket.SOCK_STREAM)
        path = self.commands({'name': 'a', 'text': 'to first', 'target': here(first)}, {'name': 'b', 'text': 'to second', 'target': here(second)},
                             {'name': 'c', 'text': 'hello', 'target': here(listener), 'transport': 'tcp-client'})
        cli = self.cli('udp', '--commands', path, '--command', 'a', '--command', 'b', '--rounds', '1', '--no-stdin')
        self.assertEqual((first.recv(100), second.recv(100), cli.end()), (b'to first', b'to second', 0))
        cli = self.cli('tcp-client', '--commands', path, '--command', 'c', '--no-stdin')
        peer = self.accept(listener)
        self.assertEqual(self.receive(peer, 5), b'hello')
        peer.close()
        cli.end()

    def test_delays_are_kept(self):
        peer = self.socket(socket.SOCK_DGRAM)
        path = self.commands({'name': 'a', 'text': 'a'})
        cli = self.json('udp', '--remote', here(peer), '--commands', path, '--command', 'a', '--rounds', '4', '--delay', '50', '--no-stdin')
        self.assertEqual(cli.end(), 0)
        times = [json.loads(line)['time'] for line in cli.all['out'] if b'"kind":"out"' in line.replace(b' ', b'')]
        seconds = [float(at.split(':')[-1].rstrip('Z').split('+')[0]) for at in times]
        self.assertEqual(len(seconds), 4)
        self.assertGreater((seconds[-1] - seconds[0]) % 60, 0.1)

    def test_tables_and_the_first_error_ends_the_sequence(self):
        peer = self.socket(socket.SOCK_DGRAM)
        path = self.file('table.csv', 'name,text\nping,hi\nlarge,' + 'x' * 65520 + '\n')
        cli = self.cli('udp', '--remote', here(peer), '--commands', path, '--command', 'ping', '--command', 'large', '--rounds', '0', '--no-stdin')
        self.assertEqual(peer.recv(100), b'hi')
        self.assertEqual(cli.end(), 1)

    def test_a_file_of_somebody_else_reads_nothing_and_starts_nothing(self):
        secret = self.file('secret', 'secret')
        path = self.commands({'name': 'a', 'text': '{file:%s}' % secret, 'variables': True})
        status, error = self.wrong('udp', '--remote', '127.0.0.1:9', '--commands', path, '--command', 'a')
        self.assertEqual(status, 2)
        self.assertIn('no folder of files was named', error)

    def test_what_is_wrong_is_refused_before_anything_is_opened(self):
        path = self.commands({'name': 'a', 'text': '{ask:x}', 'variables': True}, {'name': 'b', 'text': '0', 'hex': True})
        broken = self.file('broken.json', '{"porthole-commands": 1, ')
        for words, said in ((['--commands', path], '--commands makes sense only with --command'),
                            (['--command', 'a'], '--command makes sense only with --commands'),
                            (['--commands', path, '--command', 'nobody'], '“nobody”'),
                            (['--commands', path, '--command', 'a'], 'needs somebody to ask'),
                            (['--commands', path, '--command', 'b'], '--command “b”: '),
                            (['--commands', broken, '--command', 'a'], 'broken.json'),
                            (['--commands', path + '.none', '--command', 'a'], '--commands: '),
                            (['--commands', path, '--command', 'a', '--rounds', '-1'], '--rounds: choose')):
            status, error = self.wrong('udp', '--remote', '127.0.0.1:9', *words)
            self.assertEqual(status, 2, words)
            self.assertIn(said, error)


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
