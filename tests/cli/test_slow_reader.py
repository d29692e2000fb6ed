#!/usr/bin/env python3
# test_slow_reader.py: time, signals and the port where nobody reads what porthole-cli prints
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   test_slow_reader.py PORTHOLE_CLI [NAME…]
import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True  # the source tree stays as it is

import harness
from harness import PATIENCE, Test

DATAGRAMS = 200  # each is printed as more than 2000 bytes
PIPE = 4096      # bytes that a pipe takes here


class SlowReader(Test):
    def start(self, *words, stderr=None, **options):
        """porthole-cli with a small pipe as its output, which nobody reads yet."""
        reader, writer = os.pipe()
        fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, PIPE)
        err, err_writer = os.pipe()
        process = subprocess.Popen([harness.PROGRAM, *words, '--format', 'json'], stdout=writer, stderr=err_writer,
                                   stdin=options.pop('stdin', subprocess.DEVNULL), **options)
        os.close(writer)
        os.close(err_writer)
        self.err = os.fdopen(err, 'rb')
        self.out = os.fdopen(reader, 'rb')
        self.addCleanup(self.out.close)
        self.addCleanup(self.err.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.port = int(self.err.readline().rsplit(b':', 1)[1])
        return process

    def fill(self):
        """Sends more than the pipe takes."""
        sender = self.socket(socket.SOCK_DGRAM, self.port)
        for _ in range(DATAGRAMS):
            sender.send(b'x' * 1000)
        return sender

    def until_closed(self, sender):
        """Sends until nobody is there any more. Returns when that was."""
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            try:
                sender.send(b'still there?')
            except ConnectionRefusedError:
                return time.monotonic()
            time.sleep(0.01)
        self.fail('the port is still open')

    def rest(self, process):
        """Reads the output to its end."""
        records = [json.loads(line) for line in self.out]
        return records, process.wait(PATIENCE)

    def assert_all_received(self, records):
        lengths = [record['length'] for record in records if record['kind'] == 'in']
        self.assertEqual(lengths[:DATAGRAMS], [1000] * DATAGRAMS)
        self.assertEqual(records[-1]['kind'], 'closed')

    def test_the_port_closes_after_its_duration_and_what_came_is_printed_then(self):
        start = time.monotonic()
        process = self.start('udp', '--local', '127.0.0.1:0', '--duration', '0.5')
        closed = self.until_closed(self.fill())
        self.assertGreater(closed - start, 0.5)
        self.assertIsNone(process.poll())
        records, status = self.rest(process)
        self.assert_all_received(records)
        self.assertEqual(status, 0)

    def test_the_first_signal_closes_the_port(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(signal=number):
                process = self.start('udp', '--local', '127.0.0.1:0')
                sender = self.fill()
                process.send_signal(number)
                self.until_closed(sender)
                records, status = self.rest(process)
                self.assertEqual(records[-1]['kind'], 'closed')
                self.assertEqual(status, 0)

    def test_the_second_signal_ends_it_at_once(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(signal=number):
                process = self.start('udp', '--local', '127.0.0.1:0')
                sender = self.fill()
                process.send_signal(number)
                self.until_closed(sender)
                process.send_signal(number)
                self.assertEqual(process.wait(PATIENCE), 128 + number)

    def test_after_the_duration_one_signal_is_enough_and_the_capture_is_whole(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'capture')
            process = self.start('udp', '--local', '127.0.0.1:0', '--duration', '0.3', '--capture', path)
            self.until_closed(self.fill())
            while self.is_growing(path):
                pass
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.wait(PATIENCE), 128 + signal.SIGINT)
            done = subprocess.run([harness.PROGRAM, 'read', path, '--verify'], capture_output=True, timeout=PATIENCE)
            self.assertEqual((done.returncode, done.stdout), (0, b'whole\n'), done.stderr)

    def is_growing(self, path):
        """Whether the file has no end mark yet: its writer marks the last chunk, the only one here."""
        with open(path, 'rb') as file:
            return not file.read(64).strip(b'\0') or subprocess.run(
                [harness.PROGRAM, 'read', path, '--verify'], capture_output=True, timeout=PATIENCE).stdout == b'still being written\n'

    def test_count_closes_the_port(self):
        process = self.start('udp', '--local', '127.0.0.1:0', '--count', str(DATAGRAMS))
        self.until_closed(self.fill())
        records, status = self.rest(process)
        self.assert_all_received(records)
        self.assertEqual(len([r for r in records if r['kind'] == 'in']), DATAGRAMS)
        self.assertEqual(status, 0)

    def test_a_stream_that_fills_memory_is_closed_in_time_too(self):
        process = self.start('tcp-server', '--local', '127.0.0.1:0')
        client = self.socket(socket.SOCK_STREAM, self.port)
        client.settimeout(1)
        part = bytes(1 << 20)
        with self.assertRaises(TimeoutError):  # memory is full, and so is every buffer on the way
            while True:
                client.sendall(part)
        process.send_signal(signal.SIGTERM)
        client.settimeout(PATIENCE)
        with self.assertRaises(OSError):
            while True:
                client.sendall(part)
        self.assertIsNone(process.poll())
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(PATIENCE), 128 + signal.SIGTERM)

    def test_words_that_nobody_reads_do_not_hold_it_up(self):
        reader, writer = os.pipe()
        self.addCleanup(os.close, writer)
        process = self.start('udp', '--local', '127.0.0.1:0', '--remote', '127.0.0.1:9', '--hex', '--duration', '0.5', stdin=reader)
        os.close(reader)

        def feed():
            try:
                while True:
                    os.write(writer, b'no hex\n' * 1000)
            except OSError:
                pass
        threading.Thread(target=feed, daemon=True).start()
        self.until_closed(self.socket(socket.SOCK_DGRAM, self.port))
        threading.Thread(target=self.err.read, daemon=True).start()
        self.rest(process)


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
