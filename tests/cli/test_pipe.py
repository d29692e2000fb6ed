#!/usr/bin/env python3
# test_pipe.py: porthole-cli as a pipe, both ways, against netcat and socat; and what ends it then
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   test_pipe.py PORTHOLE_CLI [NAME…]
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # the source tree stays as it is

import harness
from harness import Test

SIZE = 64 * 1024 * 1024


def digest(path):
    with open(path, 'rb') as file:
        return hashlib.file_digest(file, 'sha256').hexdigest() if hasattr(hashlib, 'file_digest') else hashlib.sha256(file.read()).hexdigest()


class Pipe(Test):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def big(self):
        path = self.path('big')
        block = os.urandom(1 << 20)
        with open(path, 'wb') as out:
            for i in range(SIZE >> 20):
                out.write(i.to_bytes(4, 'big') + block[4:])
        return path

    def start(self, argv, stdin, stdout):
        process = subprocess.Popen(argv, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def free_port(self):
        sock = socket.socket()
        sock.bind(('127.0.0.1', 0))
        port = sock.getsockname()[1]
        sock.close()
        return port

    def program(self, *names):
        found = next((path for path in map(shutil.which, names) if path), None)
        if found is None:
            self.skipTest(f'{names[0]} is not installed')
        return found

    def listening(self, port):
        """Waits until somebody listens there: /proc says so."""
        wanted = f':{port:04X} '
        deadline = time.monotonic() + harness.PATIENCE
        while time.monotonic() < deadline:
            for name in ('/proc/net/tcp', '/proc/net/tcp6'):
                with open(name, encoding='ascii') as table:
                    if any(wanted in line and line.split()[3] == '0A' for line in table):
                        return
        raise AssertionError('nobody listens')

    def both_ways(self, argv):
        """@argv listens at PORT with standard input and output, and half-closes at the end of its input."""
        big, port = self.big(), self.free_port()
        with open(big, 'rb') as source, open(self.path('theirs'), 'wb') as sink:
            peer = self.start([word.replace('PORT', str(port)) for word in argv], source, sink)
        self.listening(port)
        with open(big, 'rb') as source, open(self.path('ours'), 'wb') as sink:
            cli = self.start([harness.PROGRAM, 'tcp-client', '--remote', f'127.0.0.1:{port}', '--input', 'raw', '--format', 'raw',
                              '--half-close-at-end'], source, sink)
        self.assertEqual(cli.wait(harness.PATIENCE), 0)
        self.assertEqual(peer.wait(harness.PATIENCE), 0)
        self.assertEqual(digest(self.path('ours')), digest(big))
        self.assertEqual(digest(self.path('theirs')), digest(big))
        return cli.stderr.read().decode()

    def test_64_mib_go_both_ways_at_once_with_netcat_and_nothing_else_is_said(self):
        said = self.both_ways([self.program('nc.openbsd'), '-N', '-l', '127.0.0.1', 'PORT'])
        self.assertRegex(said, r'^open tcp-client \S+\n$')

    def test_64_mib_go_both_ways_at_once_with_socat(self):
        self.both_ways([self.program('socat'), '-t', '60', 'TCP-LISTEN:PORT,bind=127.0.0.1', 'STDIO'])

    def test_64_mib_go_both_ways_at_once_with_ncat(self):
        self.both_ways([self.program('ncat'), '-l', '127.0.0.1', 'PORT'])

    def test_a_server_is_a_pipe_too(self):
        big = self.big()
        with open(big, 'rb') as source, open(self.path('ours'), 'wb') as sink:
            server = self.start([harness.PROGRAM, 'tcp-server', '--local', '127.0.0.1:0', '--input', 'raw', '--format', 'raw',
                                 '--half-close-at-end'], source, sink)
        port = int(server.stderr.readline().rsplit(b':', 1)[1])
        client = self.socket(socket.SOCK_STREAM, port)
        client.sendall(b'to the server')
        client.shutdown(socket.SHUT_WR)
        got = hashlib.sha256()
        while part := client.recv(1 << 20):
            got.update(part)
        self.assertEqual(got.hexdigest(), digest(big))
        server.terminate()
        self.assertEqual(server.wait(harness.PATIENCE), 0)
        with open(self.path('ours'), 'rb') as ours:
            self.assertEqual(ours.read(), b'to the server')

    def test_bytes_go_on_before_a_line_ends(self):
        listener = self.socket(socket.SOCK_STREAM)
        cli = self.cli('tcp-client', '--remote', f'127.0.0.1:{listener.getsockname()[1]}', '--input', 'raw', '--half-close-at-end')
        peer, _ = listener.accept()
        peer.settimeout(harness.PATIENCE)
        self.addCleanup(peer.close)
        for part in (b'no end', b'\xff\x00\n', b'.'):
            cli.write(part)
            got = b''
            while len(got) < len(part):
                got += peer.recv(100)
            self.assertEqual(got, part)
        cli.popen.stdin.close()
        self.assertEqual(peer.recv(100), b'')
        peer.close()
        self.assertEqual(cli.end(), 0)

    def test_all_of_the_input_is_one_message(self):
        sock = self.socket(socket.SOCK_DGRAM)
        cli = self.cli('udp', '--remote', f'127.0.0.1:{sock.getsockname()[1]}', '--input', 'whole', '--end-when-sent')
        cli.write(b'one\r\ntwo\n')
        cli.write(b'three')
        cli.popen.stdin.close()
        self.assertEqual(sock.recv(1000), b'one\r\ntwo\nthree')
        self.assertEqual(cli.end(), 0)

    def test_a_message_that_is_too_long_is_told(self):
        listener = self.socket(socket.SOCK_STREAM)
        with open(self.path('long'), 'wb') as out:
            out.truncate(17 * 1024 * 1024)
        with open(self.path('long'), 'rb') as source:
            done = subprocess.run([harness.PROGRAM, 'tcp-client', '--remote', f'127.0.0.1:{listener.getsockname()[1]}', '--input', 'whole',
                                   '--end-when-sent'], stdin=source, capture_output=True, timeout=harness.PATIENCE)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b'the input was not sent: longer than 16,777,216 bytes', done.stderr)

    def test_it_ends_when_lines_and_messages_were_sent(self):
        sock = self.socket(socket.SOCK_DGRAM)
        cli = self.json('udp', '--remote', f'127.0.0.1:{sock.getsockname()[1]}', '--send', 'first', '--end-when-sent')
        cli.write(b'second\nthird\n')
        self.assertEqual(cli.end(), 0)
        self.assertEqual([sock.recv(100) for _ in range(3)], [b'first', b'second', b'third'])
        self.assertEqual(json.loads(cli.all['out'][-1])['kind'], 'closed')

    def test_it_ends_when_a_repeat_was_sent(self):
        sock = self.socket(socket.SOCK_DGRAM)
        cli = self.json('udp', '--remote', f'127.0.0.1:{sock.getsockname()[1]}', '--no-stdin', '--send', 'x', '--repeat', '1', '--times', '5',
                        '--count', '100', '--end-when-sent')
        self.assertEqual(cli.end(), 1)  # --count was not reached
        self.assertEqual([sock.recv(100) for _ in range(5)], [b'x'] * 5)

    def test_it_ends_after_quiet_and_not_before(self):
        cli = self.json('udp', '--local', '127.0.0.1:0', '--no-stdin', '--end-after-quiet', '0.5')
        sock = self.socket(socket.SOCK_DGRAM, cli.port)
        begun = time.monotonic()
        sock.send(b'noise')
        cli.record('in')
        self.assertEqual(cli.end(), 0)
        self.assertGreaterEqual(time.monotonic() - begun, 0.5)

    def test_a_rate_holds_for_standard_input_too(self):
        listener = self.socket(socket.SOCK_STREAM)
        with open('/dev/zero', 'rb') as source:
            cli = self.start([harness.PROGRAM, 'tcp-client', '--remote', f'127.0.0.1:{listener.getsockname()[1]}', '--input', 'raw',
                              '--rate', '100kB', '--format', 'raw'], source, subprocess.DEVNULL)
        peer, _ = listener.accept()
        peer.settimeout(harness.PATIENCE)
        self.addCleanup(peer.close)
        peer.recv(1)
        begun, got = time.monotonic(), 0
        while got < 50000:
            got += len(peer.recv(1000))
        self.assertGreater(time.monotonic() - begun, 0.3)
        cli.terminate()
        cli.wait(harness.PATIENCE)

    def test_the_half_close_waits_for_messages_and_lines(self):
        listener = self.socket(socket.SOCK_STREAM)
        cli = self.cli('tcp-client', '--remote', f'127.0.0.1:{listener.getsockname()[1]}', '--send', 'a', '--half-close-at-end',
                       '--line-ending', 'lf')
        peer, _ = listener.accept()
        peer.settimeout(harness.PATIENCE)
        self.addCleanup(peer.close)
        cli.write(b'b\nc\n')
        cli.popen.stdin.close()
        got = b''
        while part := peer.recv(100):
            got += part
        self.assertEqual(got, b'a\nb\nc\n')
        peer.send(b'answer')
        self.assertIn(b'answer', cli.until('out', lambda line: b'answer' in line))
        peer.close()
        self.assertEqual(cli.end(), 0)


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
