# harness.py: starts porthole-cli and other programs, and reads their output line by line
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Tests never sleep: they wait for the "open …" line, for records or for bytes, each with a deadline.
import json
import os
import queue
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import tap  # noqa: E402

PATIENCE = 60  # seconds until something that should have happened is a failure
PROGRAM = None  # the path of porthole-cli


class Process:
    """A running program whose output is read by lines."""

    def __init__(self, argv, **options):
        env = dict(os.environ, LC_ALL='C.UTF-8')
        self.popen = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                      env=env, **options)
        self.lines = {'out': queue.Queue(), 'err': queue.Queue()}
        self.all = {'out': [], 'err': []}
        self.threads = [self.reader('out', self.popen.stdout), self.reader('err', self.popen.stderr)]

    def reader(self, name, pipe):
        def read():
            for line in pipe:
                self.lines[name].put(line)
            self.lines[name].put(None)
        thread = threading.Thread(target=read, daemon=True)
        thread.start()
        return thread

    def line(self, name):
        """The next line of 'out' or 'err'; None at the end."""
        try:
            line = self.lines[name].get(timeout=PATIENCE)
        except queue.Empty:
            raise AssertionError(f'no line on {name}; so far {self.all}') from None
        if line is not None:
            self.all[name].append(line)
        return line

    def until(self, name, wanted):
        """The next line of which wanted(line) is true."""
        while True:
            line = self.line(name)
            if line is None:
                raise AssertionError(f'{name} ended; it said {self.all}')
            if wanted(line):
                return line

    def write(self, data):
        self.popen.stdin.write(data)
        self.popen.stdin.flush()

    def end(self):
        """Waits for the end. Returns its status, and the rest of its lines."""
        if self.popen.stdin and not self.popen.stdin.closed:
            try:
                self.popen.stdin.close()
            except BrokenPipeError:
                pass
        status = self.popen.wait(PATIENCE)
        for name in ('out', 'err'):
            while self.line(name) is not None:
                pass
        return status

    def kill(self):
        if self.popen.poll() is None:
            self.popen.kill()
        self.popen.wait(PATIENCE)
        for thread in self.threads:
            thread.join(PATIENCE)
        for pipe in (self.popen.stdin, self.popen.stdout, self.popen.stderr):
            try:
                pipe.close()
            except BrokenPipeError:
                pass


class Cli(Process):
    """porthole-cli, opened."""

    def __init__(self, *words, wait=True, **options):
        super().__init__([PROGRAM, *words], **options)
        self.port = None
        if wait:
            line = self.until('err', lambda l: l.startswith(b'open ')).decode()
            match = re.fullmatch(r'open (udp|tcp-client|tcp-server) (.*):(\d+)\n', line)
            assert match and match.group(1) == words[0], line
            self.host, self.port = match.group(2), int(match.group(3))

    def record(self, *kinds, **values):
        """The next JSON record of one of these kinds with these values."""
        while True:
            line = self.line('out')
            assert line is not None, f'the log ended; standard error said {self.all["err"]}'
            record = json.loads(line)
            if record['kind'] in kinds and all(record[k] == v for k, v in values.items()):
                return record

    def interrupt(self):
        self.popen.send_signal(signal.SIGINT)
        return self.end()


class Test(unittest.TestCase):
    def cli(self, *words, **options):
        cli = Cli(*words, **options)
        self.addCleanup(cli.kill)
        return cli

    def json(self, *words, **options):
        return self.cli(*words, '--format', 'json', **options)

    def wrong(self, *words):
        """Runs it with arguments that are not valid. Returns status and standard error."""
        done = subprocess.run([PROGRAM, *words], stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE,
                              env=dict(os.environ, LC_ALL='C.UTF-8'))
        return done.returncode, done.stderr.decode()

    def tool(self, name, *words):
        if shutil.which(name) is None:
            self.skipTest(f'{name} is not installed')
        process = Process([name, *words])
        self.addCleanup(process.kill)
        return process

    def socket(self, kind, connect=None, family=socket.AF_INET, host='127.0.0.1'):
        sock = socket.socket(family, kind)
        self.addCleanup(sock.close)
        sock.settimeout(PATIENCE)
        if connect is None:
            sock.bind((host, 0))
            if kind == socket.SOCK_STREAM:
                sock.listen(16)
        else:
            sock.connect((host, connect))
        return sock

    def accept(self, listener):
        sock, _ = listener.accept()
        self.addCleanup(sock.close)
        sock.settimeout(PATIENCE)
        return sock

    def receive(self, sock, length):
        data = b''
        while len(data) < length:
            part = sock.recv(length - len(data))
            self.assertNotEqual(part, b'', f'the connection ended after {data!r}')
            data += part
        return data


def here(sock):
    return f'127.0.0.1:{sock.getsockname()[1]}'


def main(module):
    global PROGRAM
    PROGRAM = sys.argv[1]
    return tap.run(module, sys.argv[2:])
