#!/usr/bin/env python3
# test_cli.py: porthole-cli.exe under Wine against sockets that are not Wine's, with pipes and on a console
#
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pty
import re
import select
import signal
import socket
import struct
import subprocess
import sys
import time

import wine

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'cli'))
import harness  # noqa: E402
from harness import PATIENCE, here  # noqa: E402


class Cli(harness.Cli):
    def interrupt(self):
        """Ctrl+C: Wine turns the signal that a terminal would send into it."""
        os.kill(wine.wait_for('the program', lambda: wine.program_of(self.popen.pid, 'porthole-cli')), signal.SIGINT)
        return self.end()

    def kill(self):
        """Ends the Windows program too: ending only its runner would leave it, with our pipes open."""
        if self.popen.poll() is None:
            self.popen.terminate()
            self.popen.wait(PATIENCE)
        super().kill()


class Test(harness.Test):
    def cli(self, *words, **options):
        cli = Cli(*words, **options)
        self.addCleanup(cli.kill)
        return cli


class Udp(Test):
    def test_both_directions_in_gbk(self):
        peer = self.socket(socket.SOCK_DGRAM)
        cli = self.json('udp', '--local', '127.0.0.1:0', '--encoding', 'gbk')
        peer.sendto('你好'.encode('gbk'), ('127.0.0.1', cli.port))
        record = cli.record('in')
        self.assertEqual((record['text'], record['peer'], record['length']), ('你好', here(peer), 4))
        cli.write('网络调试助手\n'.encode())
        self.assertEqual(peer.recvfrom(100), ('网络调试助手'.encode('gbk'), ('127.0.0.1', cli.port)))
        self.assertEqual(cli.interrupt(), 0)

    def test_an_empty_and_the_longest_datagram_arrive_whole(self):
        peer = self.socket(socket.SOCK_DGRAM)
        cli = self.json('udp', '--local', '127.0.0.1:0')
        peer.sendto(b'', ('127.0.0.1', cli.port))
        self.assertEqual(cli.record('in')['length'], 0)
        longest = bytes(range(256)) * 255 + bytes(227)
        peer.sendto(longest, ('127.0.0.1', cli.port))
        self.assertEqual(bytes.fromhex(cli.record('in')['hex'].replace(' ', '')), longest)

    def test_sending_to_a_closed_port_leaves_the_socket_open(self):
        peer = self.socket(socket.SOCK_DGRAM)
        gone = self.socket(socket.SOCK_DGRAM)
        port = gone.getsockname()[1]
        gone.close()
        cli = self.json('udp', '--local', '127.0.0.1:0', '--remote', f'127.0.0.1:{port}')
        for number in range(3):
            cli.write(b'is there anybody?\n')
            cli.record('out')
            peer.sendto(f'datagram {number}'.encode(), ('127.0.0.1', cli.port))
            self.assertEqual(cli.record('in')['text'], f'datagram {number}')
        self.assertEqual(cli.interrupt(), 0)

    def test_a_closed_port_becomes_a_record(self):
        gone = self.socket(socket.SOCK_DGRAM)
        port = gone.getsockname()[1]
        gone.close()
        cli = self.json('udp', '--local', '127.0.0.1:0', '--remote', f'127.0.0.1:{port}', '--duration', '2')
        cli.write(b'is there anybody?\n')
        if not any(b'"error"' in line for line in iter(lambda: cli.line('out'), None)):
            self.skipTest('Wine’s recvfrom and WSARecvFrom never give WSAECONNRESET for a UDP socket')

    def test_a_port_in_use_is_told_with_a_hint(self):
        other = self.socket(socket.SOCK_DGRAM)
        status, words = self.wrong('udp', '--local', here(other))
        self.assertEqual(status, 1)
        self.assertIn('that port is in use already', words)
        self.assertIn('choose another port', words)


class Tcp(Test):
    def test_a_client_talks_to_a_server(self):
        listener = self.socket(socket.SOCK_STREAM)
        cli = self.json('tcp-client', '--remote', here(listener), '--encoding', 'gbk', '--line-ending', 'crlf')
        server = self.accept(listener)
        cli.write('中文\n'.encode())
        self.assertEqual(self.receive(server, 6), '中文\r\n'.encode('gbk'))
        server.sendall('回答'.encode('gbk'))
        self.assertEqual(cli.record('in')['text'], '回答')
        server.close()
        self.assertEqual(cli.end(), 0)

    def test_a_server_talks_to_two_clients(self):
        cli = self.json('tcp-server', '--local', '127.0.0.1:0')
        clients = []
        for number in range(2):
            client = self.socket(socket.SOCK_STREAM, connect=cli.port)
            cli.record('joined')
            client.sendall(f'client {number}'.encode())
            self.assertEqual(cli.record('in')['text'], f'client {number}')
            clients.append(client)
        cli.write(b'to all\n')
        for client in clients:
            self.assertEqual(self.receive(client, 6), b'to all')
        clients[0].close()
        cli.record('left')
        self.assertEqual(cli.interrupt(), 0)

    def test_a_megabyte_arrives_byte_for_byte(self):
        listener = self.socket(socket.SOCK_STREAM)
        cli = self.cli('tcp-client', '--remote', here(listener), '--format', 'raw', '--no-stdin')
        server = self.accept(listener)
        data = b''.join(i.to_bytes(4, 'little') for i in range(1 << 18))
        server.sendall(data)
        server.close()
        got = b''.join(iter(lambda: cli.line('out'), None))
        self.assertEqual(len(got), len(data))
        self.assertEqual(got, data)     # with no line end that was not sent

    def test_a_reset_by_the_peer_is_told_and_is_a_failure(self):
        listener = self.socket(socket.SOCK_STREAM)
        cli = self.json('tcp-client', '--remote', here(listener))
        server = self.accept(listener)
        server.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        server.close()
        self.assertEqual(cli.end(), 1)
        self.assertIn(b'reset', b''.join(cli.all['err']))

    def test_a_server_that_is_not_there_is_told(self):
        listener = self.socket(socket.SOCK_STREAM)
        address = here(listener)
        listener.close()
        status, words = self.wrong('tcp-client', '--remote', address)
        self.assertEqual(status, 1)
        self.assertIn('refused', words)

    def test_a_port_in_use_is_told(self):
        listener = self.socket(socket.SOCK_STREAM)
        status, words = self.wrong('tcp-server', '--local', here(listener))
        self.assertEqual(status, 1)
        self.assertIn('that port is in use already', words)


class Words(Test):
    def test_bytes_that_are_no_text_pass_a_pipe_unchanged(self):
        peer = self.socket(socket.SOCK_DGRAM)
        cli = self.json('udp', '--remote', here(peer), '--input-encoding', 'same', '--line-ending', 'keep')
        for line in (b'caf\xe9\n', b'\xff\xfe\x00\x80\n', b'\x1a\n', b'with a CR\r\n'):
            cli.write(line)
            self.assertEqual(peer.recv(100), line)
        self.assertEqual(cli.interrupt(), 0)

    def test_arguments_are_utf8_whatever_the_code_page(self):
        peer = self.socket(socket.SOCK_DGRAM)
        self.cli('udp', '--remote', here(peer), '--encoding', 'gbk', '--send', '你好 é', '--no-stdin', wait=False)
        self.assertEqual(peer.recv(100), '你好 é'.encode('gb18030'))

    def test_errors_are_utf8_and_translated(self):
        os.environ['LANGUAGE'] = 'zh_CN'
        self.addCleanup(os.environ.pop, 'LANGUAGE')
        run = subprocess.run([harness.PROGRAM, 'udp', '多余'], capture_output=True, timeout=PATIENCE, check=False)
        self.assertEqual(run.returncode, 2)
        self.assertIn('多余', run.stderr.decode())
        self.assertIn('请看', run.stderr.decode())

    def test_a_closed_pipe_ends_it_without_a_word(self):
        reader, writer = os.pipe()
        process = subprocess.Popen([harness.PROGRAM, 'udp', '--local', '127.0.0.1:0', '--no-stdin'],
                                   stdin=subprocess.DEVNULL, stdout=writer, stderr=subprocess.PIPE)
        self.addCleanup(process.stderr.close)
        os.close(writer)
        opened = process.stderr.readline().decode()
        os.close(reader)
        sender = self.socket(socket.SOCK_DGRAM)
        address = ('127.0.0.1', int(re.search(r':(\d+)\s*$', opened).group(1)))
        wine.wait_for('its end', lambda: sender.sendto(b'x', address) and process.poll() is not None)
        self.assertEqual(process.returncode, 0)
        self.assertEqual(process.stderr.read(), b'')


class Console(Test):
    """A pseudo terminal, which Wine makes a console of."""

    def start(self, *words):
        self.screen, theirs = pty.openpty()
        self.addCleanup(os.close, self.screen)
        process = subprocess.Popen([harness.PROGRAM, *words], stdin=theirs, stdout=theirs, stderr=subprocess.PIPE)
        os.close(theirs)
        self.addCleanup(process.stderr.close)
        self.addCleanup(lambda: process.poll() is not None or (process.terminate(), process.wait(PATIENCE)))
        line = process.stderr.readline().decode()
        self.assertRegex(line, '^open ')
        self.port = int(re.search(r':(\d+)\s*$', line).group(1))
        self.shown = b''
        return process

    def see(self, *parts):
        """Reads the console until all of it has been shown."""
        end = time.monotonic() + PATIENCE
        while not all(part.encode() in self.shown for part in parts):
            self.assertLess(time.monotonic(), end, f'{parts} is not in {self.shown}')
            if select.select([self.screen], [], [], 0.1)[0]:
                self.shown += os.read(self.screen, 65536)

    def type(self, peer, data):
        """Types a line after others that may be lost: Wine begins to listen some time after the program does."""
        def is_heard():
            os.write(self.screen, b'(a try)\r')
            return select.select([peer], [], [], 0.5)[0]

        wine.wait_for('the console to listen', is_heard)
        os.write(self.screen, data)
        return next(got for got in iter(lambda: peer.recv(100), None) if got != b'(a try)')

    def test_what_is_typed_goes_out_as_one_line_and_what_comes_is_shown(self):
        peer = self.socket(socket.SOCK_DGRAM)
        process = self.start('udp', '--local', '127.0.0.1:0', '--encoding', 'gbk')
        peer.sendto('你好\n第二行'.encode('gbk'), ('127.0.0.1', self.port))
        self.see('你好', '第二行')
        self.assertEqual(self.type(peer, '答复\r'.encode()), '答复'.encode('gbk'))
        os.kill(wine.program_of(process.pid, 'porthole-cli'), signal.SIGINT)
        self.assertEqual(process.wait(PATIENCE), 0)

    def test_typed_bytes_that_are_no_text_break_nothing(self):
        peer = self.socket(socket.SOCK_DGRAM)
        process = self.start('udp', '--remote', here(peer))
        self.assertTrue(self.type(peer, b'caf\xe9 \xff\xfe\r').startswith(b'caf'))
        os.write(self.screen, b'still there\r')
        self.assertEqual(peer.recv(100), b'still there')
        os.kill(wine.program_of(process.pid, 'porthole-cli'), signal.SIGINT)
        self.assertEqual(process.wait(PATIENCE), 0)

    def test_ctrl_z_ends_the_input_and_not_the_program(self):
        peer = self.socket(socket.SOCK_DGRAM)
        process = self.start('udp', '--remote', here(peer))
        self.assertEqual(self.type(peer, b'before\r'), b'before')
        os.write(self.screen, b'\x1a\r')
        if select.select([peer], [], [], 1)[0]:
            self.assertEqual(peer.recv(100), b'')
            self.skipTest('Wine’s ReadConsoleW leaves Ctrl+Z out of the line')
        peer.sendto(b'it still listens', ('127.0.0.1', self.port))
        self.see('it still listens')
        self.assertIsNone(process.poll())


def write_launcher():
    """porthole-cli as one command, for the harness of the suite cli."""
    path = wine.Place.folder / 'porthole-cli'
    program = wine.Place.installed / 'bin' / 'porthole-cli.exe'
    path.write_text(f'#!/bin/sh\nexec "{wine.runner()}" "{program}" "$@"\n')
    path.chmod(0o755)
    return str(path)


if __name__ == '__main__':
    try:
        wine.begin(*sys.argv[1:3])
        harness.PROGRAM = write_launcher()
        os.environ.update(wine.environment())
        os.environ.pop('DISPLAY', None)
    except (wine.Missing, OSError):
        pass                            # main() says why
    sys.exit(wine.main(sys.modules[__name__]))
