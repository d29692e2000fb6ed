#!/usr/bin/env python3
# test_cli.py: the real porthole-cli against Python's sockets, ncat, socat and netcat, reported as TAP
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   test_cli.py PORTHOLE_CLI [NAME…]
import hashlib
import json
import os
import re
import socket
import struct
import subprocess
import sys
import tempfile
import threading

sys.dont_write_bytecode = True  # the source tree stays as it is

import harness
from harness import Test, here

KEYS = {'seq', 'time', 'kind', 'peer', 'local', 'to', 'clock', 'length', 'text', 'hex'}
TIME = re.compile(r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}(Z|[+-]\d\d:\d\d)$')


class Udp(Test):
    def test_every_record_is_a_json_object_with_all_keys(self):
        cli = self.json('udp', '--local', '127.0.0.1:0')
        peer = self.socket(socket.SOCK_DGRAM, cli.port)
        peer.send('hi, 你好'.encode())
        cli.record('in')
        self.assertEqual(cli.interrupt(), 0)
        records = [json.loads(line) for line in cli.all['out']]
        for record in records:
            self.assertEqual(KEYS - set(record), set())
            self.assertRegex(record['time'], TIME)
        self.assertEqual([r['kind'] for r in records], ['opening', 'open', 'in', 'closed'])
        self.assertEqual(set(records[2]), KEYS)
        self.assertEqual(records[2]['text'], 'hi, 你好')
        self.assertEqual(bytes.fromhex(records[2]['hex']), 'hi, 你好'.encode())
        self.assertEqual(records[2]['length'], 10)
        self.assertEqual(records[2]['peer'], here(peer))
        self.assertEqual(records[2]['local'], f'127.0.0.1:{cli.port}')
        self.assertEqual([r['seq'] for r in records], [1, 2, 3, 4])

    def test_datagrams_of_every_length_arrive_whole(self):
        cli = self.json('udp', '--local', '127.0.0.1:0')
        peer = self.socket(socket.SOCK_DGRAM, cli.port)
        for length in (0, 1, 1472, 65507):
            data = os.urandom(length)
            peer.send(data)
            record = cli.record('in')
            self.assertEqual(record['length'], length)
            self.assertEqual(bytes.fromhex(record['hex']), data)

    def test_datagrams_of_every_length_are_sent_whole(self):
        peer = self.socket(socket.SOCK_DGRAM)
        cli = self.json('udp', '--remote', here(peer), '--hex')
        for length in (0, 1, 65507):
            data = os.urandom(length)
            cli.write(data.hex().encode() + b'\n')
            self.assertEqual(peer.recv(70000), data)
        cli.write(b'00' * 65508 + b'\n')
        cli.record('error')

    def test_lines_go_to_the_remote_without_their_line_end(self):
        peer = self.socket(socket.SOCK_DGRAM)
        cli = self.json('udp', '--remote', here(peer))
        cli.write('one\n\nzwei ü\nlast'.encode())
        cli.popen.stdin.close()
        self.assertEqual([peer.recv(100) for _ in range(4)], [b'one', b'', 'zwei ü'.encode(), b'last'])
        self.assertEqual(cli.record('out')['peer'], here(peer))
        self.assertEqual(cli.interrupt(), 0)

    def test_lines_go_to_the_peer_heard_last(self):
        cli = self.json('udp', '--local', '127.0.0.1:0')
        cli.write(b'nobody yet\n')
        cli.record('error')
        first, second = self.socket(socket.SOCK_DGRAM, cli.port), self.socket(socket.SOCK_DGRAM, cli.port)
        for peer in (first, second, first):
            peer.send(b'me')
            cli.record('in')
            cli.write(b'you\n')
            self.assertEqual(peer.recv(100), b'you')

    def test_messages_wait_for_the_first_peer(self):
        cli = self.json('udp', '--local', '127.0.0.1:0', '--send', 'a', '--send', 'b')
        peer = self.socket(socket.SOCK_DGRAM, cli.port)
        peer.send(b'me')
        self.assertEqual([peer.recv(100), peer.recv(100)], [b'a', b'b'])

    def test_messages_that_nobody_was_there_for_are_told(self):
        cli = self.json('udp', '--local', '127.0.0.1:0', '--send', 'a', '--duration', '0')
        self.assertEqual(cli.end(), 1)
        self.assertIn(b'--send', b''.join(cli.all['err']))

    def test_gbk_both_ways(self):
        peer = self.socket(socket.SOCK_DGRAM)
        cli = self.json('udp', '--remote', here(peer), '--encoding', 'gbk')
        cli.write('你好\n'.encode())
        data, back = peer.recvfrom(100)
        self.assertEqual(data, '你好'.encode('gbk'))
        peer.sendto('世界'.encode('gbk'), ('127.0.0.1', cli.port))
        self.assertEqual(cli.record('in')['text'], '世界')

    def test_a_line_that_cannot_be_encoded_is_told_and_the_next_is_sent(self):
        peer = self.socket(socket.SOCK_DGRAM)
        cli = self.json('udp', '--remote', here(peer), '--encoding', 'latin-1')
        cli.write('ü\n你好\nö\n'.encode())
        self.assertEqual([peer.recv(100), peer.recv(100)], [b'\xfc', b'\xf6'])
        self.assertIn(b'line 2 ', cli.until('err', lambda l: b'line' in l))

    def test_escapes_and_line_endings(self):
        peer = self.socket(socket.SOCK_DGRAM)
        for name, ending in (('none', b''), ('lf', b'\n'), ('crlf', b'\r\n'), ('cr', b'\r')):
            cli = self.json('udp', '--remote', here(peer), '--escapes', '--line-ending', name,
                            '--send', r'a\x41\t\u{4f60}')
            expected = 'aA\t你'.encode() + ending
            self.assertEqual(peer.recv(100), expected)
            cli.write(b'a\\x41\\t\\u{4f60}\n')
            self.assertEqual(peer.recv(100), expected)

    def test_hex_lines_and_bad_ones(self):
        peer = self.socket(socket.SOCK_DGRAM)
        cli = self.json('udp', '--remote', here(peer), '--hex')
        cli.write(b'4g\n123\nde AD be ef\n')
        self.assertEqual(peer.recv(100), b'\xde\xad\xbe\xef')
        self.assertIn(b'line 1 ', cli.line('err'))
        self.assertIn(b'line 2 ', cli.line('err'))

    def test_nothing_of_a_line_that_is_too_long_for_hex_is_sent(self):
        peer = self.socket(socket.SOCK_DGRAM)
        cli = self.json('udp', '--remote', here(peer), '--hex')
        cli.write(b'41' * 800000 + b'\n42\n4g\n')
        self.assertEqual(peer.recv(100), b'B')
        self.assertIn(b'line 1 ', cli.line('err'))
        self.assertIn(b'line 3 ', cli.line('err'))

    def test_nobody_there_is_an_error_and_not_the_end(self):
        gone = self.socket(socket.SOCK_DGRAM)
        where = here(gone)
        gone.close()
        cli = self.json('udp', '--local', '127.0.0.1:0', '--remote', where, '--send', 'x')
        cli.record('error')
        peer = self.socket(socket.SOCK_DGRAM, cli.port)
        peer.send(b'still here')
        self.assertEqual(cli.record('in')['text'], 'still here')
        self.assertEqual(cli.interrupt(), 1)
        self.assertIn(b'not everything arrived', cli.all['err'][-1])

    def test_ipv6(self):
        try:
            peer = self.socket(socket.SOCK_DGRAM, family=socket.AF_INET6, host='::1')
        except OSError:
            self.skipTest('no IPv6 here')
        port = peer.getsockname()[1]
        cli = self.json('udp', '--local', '[::1]:0', '--remote', f'[::1]:{port}', '--send', 'six')
        self.assertEqual(cli.host, '[::1]')
        data, back = peer.recvfrom(100)
        self.assertEqual((data, back[1]), (b'six', cli.port))

    def test_with_socat(self):
        cli = self.json('udp', '--local', '127.0.0.1:0')
        socat = self.tool('socat', '-u', '-', f'UDP-SENDTO:127.0.0.1:{cli.port}')
        socat.write(b'from socat\n')
        self.assertEqual(cli.record('in')['text'], 'from socat\n')

    def test_with_netcat(self):
        cli = self.json('udp', '--local', '127.0.0.1:0')
        netcat = self.tool('nc.openbsd', '-u', '127.0.0.1', str(cli.port))
        netcat.write(b'from netcat\n')
        self.assertEqual(cli.record('in')['text'], 'from netcat\n')
        cli.write(b'back\n')
        cli.record('out')


class TcpClient(Test):
    def connected(self, *words, **options):
        listener = self.socket(socket.SOCK_STREAM)
        cli = self.json('tcp-client', '--remote', here(listener), *words, **options)
        return cli, self.accept(listener)

    def test_an_echo_comes_back(self):
        cli, peer = self.connected('--line-ending', 'lf')
        cli.write(b'hello\n')
        self.assertEqual(self.receive(peer, 6), b'hello\n')
        peer.sendall(b'hello\n')
        self.assertEqual(cli.record('in')['text'], 'hello\n')

    def test_empty_lines_are_nothing_to_send(self):
        cli, peer = self.connected()
        cli.write(b'\n\nx\n')
        self.assertEqual(self.receive(peer, 1), b'x')
        self.assertEqual(cli.interrupt(), 0)
        self.assertNotIn(b'"error"', b''.join(cli.all['out']))

    def test_a_half_close_is_told_and_sending_goes_on(self):
        cli, peer = self.connected('--half-close', '20000')
        peer.shutdown(socket.SHUT_WR)
        self.assertEqual(cli.record('half-closed', 'closed')['kind'], 'half-closed')
        cli.write(b'still\n')
        self.assertEqual(self.receive(peer, 5), b'still')
        self.assertEqual(cli.interrupt(), 0)

    def test_a_close_is_success(self):
        cli, peer = self.connected('--half-close', '1')
        peer.close()
        cli.record('closed')
        self.assertEqual(cli.end(), 0)

    def test_a_reset_is_a_failure(self):
        cli, peer = self.connected()
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        peer.close()
        cli.record('closed')
        self.assertEqual(cli.end(), 1)
        self.assertNotIn(b'half-closed', b''.join(cli.all['out']))

    def test_what_follows_a_reset_is_not_refused_line_by_line(self):
        cli, peer = self.connected()

        def write():
            try:
                while True:
                    cli.write(b'again and again\n' * 64)
            except (OSError, ValueError):
                pass
        threading.Thread(target=write, daemon=True).start()
        self.receive(peer, 100000)
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        peer.close()
        self.assertEqual(cli.popen.wait(harness.PATIENCE), 1)
        last = [json.loads(line) for line in iter(lambda: cli.line('out'), None)][-1]
        self.assertEqual(last['kind'], 'closed')

    def test_refused_is_a_failure_with_words(self):
        gone = self.socket(socket.SOCK_STREAM)
        where = here(gone)
        gone.close()
        status, err = self.wrong('tcp-client', '--remote', where, '--no-stdin')
        self.assertEqual(status, 1)
        self.assertIn(where, err)
        self.assertNotIn('open tcp-client', err)

    def test_a_name_that_does_not_resolve_is_a_failure_with_words(self):
        status, err = self.wrong('tcp-client', '--remote', 'no-such-host.invalid:80', '--no-stdin')
        self.assertEqual(status, 1)
        self.assertIn('no-such-host.invalid', err)

    def test_a_character_cut_between_reads_is_whole(self):
        listener = self.socket(socket.SOCK_STREAM)
        cli = self.json('tcp-client', '--remote', here(listener))
        peer = self.accept(listener)
        peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        data = '你'.encode()
        peer.sendall(data[:1])
        first = cli.record('in')
        peer.sendall(data[1:] + b'!')
        self.assertEqual(first['text'] + cli.record('in')['text'], '你!')

    def test_a_character_that_is_never_finished_is_not_lost(self):
        listener = self.socket(socket.SOCK_STREAM)
        cli = self.cli('tcp-client', '--remote', here(listener), '--half-close', '1')
        peer = self.accept(listener)
        peer.sendall(b'abc\xe4')
        peer.close()
        self.assertEqual(cli.end(), 0)
        self.assertIn('⟨E4⟩', b''.join(cli.all['out']).decode())

    def test_fifty_megabytes_from_a_pipe_arrive_byte_for_byte(self):
        listener = self.socket(socket.SOCK_STREAM)
        block = os.urandom(1 << 20)
        size, sent, got = 50 << 20, hashlib.sha256(), hashlib.sha256()
        cli = self.cli('tcp-client', '--remote', here(listener), '--line-ending', 'keep',
                       '--input-encoding', 'same', '--quiet')
        peer = self.accept(listener)

        def feed():
            for i in range(size // len(block)):
                part = block[i:] + block[:i]
                sent.update(part)
                cli.popen.stdin.write(part)
            cli.popen.stdin.close()
        feeder = threading.Thread(target=feed, daemon=True)
        feeder.start()
        left = size
        while left > 0:
            part = peer.recv(min(left, 1 << 20))
            self.assertNotEqual(part, b'')
            got.update(part)
            left -= len(part)
        feeder.join(harness.PATIENCE)
        self.assertEqual(got.hexdigest(), sent.hexdigest())
        peer.setblocking(False)
        self.assertRaises(BlockingIOError, peer.recv, 1)
        self.assertEqual(cli.interrupt(), 0)

    def test_raw_output_is_what_came_byte_for_byte(self):
        listener = self.socket(socket.SOCK_STREAM)
        data = os.urandom(3 << 20)
        with tempfile.TemporaryFile() as out:
            popen = subprocess.Popen([harness.PROGRAM, 'tcp-client', '--remote', here(listener), '--format', 'raw',
                                      '--no-stdin', '--half-close', '1'], stdin=subprocess.DEVNULL, stdout=out,
                                     stderr=subprocess.DEVNULL)
            peer = self.accept(listener)
            peer.sendall(data)
            peer.close()
            self.assertEqual(popen.wait(harness.PATIENCE), 0)
            out.seek(0)
            self.assertEqual(out.read(), data)

    def test_regular_files_are_input_too(self):
        listener = self.socket(socket.SOCK_STREAM)
        with tempfile.TemporaryFile() as data:
            data.write(b'line\n' * 1000)
            data.seek(0)
            popen = subprocess.Popen([harness.PROGRAM, 'tcp-client', '--remote', here(listener), '--line-ending', 'lf',
                                      '-q'], stdin=data, stderr=subprocess.DEVNULL)
            self.addCleanup(popen.wait)
            self.addCleanup(popen.kill)
            self.assertEqual(self.receive(self.accept(listener), 5000), b'line\n' * 1000)

    def test_input_that_was_made_not_to_wait_is_waited_for(self):
        listener = self.socket(socket.SOCK_STREAM)
        reader, writer = os.pipe()
        os.set_blocking(reader, False)
        popen = subprocess.Popen([harness.PROGRAM, 'tcp-client', '--remote', here(listener), '-q'], stdin=reader,
                                 stderr=subprocess.DEVNULL)
        self.addCleanup(popen.wait)
        self.addCleanup(popen.kill)
        self.addCleanup(os.close, writer)
        os.close(reader)
        peer = self.accept(listener)
        for _ in range(200):        # some of the reads find nothing
            os.write(writer, b'line\n')
            self.assertEqual(self.receive(peer, 4), b'line')


class TcpServer(Test):
    def test_clients_join_hear_and_leave(self):
        cli = self.json('tcp-server', '--local', '127.0.0.1:0')
        peers = []
        for _ in range(3):
            peers.append(self.socket(socket.SOCK_STREAM, cli.port))
            self.assertEqual(cli.record('joined')['peer'], here(peers[-1]))
        peers[1].sendall(b'from one')
        record = cli.record('in')
        self.assertEqual((record['peer'], record['text']), (here(peers[1]), 'from one'))
        cli.write(b'to all\n')
        for peer in peers:
            self.assertEqual(self.receive(peer, 6), b'to all')
        peers[0].setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        peers[0].close()
        self.assertEqual(cli.record('left')['peer'], f'127.0.0.1:{peer_port(cli, 0)}')
        self.assertEqual(cli.interrupt(), 0)

    def test_nobody_to_send_to_is_told(self):
        cli = self.json('tcp-server', '--local', '127.0.0.1:0')
        cli.write(b'hello?\n')
        cli.record('error')
        peer = self.socket(socket.SOCK_STREAM, cli.port)
        cli.record('joined')
        cli.write(b'hello!\n')
        self.assertEqual(self.receive(peer, 6), b'hello!')

    def test_three_ncats(self):
        cli = self.json('tcp-server', '--local', '127.0.0.1:0')
        ncats = [self.tool('ncat', '127.0.0.1', str(cli.port)) for _ in range(3)]
        for _ in ncats:
            cli.record('joined')
        for i, ncat in enumerate(ncats):
            ncat.write(b'ncat %d\n' % i)
            self.assertEqual(cli.record('in')['text'], f'ncat {i}\n')
        cli.write(b'all of you\n')
        cli.record('out')
        cli.interrupt()
        for ncat in ncats:
            ncat.end()
            self.assertEqual(ncat.all['out'], [b'all of you'])

    def test_what_a_client_did_not_read_is_accounted_for_to_the_byte_in_few_lines(self):
        cli = self.cli('tcp-server', '--local', '127.0.0.1:0', '--quiet', '--line-ending', 'lf')
        deaf, reader = self.socket(socket.SOCK_STREAM, cli.port), self.socket(socket.SOCK_STREAM, cli.port)
        for peer in (deaf, reader):  # both have joined
            peer.sendall(b'?')
        cli.write(b'begin\n')
        self.assertEqual([self.receive(peer, 6) for peer in (deaf, reader)], [b'begin\n'] * 2)
        batch, times = b''.join(b'%1023d\n' % number for number in range(500)), 60
        for _ in range(times):
            cli.write(batch)
            self.assertEqual(self.receive(reader, len(batch)), batch)
        cli.interrupt()
        told = b''.join(cli.all['err']).decode()
        refused = told.count('Nothing of the message went out') + sum(
            int(count.replace(',', '')) for count in re.findall(r'([\d,]+) more messages? w', told))
        lost = sum(int(count.replace(',', '')) for count in re.findall(r'[Ll]ost: ([\d,]+) bytes', told))
        self.assertLess(told.count('\n'), 30)
        self.assertGreater(refused, 1000)
        received = 0
        while data := deaf.recv(1 << 20):
            received += len(data)
        self.assertEqual(received + lost + refused * 1024, times * len(batch))

    def test_a_client_limit_is_kept(self):
        cli = self.json('tcp-server', '--local', '127.0.0.1:0', '--max-clients', '1')
        first = self.socket(socket.SOCK_STREAM, cli.port)
        cli.record('joined')
        self.socket(socket.SOCK_STREAM, cli.port)
        self.assertEqual(cli.record('joined', 'error')['kind'], 'error')
        first.close()
        cli.record('left')

    def test_a_port_in_use_is_a_failure_with_words_and_a_hint(self):
        taken = self.socket(socket.SOCK_STREAM)
        status, err = self.wrong('tcp-server', '--local', here(taken), '--no-stdin')
        self.assertEqual(status, 1)
        self.assertIn(here(taken), err)
        self.assertGreaterEqual(len(err.splitlines()), 2)


def peer_port(cli, index):
    joined = [r for r in map(json.loads, cli.all['out']) if r['kind'] == 'joined']
    return int(joined[index]['peer'].rsplit(':', 1)[1])


class Output(Test):
    NASTY = bytes(range(32)) + b'\x7f' + '\u202e\u200b\x9b'.encode() + b'\xff\xfe'

    def heard(self, *words):
        """What is on standard output after a peer sent everything that must not reach a terminal."""
        cli = self.cli('udp', '--local', '127.0.0.1:0', '--count', '1', *words)
        self.socket(socket.SOCK_DGRAM, cli.port).send(self.NASTY)
        self.assertEqual(cli.end(), 0)
        return b''.join(cli.all['out'])

    def test_control_characters_never_reach_a_terminal(self):
        for format in ('log', 'netassist', 'json'):
            text = self.heard('--format', format).decode()
            for c in text:
                self.assertFalse((ord(c) < 32 and c not in '\n\t\r') or 0x7f <= ord(c) < 0xa0 or c in '\u202e\u200b',
                                 f'{c!r} in {format}: {text!r}')

    def test_a_peer_cannot_forge_a_json_line(self):
        cli = self.json('udp', '--local', '127.0.0.1:0', '--count', '1')
        self.socket(socket.SOCK_DGRAM, cli.port).send(b'"}\n{"kind":"forged"}')
        self.assertEqual(cli.end(), 0)
        self.assertNotIn('forged', [json.loads(line)['kind'] for line in cli.all['out']])

    def test_raw_is_the_payload_and_nothing_else(self):
        self.assertEqual(self.heard('--format', 'raw'), self.NASTY)

    def test_netassist_is_the_text_its_users_know(self):
        cli = self.cli('udp', '--local', '127.0.0.1:0', '--count', '1', '--format', 'netassist')
        peer = self.socket(socket.SOCK_DGRAM, cli.port)
        peer.send(b'payload')
        self.assertEqual(cli.end(), 0)
        port = peer.getsockname()[1]
        self.assertRegex(b''.join(cli.all['out']).decode(),
                         r'\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\]'
                         r'# RECV ASCII FROM 127\.0\.0\.1 :%d>\npayload\n' % port)

    def test_quiet_writes_no_log(self):
        self.assertEqual(self.heard('--quiet'), b'')

    def test_count_stops_after_exactly_that_many(self):
        cli = self.json('udp', '--local', '127.0.0.1:0', '--count', '3')
        peer = self.socket(socket.SOCK_DGRAM, cli.port)
        for _ in range(3):
            peer.send(b'x')
        self.assertEqual(cli.end(), 0)
        self.assertEqual([json.loads(l)['kind'] for l in cli.all['out']].count('in'), 3)

    def test_count_shows_no_more_than_that_many(self):
        cli = self.json('udp', '--local', '127.0.0.1:0', '--count', '3')
        peer = self.socket(socket.SOCK_DGRAM, cli.port)
        try:
            for _ in range(100):
                peer.send(b'x')
        except ConnectionRefusedError:
            pass
        self.assertEqual(cli.end(), 0)
        self.assertEqual([json.loads(l)['kind'] for l in cli.all['out']].count('in'), 3)

    def test_a_pipe_that_nobody_reads_ends_it_quietly(self):
        popen = subprocess.Popen([harness.PROGRAM, 'udp', '--local', '127.0.0.1:0', '--no-stdin'],
                                 stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(popen.kill)
        port = int(popen.stderr.readline().rsplit(b':', 1)[1])
        popen.stdout.close()
        self.socket(socket.SOCK_DGRAM, port).send(b'x')
        self.assertEqual(popen.wait(harness.PATIENCE), 0)
        self.assertEqual(popen.stderr.read(), b'')
        popen.stderr.close()

    def test_a_full_disk_is_a_failure_with_words(self):
        if not os.path.exists('/dev/full'):
            self.skipTest('no /dev/full here')
        with open('/dev/full', 'wb') as full:
            done = subprocess.run([harness.PROGRAM, 'udp', '--local', '127.0.0.1:0', '--no-stdin'],
                                  stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE,
                                  timeout=harness.PATIENCE)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b'write', done.stderr)

    def test_a_closed_output_is_no_descriptor_for_something_else(self):
        with tempfile.TemporaryDirectory() as folder:
            capture = os.path.join(folder, 'capture')
            process = harness.Process(['sh', '-c', 'exec "$@" <&- >&-', 'sh', harness.PROGRAM, 'udp', '--local', '127.0.0.1:0',
                                       '--capture', capture, '--duration', '0.2'])
            self.addCleanup(process.kill)
            self.assertEqual(process.end(), 1)
            self.assertIn(b'cannot write to standard output', process.all['err'][-1])
            done = subprocess.run([harness.PROGRAM, 'read', capture], capture_output=True, timeout=harness.PATIENCE)
            self.assertEqual((done.returncode, done.stderr), (0, b''))


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
