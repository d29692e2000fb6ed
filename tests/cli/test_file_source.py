#!/usr/bin/env python3
# test_file_source.py: porthole-cli sends a file: in pieces, line by line, at a rate, and says how much went out where it cannot
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   test_file_source.py PORTHOLE_CLI [NAME…]
import hashlib
import os
import socket
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True  # the source tree stays as it is

import harness
from harness import Test


def made(size):
    """Bytes of which no two blocks are alike."""
    return b''.join(hashlib.sha256(i.to_bytes(8, 'big')).digest() for i in range(size // 32 + 1))[:size]


class FileSource(Test):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, content, name='data.bin'):
        path = os.path.join(self.folder.name, name)
        with open(path, 'wb') as out:
            out.write(content)
        return path

    def listener(self):
        return self.socket(socket.SOCK_STREAM)

    def client(self, listener, *words):
        port = listener.getsockname()[1]
        return self.json('tcp-client', '--remote', f'127.0.0.1:{port}', '--no-stdin', *words)

    def read_all(self, sock):
        parts = []
        while part := sock.recv(1 << 20):
            parts.append(part)
        return b''.join(parts)

    def datagrams(self, sock, n):
        return [sock.recv(70000) for _ in range(n)]

    def test_a_file_arrives_as_it_is_and_the_log_tells_beginning_and_end(self):
        data = made(3 * 1024 * 1024 + 17)
        listener = self.listener()
        cli = self.client(listener, '--send-file', self.file(data), '--half-close-at-end')
        peer = self.accept(listener)
        self.assertEqual(self.read_all(peer), data)
        begun = cli.record('feed')
        self.assertEqual((begun['why'], begun['action'], begun['on'], begun['size']), ('running', 'send-file', 'data.bin', len(data)))
        done = cli.record('feed')
        self.assertEqual((done['why'], done['sent'], done['size']), ('done', len(data), len(data)))
        self.assertEqual(done['text'], f'The file data.bin was sent: {len(data):,} bytes')
        peer.close()
        self.assertEqual(cli.end(), 0)

    def test_datagrams_have_the_size_that_is_asked_for(self):
        data = made(10 * 1000 + 7)
        sock = self.socket(socket.SOCK_DGRAM)
        cli = self.json('udp', '--remote', f'127.0.0.1:{sock.getsockname()[1]}', '--no-stdin', '--send-file', self.file(data),
                        '--piece', '1000', '--end-when-sent')
        self.assertEqual(self.datagrams(sock, 11), [data[i:i + 1000] for i in range(0, len(data), 1000)])
        self.assertEqual(cli.end(), 0)

    def test_datagrams_fit_a_frame_if_no_size_is_given(self):
        data = made(3000)
        sock = self.socket(socket.SOCK_DGRAM)
        cli = self.json('udp', '--remote', f'127.0.0.1:{sock.getsockname()[1]}', '--no-stdin', '--send-file', self.file(data),
                        '--end-when-sent')
        self.assertEqual([len(d) for d in self.datagrams(sock, 3)], [1400, 1400, 200])
        self.assertEqual(cli.end(), 0)

    def test_each_line_is_a_datagram_with_its_own_line_break(self):
        sock = self.socket(socket.SOCK_DGRAM)
        lines = [b'one\n', b'two\r\n', b'\n', b'last']
        cli = self.json('udp', '--remote', f'127.0.0.1:{sock.getsockname()[1]}', '--no-stdin', '--send-file',
                        self.file(b''.join(lines)), '--piece', 'line', '--end-when-sent')
        self.assertEqual(self.datagrams(sock, 4), lines)
        self.assertEqual(cli.end(), 0)

    def test_a_line_longer_than_a_datagram_is_cut_and_that_is_told(self):
        sock = self.socket(socket.SOCK_DGRAM)
        cli = self.json('udp', '--remote', f'127.0.0.1:{sock.getsockname()[1]}', '--no-stdin', '--send-file',
                        self.file(b'x' * 70000 + b'\nshort\n'), '--piece', 'line', '--end-when-sent')
        self.assertEqual([len(d) for d in self.datagrams(sock, 3)], [65507, 70000 - 65507 + 1, 6])
        note = cli.record('note', action='cut-lines')
        self.assertEqual(note['text'], '1 line of data.bin was longer than 65,507 bytes, and went out in several datagrams')
        self.assertEqual(cli.end(), 0)

    def test_a_rate_in_bytes_is_kept(self):
        data = made(100000)
        listener = self.listener()
        cli = self.client(listener, '--send-file', self.file(data), '--rate', '200kB', '--half-close-at-end')
        peer = self.accept(listener)
        first = peer.recv(1)
        begun = time.monotonic()
        self.assertEqual(first + self.read_all(peer), data)
        self.assertGreater(time.monotonic() - begun, 0.4)  # 0.5 s but for the first and the last piece; never faster
        peer.close()
        self.assertEqual(cli.end(), 0)

    def test_a_rate_in_pieces_is_kept(self):
        sock = self.socket(socket.SOCK_DGRAM)
        cli = self.json('udp', '--remote', f'127.0.0.1:{sock.getsockname()[1]}', '--no-stdin', '--send-file', self.file(made(1000)),
                        '--piece', '100', '--rate', '20p', '--end-when-sent')
        sock.recv(200)
        begun = time.monotonic()
        self.assertEqual(sum(len(d) for d in self.datagrams(sock, 9)), 900)
        self.assertGreater(time.monotonic() - begun, 0.35)  # nine pauses of 50 ms, one of which a late start may shorten
        self.assertEqual(cli.end(), 0)

    def test_a_peer_that_does_not_read_is_waited_for(self):
        data = made(40 * 1024 * 1024)
        listener = self.listener()
        cli = self.client(listener, '--send-file', self.file(data), '--half-close-at-end')
        peer = self.accept(listener)
        cli.record('feed', why='running')
        cli.record('out')
        self.assertEqual(hashlib.sha256(self.read_all(peer)).digest(), hashlib.sha256(data).digest())
        cli.record('feed', why='done')
        peer.close()
        self.assertEqual(cli.end(), 0)

    def test_all_clients_of_a_server_get_the_file_whole(self):
        data = made(2 * 1024 * 1024)
        path = os.path.join(self.folder.name, 'pipe')
        os.mkfifo(path)
        server = self.json('tcp-server', '--local', '127.0.0.1:0', '--no-stdin', '--send-file', path, '--half-close-at-end')
        clients = [self.socket(socket.SOCK_STREAM, server.port) for _ in range(3)]
        for _ in clients:
            server.record('joined')
        got = {}
        threads = [threading.Thread(target=lambda c=c: got.setdefault(c, self.read_all(c))) for c in clients]
        for thread in threads:
            thread.start()
        with open(path, 'wb') as out:
            out.write(data)
        for thread in threads:
            thread.join(harness.PATIENCE)
        self.assertEqual([got.get(c) == data for c in clients], [True] * 3)
        self.assertEqual(server.interrupt(), 0)

    def test_a_pipe_has_no_size_and_ends_with_its_writer(self):
        path = os.path.join(self.folder.name, 'pipe')
        os.mkfifo(path)
        listener = self.listener()
        cli = self.client(listener, '--send-file', path, '--half-close-at-end')
        peer = self.accept(listener)
        self.assertEqual(cli.record('feed')['text'], 'Sending the file pipe')
        with open(path, 'wb') as out:
            out.write(b'through a pipe')
        self.assertEqual(self.read_all(peer), b'through a pipe')
        peer.close()
        self.assertEqual(cli.end(), 0)

    def test_a_pipe_that_nobody_writes_to_does_not_hold_up_the_end(self):
        path = os.path.join(self.folder.name, 'pipe')
        os.mkfifo(path)
        listener = self.listener()
        cli = self.client(listener, '--send-file', path)
        self.accept(listener)
        cli.record('feed', why='running')
        self.assertEqual(cli.interrupt(), 1)
        self.assertIn(b'"why":"stopped"', b''.join(cli.all['out']))

    def test_what_cannot_be_read_is_told_and_the_session_goes_on(self):
        listener = self.listener()
        for path, why in ((self.folder.name, 'it is a folder'),
                          (os.path.join(self.folder.name, 'none'), 'there is no such file or folder')):
            cli = self.client(listener, '--send-file', path)
            peer = self.accept(listener)
            end = cli.record('feed')
            self.assertEqual((end['why'], end['sent']), ('failed', 0))
            self.assertEqual(end['text'], f'Cannot send the file {os.path.basename(path)}: {why}. 0 bytes were sent')
            peer.send(b'still here')
            self.assertEqual(cli.record('in')['text'], 'still here')
            peer.close()
            self.assertEqual(cli.end(), 1)

    def test_an_empty_file_is_sent_at_once(self):
        listener = self.listener()
        cli = self.client(listener, '--send-file', self.file(b''), '--half-close-at-end')
        peer = self.accept(listener)
        self.assertEqual(self.read_all(peer), b'')
        self.assertEqual(cli.record('feed', why='done')['sent'], 0)
        peer.close()
        self.assertEqual(cli.end(), 0)

    def test_a_file_that_shrinks_ends_with_what_went_out(self):
        path = self.file(made(8 * 1024 * 1024))
        listener = self.listener()
        cli = self.client(listener, '--send-file', path, '--piece', '64k', '--rate', '2M')
        peer = self.accept(listener)
        peer.recv(1000)
        os.truncate(path, 100)
        reader = threading.Thread(target=self.read_all, args=[peer], daemon=True)
        reader.start()
        cli.record('feed', why='running')
        end = cli.record('feed')
        self.assertEqual((end['why'], end['cause']), ('failed', 'file-shrank'))
        self.assertGreater(end['sent'], 0)
        self.assertLess(end['sent'], end['size'])
        self.assertEqual(end['text'], f'Sending the file data.bin has ended: the file has become shorter. {end["sent"]:,} bytes of '
                                      f'{end["size"]:,} bytes were sent')
        cli.interrupt()

    def test_what_is_appended_later_is_not_sent(self):
        path = self.file(made(300000))
        listener = self.listener()
        cli = self.client(listener, '--send-file', path, '--rate', '1M', '--half-close-at-end')
        peer = self.accept(listener)
        first = peer.recv(100)
        with open(path, 'ab') as out:
            out.write(b'later')
        self.assertEqual(first + self.read_all(peer), made(300000))
        peer.close()
        self.assertEqual(cli.end(), 0)

    def test_a_connection_that_ends_in_the_middle_is_told(self):
        listener = self.listener()
        cli = self.client(listener, '--send-file', self.file(made(8 * 1024 * 1024)), '--rate', '1M')
        peer = self.accept(listener)
        peer.recv(1)
        peer.close()
        end = cli.record('feed', why='failed')
        self.assertLess(end['sent'], end['size'])
        self.assertEqual(cli.end(), 1)

    def test_nothing_outside_of_the_file_is_read(self):
        secret = self.file(b'secret', 'secret')
        before = os.stat(secret).st_atime_ns
        link = os.path.join(self.folder.name, 'named')
        text = self.file(b'{file:secret} ../secret', 'text')
        os.symlink(text, link)
        listener = self.listener()
        cli = self.client(listener, '--send-file', link, '--half-close-at-end')
        peer = self.accept(listener)
        self.assertEqual(self.read_all(peer), b'{file:secret} ../secret')
        self.assertEqual(os.stat(secret).st_atime_ns, before)
        peer.close()
        self.assertEqual(cli.end(), 0)

    def test_five_gigabytes_need_the_memory_of_a_few_blocks(self):
        path = self.file(b'')
        os.truncate(path, 5 * 1024 ** 3)
        listener = self.listener()
        cli = self.cli('tcp-client', '--remote', f'127.0.0.1:{listener.getsockname()[1]}', '--no-stdin', '--quiet', '--send-file', path)
        peer = self.accept(listener)
        buffer, got = bytearray(1 << 20), 0
        while got < 1024 ** 3:  # the rest would not be other
            got += peer.recv_into(buffer)
        with open(f'/proc/{cli.popen.pid}/status', encoding='ascii') as status:
            peak = next(int(line.split()[1]) for line in status if line.startswith('VmHWM'))
        self.assertLess(peak, 150 * 1024)
        reader = threading.Thread(target=lambda: [None for _ in iter(lambda: peer.recv_into(buffer), 0)], daemon=True)
        reader.start()
        cli.interrupt()

    def test_wrong_options_are_refused_in_words(self):
        for words, said in ((['--rate', '5'], '--rate makes sense only with --send-file, --input=raw'),
                            (['--send-file', 'x', '--rate', 'fast'], '--rate: “fast” is no rate'),
                            (['--send-file', 'x', '--piece', '65508'], '--piece: choose a size of up to 65,507 bytes, or “line”'),
                            (['--send-file', 'x', '--piece', '0'], '--piece: choose a size of up to 65,507 bytes'),
                            (['--input', 'all'], '--input: “all” is none of lines, raw, whole'),
                            (['--send-file', ''], '--send-file: the name is empty'),
                            (['--half-close-at-end'], '--half-close-at-end: only for TCP'),
                            (['--end-after-quiet', '0'], '--end-after-quiet: choose a number above 0')):
            status, error = self.wrong('udp', *words)
            self.assertEqual(status, 2)
            self.assertIn(said, error)


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
