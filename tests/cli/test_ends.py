#!/usr/bin/env python3
# test_ends.py: what ends porthole-cli and what does not, and its exit status
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   test_ends.py PORTHOLE_CLI [NAME…]
import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import threading

sys.dont_write_bytecode = True  # the source tree stays as it is

import harness
from harness import Test, here
from words import options


class Ends(Test):
    def test_signals_end_it_cleanly(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            cli = self.json('udp', '--local', '127.0.0.1:0')
            cli.popen.send_signal(number)
            self.assertEqual(cli.end(), 0)
            self.assertEqual(json.loads(cli.all['out'][-1])['kind'], 'closed')

    def test_a_terminal_that_is_closed_may_say_so_twice(self):
        process = subprocess.Popen([harness.PROGRAM, 'udp', '--local', '127.0.0.1:0', '--format', 'json', '--no-stdin'],
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        port = int(process.stderr.readline().rsplit(b':', 1)[1])
        sender = self.socket(socket.SOCK_DGRAM, port)
        for _ in range(8):      # more than the pipe takes: it does not come to its end before somebody reads
            sender.send(bytes(60000))
        process.send_signal(signal.SIGHUP)
        while self.is_pending(process.pid, signal.SIGHUP):
            pass
        process.send_signal(signal.SIGHUP)
        log, _ = process.communicate(timeout=harness.PATIENCE)
        self.assertEqual(process.returncode, 0)
        self.assertEqual(json.loads(log.splitlines()[-1])['kind'], 'closed')

    def is_pending(self, pid, number):
        with open(f'/proc/{pid}/status', encoding='ascii') as status:
            pending = re.search(r'^ShdPnd:\s*(\w+)', status.read(), re.MULTILINE)
        return int(pending.group(1), 16) >> (number - 1) & 1

    def test_with_nohup_the_end_of_the_terminal_ends_nothing(self):
        cli = self.json('udp', '--local', '127.0.0.1:0', preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        cli.popen.send_signal(signal.SIGHUP)
        self.socket(socket.SOCK_DGRAM, cli.port).send(b'still here')
        self.assertEqual(cli.record('in')['text'], 'still here')
        self.assertEqual(cli.interrupt(), 0)

    def test_the_end_of_input_ends_nothing(self):
        cli = self.json('udp', '--local', '127.0.0.1:0')
        cli.popen.stdin.close()
        self.socket(socket.SOCK_DGRAM, cli.port).send(b'still here')
        self.assertEqual(cli.record('in')['text'], 'still here')
        self.assertEqual(cli.interrupt(), 0)

    def test_without_stdin_lines_are_left_alone(self):
        peer = self.socket(socket.SOCK_DGRAM)
        cli = self.json('udp', '--remote', here(peer), '--no-stdin', '--duration', '0.2')
        cli.write(b'not read\n')
        self.assertEqual(cli.end(), 0)
        peer.setblocking(False)
        self.assertRaises(BlockingIOError, peer.recv, 1)

    def test_duration_ends_it(self):
        cli = self.json('udp', '--local', '127.0.0.1:0', '--duration', '0.05')
        self.assertEqual(cli.end(), 0)

    def test_too_few_descriptors_are_told_and_end_it(self):
        for where in (['--local', '127.0.0.1:0'], ['--remote', 'localhost:9']):  # with a file to be read: /etc/hosts
            statuses = []
            for number in range(5, 10):
                done = subprocess.run([harness.PROGRAM, 'udp', *where, '--no-stdin', '--duration', '0', '--quiet'],
                                      stdin=subprocess.DEVNULL, capture_output=True, timeout=harness.PATIENCE,
                                      preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (number, number)))
                statuses.append(done.returncode)
                if done.returncode != 0:
                    self.assertEqual(done.returncode, 1)
                    self.assertIn(b'too many open', done.stderr)
            self.assertEqual(statuses, sorted(statuses, reverse=True))
            self.assertEqual((statuses[0], statuses[-1]), (1, 0))

    def test_a_count_that_was_not_reached_is_a_failure(self):
        peer = self.socket(socket.SOCK_DGRAM)
        status, err = self.wrong('udp', '--remote', here(peer), '--send', 'ping', '--count', '1', '--duration', '0.1', '--no-stdin')
        self.assertEqual(status, 1)
        self.assertIn('--count was not reached: 0 of 1', err)

    def test_a_message_that_is_too_long_is_a_failure_with_its_reason(self):
        peer = self.socket(socket.SOCK_DGRAM)
        for format in ('log', 'json', 'netassist', 'raw'):
            with self.subTest(format=format):
                status, err = self.wrong('udp', '--remote', here(peer), '--send', 'x' * 65508, '--duration', '0.1', '--no-stdin',
                                         '--format', format)
                self.assertEqual(status, 1)
                self.assertRegex(err, 'too long|larger|65')

    def test_nobody_to_send_to_is_a_failure_with_its_reason(self):
        for transport in ('udp', 'tcp-server'):
            with self.subTest(transport=transport):
                cli = self.json(transport, '--local', '127.0.0.1:0')
                cli.write(b'hello?\n')
                cli.record('error')
                self.assertEqual(cli.interrupt(), 1)
                self.assertIn(b'not everything was sent: ', cli.all['err'][-1])

    def test_a_queue_that_was_never_sent_is_a_failure(self):
        listener = self.socket(socket.SOCK_STREAM)
        cli = self.json('tcp-client', '--remote', here(listener), '--no-stdin', '--duration', '0.5', '--send', 'x' * 100000, '--repeat',
                        '0', '--times', '100')  # more than the buffers of the system take
        self.accept(listener)
        self.assertEqual(cli.end(), 1)
        self.assertIn(b'not everything was sent: ', cli.all['err'][-1])

    def test_an_answer_to_somebody_who_has_gone_is_no_failure(self):
        cli = self.json('udp', '--local', '127.0.0.1:0', '--echo')
        kind = 'out'
        while kind == 'out':    # an echo may be quicker than close()
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
                peer.sendto(b'x', ('127.0.0.1', cli.port))
            kind = cli.record('out', 'error')['kind']
        self.assertEqual(cli.interrupt(), 0)

    def test_input_that_was_not_sent_before_the_end_is_a_failure(self):
        listener = self.socket(socket.SOCK_STREAM)
        cli = self.json('tcp-client', '--remote', here(listener), '--duration', '0.5')
        self.accept(listener)    # and does not read

        def feed():
            try:
                while True:
                    cli.write(b'x' * 100000 + b'\n')
            except (OSError, ValueError):
                pass
        threading.Thread(target=feed, daemon=True).start()
        self.assertEqual(cli.popen.wait(harness.PATIENCE), 1)
        self.assertIn(b'was not sent', b''.join(iter(lambda: cli.line('err') or b'', b'')))

    def test_wrong_words_are_usage_errors(self):
        for words in ([], ['sctp'], ['udp', 'tcp-client'], ['udp', '--nonsense'], ['udp', '--local', '1.2.3.4:70000'],
                      ['udp', '--local', 'a:abc'], ['tcp-client'], ['tcp-client', '--remote', 'host'],
                      ['tcp-server', '--remote', 'a:1'], ['udp', '--encoding', 'klingon'], ['udp', '--format', 'xml'],
                      ['udp', '--line-ending', 'x'], ['udp', '--count', '0'], ['udp', '--count', 'many'],
                      ['udp', '--duration', '-1'], ['udp', '--hex', '--send', '4g'], ['udp', '--max-clients', '0'],
                      ['udp', '--escapes', '--send', '\\q'], ['udp', '--encoding', 'latin-1', '--send', '你'],
                      ['tcp-server', '--send', '']):
            with self.subTest(words=words):
                status, err = self.wrong(*words)
                self.assertEqual(status, 2, err)
                self.assertIn('--help', err)
                self.assertTrue(err.startswith('porthole-cli: '), err)

    def test_every_option_of_a_transport_has_a_range(self):
        for row in options(harness.PROGRAM):
            for value in (row['min'] - 1, row['max'] + 1):
                with self.subTest(option=row['id'], value=value):
                    status, err = self.wrong('udp', f'--{row["id"]}={value}')
                    self.assertEqual(status, 2, err)
                    self.assertIn(f'--{row["id"]}: choose a number from {row["min"]} to {row["max"]}\n', err)

    def test_an_option_counts_for_its_transports_and_is_mentioned_as_useless_elsewhere(self):
        places = {'udp': ['--local', '127.0.0.1:0'], 'tcp-server': ['--local', '127.0.0.1:0'], 'tcp-client': ['--remote', '127.0.0.1:1']}
        for row in options(harness.PROGRAM):
            for transport, place in places.items():
                with self.subTest(option=row['id'], transport=transport):
                    status, err = self.wrong(transport, *place, f'--{row["id"]}={row["default"]}', '--no-stdin', '--duration', '0')
                    self.assertEqual(status, 1 if transport == 'tcp-client' else 0, err)  # nobody listens there
                    self.assertEqual(f'--{row["id"]}: {transport} has no such option\n' in err, transport not in row['transports'], err)

    def test_a_duration_that_is_no_number_is_refused(self):
        for text in ('nan', 'inf', '-1', '1x', ''):
            with self.subTest(text=text):
                status, err = self.wrong('udp', '--local', '127.0.0.1:0', '--duration', text)
                self.assertEqual(status, 2, err)

    def test_arguments_are_utf8_in_the_locale_c_too_and_never_come_back_raw(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
            peer.bind(('127.0.0.1', 0))
            peer.settimeout(harness.PATIENCE)
            done = subprocess.run([harness.PROGRAM, 'udp', '--remote', harness.here(peer), '--encoding', 'gbk', '--send', '你好',
                                   '--duration', '0', '--no-stdin'], env={**os.environ, 'LC_ALL': 'C'}, capture_output=True,
                                  timeout=harness.PATIENCE)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(peer.recv(100), '你好'.encode('gbk'))
        status, err = self.wrong('udp', '--remote', '\x1b[31mho\nst:80')
        self.assertEqual(status, 2)
        self.assertNotIn('\x1b', err)

    def test_help_and_version(self):
        for word, expected in (('--help', '--line-ending'), ('--version', 'porthole-cli ')):
            done = subprocess.run([harness.PROGRAM, word], capture_output=True, timeout=harness.PATIENCE)
            self.assertEqual(done.returncode, 0)
            self.assertIn(expected, done.stdout.decode())

    def test_an_address_of_another_machine_is_a_failure(self):
        status, err = self.wrong('udp', '--local', '192.0.2.1:7788', '--no-stdin')
        self.assertEqual(status, 1)
        self.assertIn('192.0.2.1', err)


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
