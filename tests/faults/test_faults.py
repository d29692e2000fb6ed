#!/usr/bin/env python3
# test_faults.py: the n-th call of each system call fails, for every n that a short session reaches
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   test_faults.py PORTHOLE_CLI LIBRARY [NAME…]
#
# A session under a fault is as whole as one without it, or it says something; it ends in time, with the status 0 or 1, and 1 never
# without words.
import concurrent.futures
import errno
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import unittest

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import tap  # noqa: E402

PROGRAM, LIBRARY = sys.argv[1:3]
PATIENCE = 30       # seconds that a session may take
N_MAX = 40          # a fault that is reached so often is tried no more
AT_A_TIME = 4       # sessions; they mostly wait

# What the manual pages name that may happen to a program without a fault in it.
FILE = ['ENOSPC', 'EIO', 'EDQUOT']
CALLS = {
    'socket': ['EMFILE', 'ENFILE', 'ENOBUFS', 'EACCES', 'EAFNOSUPPORT'],
    'bind': ['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL', 'ENOMEM'],
    'listen': ['EADDRINUSE', 'EOPNOTSUPP'],
    'accept4': ['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'ECONNABORTED', 'EPERM', 'EPROTO', 'EINTR'],
    'connect': ['ECONNREFUSED', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EPERM', 'EAGAIN'],
    'getsockname': ['ENOBUFS'],
    'setsockopt': ['ENOPROTOOPT', 'ENOMEM'],
    'getsockopt': ['ENOPROTOOPT'],
    'recv': ['ECONNRESET', 'ENOMEM', 'EINTR', 'ETIMEDOUT'],
    'recvmsg': ['ENOMEM', 'EINTR'],
    'recvmmsg': ['ECONNREFUSED', 'ENOMEM', 'EINTR'],
    'send': ['EPIPE', 'ECONNRESET', 'ENOBUFS', 'ENOMEM', 'EINTR'],
    'sendmsg': ['ENOBUFS', 'ENOMEM', 'EPERM', 'ENETUNREACH', 'EINTR'],
    'sendmmsg': ['ENOBUFS', 'EPERM', 'EINTR'],
    'epoll_create1': ['EMFILE', 'ENOMEM'],
    'epoll_ctl': ['ENOSPC', 'ENOMEM'],
    'epoll_wait': ['EINTR'],
    'eventfd': ['EMFILE', 'ENOMEM'],
    'timerfd_create': ['EMFILE', 'ENODEV'],
    'pipe': ['EMFILE'],
    'pthread_create': ['EAGAIN'],
    'mmap64': ['ENOMEM'],
    'open64': ['EMFILE', 'EACCES', 'ENOSPC', 'EROFS'],
    'flock': ['EINTR', 'ENOLCK'],
    'pwrite64': FILE + ['EINTR'],
    'pread64': ['EIO', 'EINTR'],
    'fstat64': ['EIO'],
    'write': ['ENOSPC', 'EIO', 'EINTR', 'EAGAIN'],
    'read': ['EIO', 'EINTR'],
}


class Peer(threading.Thread):
    """The other side: sends and receives what a whole session has."""

    def __init__(self, kind):
        super().__init__(daemon=True)
        self.kind, self.got = kind, b''
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM if kind == 'udp' else socket.SOCK_STREAM)
        self.socket.settimeout(0.6)
        if kind != 'tcp-server':
            self.socket.bind(('127.0.0.1', 0))
            self.port = self.socket.getsockname()[1]
        if kind == 'tcp-client':
            self.socket.listen(4)

    def arguments(self):
        where = ['--local', '127.0.0.1:0'] if self.kind == 'tcp-server' else ['--remote', f'127.0.0.1:{self.port}']
        return [self.kind, *where, '--echo', '--send', 'tick', '--repeat', '10', '--times', '3', '--no-stdin', '--duration', '0.25']

    def run(self):
        try:
            if self.kind == 'udp':
                self.got, at = self.socket.recvfrom(100)
                for text in (b'one', b'two'):
                    self.socket.sendto(text, at)
                while True:
                    self.got += self.socket.recv(100)
            stream = self.socket.accept()[0] if self.kind == 'tcp-client' else self.socket
            stream.settimeout(0.6)
            if self.kind == 'tcp-server':
                stream.connect(('127.0.0.1', self.port))
            stream.sendall(b'onetwo')
            while data := stream.recv(100):
                self.got += data
            stream.close()
        except OSError:
            pass
        finally:
            self.socket.close()

    def whole(self):
        return self.got.count(b'tick') == 3 and self.got.count(b'one') == 1 and self.got.count(b'two') == 1


def outcome_of_log(log):
    """What the program says of a session: the bytes in and out."""
    total = {'in': 0, 'out': 0}
    for line in log.splitlines():
        record = json.loads(line)
        if record['kind'] in total:
            total[record['kind']] += record['length']
    return total


class Session:
    """One run of porthole-cli under a fault."""

    def __init__(self, kind, call, code, n):
        self.what = f'{kind}: {call} fails with {code} the {n}. time'
        self.folder = tempfile.mkdtemp(prefix='porthole-faults-')
        self.mark, self.capture = os.path.join(self.folder, 'mark'), os.path.join(self.folder, 'a.porthole')
        try:
            self.run(kind, f'{call} {getattr(errno, code)} {n}')
        finally:
            shutil.rmtree(self.folder)

    def start(self, words, fault):
        env = dict(os.environ, LC_ALL='C.UTF-8', LD_PRELOAD=LIBRARY, FAULT=fault, FAULT_MARK=self.mark)
        env.pop('G_DEBUG', None)
        return subprocess.Popen([PROGRAM, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env,
                                bufsize=0)     # what was read of a line must not keep what follows from communicate()

    def run(self, kind, fault):
        peer = None
        if kind == 'read':
            with Whole() as capture:
                process = self.start(['read', capture, '--format', 'json'], fault)
                self.finish(process)
        else:
            peer = Peer(kind)
            process = self.start([*peer.arguments(), '--format', 'json', '--capture', self.capture], fault)
            errors = []
            for line in process.stderr:     # until the port is open, or it failed
                errors.append(line)
                match = re.match(rb'open \S+ .*:(\d+)\n', line)
                if match:
                    peer.port = getattr(peer, 'port', int(match.group(1)))
                    break
            if hasattr(peer, 'port'):
                peer.start()
            self.finish(process, b''.join(errors))
            if hasattr(peer, 'port'):
                peer.join()
            peer.socket.close()
        self.reached = os.path.exists(self.mark)
        self.judge(peer)

    def finish(self, process, errors=b''):
        try:
            self.out, self.err = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            self.out, self.err = process.communicate()
            self.err += b'\nIT DID NOT END'
        self.err, self.status = (errors + self.err).decode(), process.returncode

    def judge(self, peer):
        said = [line for line in self.err.splitlines() if not line.startswith('open ')]
        told = [r for r in map(self.record, self.out.splitlines()) if r is None or r.get('kind') in ('error', 'loss', 'note', 'left')]
        words = said or told
        self.fault = None
        if 'IT DID NOT END' in self.err:
            self.fault = 'it did not end'
        elif self.status not in (0, 1) or re.search(r'CRITICAL|WARNING|-ERROR|assert', self.err):
            self.fault = 'it broke'
        elif self.status == 1 and not words:
            self.fault = 'it failed without a word'
        elif self.status == 0 and not words and not self.whole(peer):
            self.fault = 'something is missing, and it does not say so'
        if self.fault is not None:
            got = peer.got if peer is not None else ''
            self.fault = f'{self.what}: {self.fault}\nstatus {self.status}\n{self.err}\n{self.out.decode()}\nthe peer got {got}'

    @staticmethod
    def record(line):
        try:
            return json.loads(line)
        except ValueError:
            return None

    def whole(self, peer):
        if peer is None:
            return self.out == Whole.log
        total = outcome_of_log(self.out)
        return peer.whole() and total == {'in': 6, 'out': 18} and os.path.getsize(self.capture) > 64


class Whole:
    """A capture for read, made once without a fault."""
    lock, bytes, log = threading.Lock(), None, None

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix='porthole-faults-')
        path = os.path.join(self.folder, 'a.porthole')
        with Whole.lock:
            if Whole.bytes is None:
                subprocess.run([PROGRAM, 'udp', '--local', '127.0.0.1:0', '--no-stdin', '--duration', '0', '--quiet', '--capture', path],
                               check=True, capture_output=True, timeout=PATIENCE)
                with open(path, 'rb') as file:
                    Whole.bytes = file.read()
                Whole.log = subprocess.run([PROGRAM, 'read', path, '--format', 'json'], check=True, capture_output=True,
                                           timeout=PATIENCE).stdout
        with open(path, 'wb') as file:
            file.write(Whole.bytes)
        return path

    def __exit__(self, *unused):
        shutil.rmtree(self.folder)


@unittest.skipUnless(sys.platform == 'linux', 'only Linux has the calls, and a library to preload')
class Faults(unittest.TestCase):
    def walk(self, kind, call, code):
        for n in range(1, N_MAX + 1):
            session = Session(kind, call, code, n)
            if session.fault is not None:
                return session.fault
            if not session.reached:
                break
        return None

    def check(self, kind):
        with concurrent.futures.ThreadPoolExecutor(AT_A_TIME) as pool:
            walks = [pool.submit(self.walk, kind, call, code) for call, codes in CALLS.items() for code in codes]
            faults = [walk.result() for walk in walks if walk.result() is not None]
        self.assertEqual(faults, [], '\n\n'.join(faults))

    def test_udp_goes_on_or_ends_with_words(self):
        self.check('udp')

    def test_a_client_goes_on_or_ends_with_words(self):
        self.check('tcp-client')

    def test_a_server_goes_on_or_ends_with_words(self):
        self.check('tcp-server')

    def test_reading_a_capture_ends_with_words(self):
        self.check('read')


if __name__ == '__main__':
    sys.exit(tap.run(sys.modules[__name__], sys.argv[3:]))
