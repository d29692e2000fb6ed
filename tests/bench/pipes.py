"""pipes.py: what goes from standard input to a TCP connection, and from one to standard output, beside other programs

Each program is a client of a socket of this one, which compares each byte. All have the same other end, and the clock runs from the
connection to the last byte.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import mmap
import os
import socket
import subprocess
import threading
import time

import kit
import procs

SIZE = 1 << 30          # bytes
BLOCK = 1 << 20         # bytes of one read
MEMORY = 100            # MiB


class Source:
    """A file in which no two blocks are alike, and a listener for the program that sends it or gets it."""

    def __init__(self, bench):
        self.path = bench.path('source')
        block = os.urandom(BLOCK)
        with open(self.path, 'wb') as out:
            for i in range(SIZE // BLOCK):
                out.write(i.to_bytes(8, 'big') + block[8:])
        self.file = open(self.path, 'rb')
        self.bytes = mmap.mmap(self.file.fileno(), 0, prot=mmap.PROT_READ)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.bytes.close()
        self.file.close()
        os.unlink(self.path)

    def differing(self, read):
        """Reads all of it by read(n): how many bytes are missing or in blocks that are not the same."""
        at = wrong = 0
        while data := read(BLOCK):
            if data != self.bytes[at:at + len(data)]:
                wrong += len(data)
            at += len(data)
        return wrong + abs(SIZE - at)


def listen():
    listener = socket.socket()
    listener.bind(('127.0.0.1', 0))
    listener.listen()
    listener.settimeout(procs.PATIENCE)
    return listener


def sends(source, *argv):
    """The program reads the file and sends it."""
    with listen() as listener, open(source.path, 'rb') as stdin:
        words = [word.replace('PORT', str(listener.getsockname()[1])) for word in argv]
        with procs.started(*words, stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
            with procs.MemoryWatch(program.pid) as memory, listener.accept()[0] as peer:
                begun = time.monotonic()
                wrong = source.differing(peer.recv)
                took = time.monotonic() - begun
    return {'rate': SIZE / took / 1e6, 'wrong': wrong, 'memory': memory.most}


def receives(source, *argv):
    """The program gets the file and writes it."""
    with listen() as listener:
        words = [word.replace('PORT', str(listener.getsockname()[1])) for word in argv]
        with procs.started(*words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0) as program:
            with procs.MemoryWatch(program.pid) as memory, listener.accept()[0] as peer, open(source.path, 'rb') as file:
                def give():
                    peer.sendfile(file)
                    peer.shutdown(socket.SHUT_WR)
                begun = time.monotonic()
                giver = threading.Thread(target=give)
                giver.start()
                wrong = source.differing(program.stdout.read)
                took = time.monotonic() - begun
                giver.join()
    return {'rate': SIZE / took / 1e6, 'wrong': wrong, 'memory': memory.most}


def turns(bench, measure, contenders):
    bench.need_disk(SIZE >> 20)
    with Source(bench) as source:
        took = bench.take_turns({name: lambda make=make: measure(source, *make()) for name, make in contenders.items()})
    return {'rate': took.beside('rate', 'porthole-cli', 'netcat-openbsd'), 'peers': took.beside('rate', 'porthole-cli', 'socat'),
            'wrong': took.beside('wrong', 'porthole-cli'), 'memory': took.beside('memory', 'porthole-cli')}


def pipe_send(bench):
    return turns(bench, sends, {
        'porthole-cli': lambda: [bench.ours('porthole-cli'), 'tcp-client', '--remote', '127.0.0.1:PORT', '--input', 'raw', '--format', 'raw',
                                 '--half-close-at-end'],
        'netcat-openbsd': lambda: [bench.tool('nc.openbsd'), '-N', '127.0.0.1', 'PORT'],
        'socat': lambda: [bench.tool('socat'), '-u', 'STDIN', 'TCP:127.0.0.1:PORT'],
    })


def pipe_receive(bench):
    return turns(bench, receives, {
        'porthole-cli': lambda: [bench.ours('porthole-cli'), 'tcp-client', '--remote', '127.0.0.1:PORT', '--no-stdin', '--format', 'raw'],
        'netcat-openbsd': lambda: [bench.tool('nc.openbsd'), '-d', '127.0.0.1', 'PORT'],
        'socat': lambda: [bench.tool('socat'), '-u', 'TCP:127.0.0.1:PORT', 'STDOUT'],
    })


FIGURES = [kit.Figure('rate', 'rate', 'MB/s', kit.at_least_times(0.9)),
           kit.Figure('peers', 'rate, beside socat', 'MB/s', kit.ahead()),
           kit.Figure('wrong', 'bytes that differ', 'bytes', kit.at_most(0, '')),
           kit.Figure('memory', 'most anonymous memory', 'MiB', kit.at_most(MEMORY, 'MiB'))]

ROWS = [
    kit.Row('pipe-send', f'{SIZE >> 30} GiB from standard input to TCP: porthole-cli --input=raw', pipe_send, FIGURES),
    kit.Row('pipe-receive', f'{SIZE >> 30} GiB from TCP to standard output: porthole-cli --format=raw', pipe_receive, FIGURES),
]
