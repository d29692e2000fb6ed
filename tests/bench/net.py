"""net.py: rows of ./run bench about receiving and sending with porthole-cli, beside bare loops and other programs

The bare sink asks for as large a receive buffer as Porthole does; other programs run as their users start them, with the buffer that
they ask for themselves. All of them write what they receive to the same disk, but for the sink, which throws it away.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import os
import re
import signal
import socket
import subprocess
import time

import kit
import procs

FLOOD = 2_000_000       # datagrams
LENGTH = 64             # bytes of one
BUFFER = 32 << 20       # bytes of receive buffer that Porthole asks for; what it is given is net.core.rmem_max
PACED, PACE, LONG = 2_000_000, 100_000, 1400
STREAM_SECONDS = 5
MANY = 50_000_000       # records
LIMIT = 256 + 100       # MiB: the memory setting, and what may come on top
PINGS = 20_000
BEATS = 10_000
AT_ONCE = 1_000_000     # messages as fast as possible
CHANGING = ('--variables', '--send', 'tick {counter} {time:%F %T}')
CONSTANT = ('--send', 'tick 1000000 2026-12-01 12:00:00')      # as long


def run_json(*argv):
    return json.loads(subprocess.run(argv, check=True, capture_output=True, stdin=subprocess.DEVNULL, timeout=600).stdout)


def flood(bench, port, *options):
    """Sends, and waits until what has arrived is taken. {"sent", "seconds"}"""
    sent = run_json(bench.helper('flood'), str(port), *options)
    procs.wait_drained(port)
    return sent


def shares(sent, received, **more):
    return {'rate': received / sent['seconds'], 'lost': 100 * (1 - received / sent['sent']), **more}


def captured(bench, path):
    """Bytes that were received, by a capture."""
    with subprocess.Popen([bench.ours('porthole-cli'), 'read', path, '--format', 'raw'], stdout=subprocess.PIPE) as reader:
        total = 0
        while data := reader.stdout.read(1 << 20):
            total += len(data)
    return total


class Cli:
    """porthole-cli that receives and writes a capture, without a log on its output: with Cli(bench, 'udp') as cli: …"""

    def __init__(self, bench, transport, *options, capture=True):
        self.path = bench.path('capture.porthole')
        self.argv = [bench.ours('porthole-cli'), transport, '--quiet', '--no-stdin', *options,
                     *(['--capture', self.path] if capture else [])]

    def __enter__(self):
        self.program = subprocess.Popen(self.argv, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True)
        words = self.program.stderr.readline()
        self.port = int(re.search(r':(\d+)$', words.strip()).group(1))
        return self

    def end(self):
        """Ends it; returns what it said of errors and losses."""
        self.program.send_signal(signal.SIGINT)
        return self.program.communicate(timeout=120)[1]

    def __exit__(self, *_):
        if self.program.poll() is None:
            self.program.kill()
            self.program.communicate()
        if os.path.exists(self.path):
            os.unlink(self.path)


# ---- datagrams ----

def cli_takes(bench, *options):
    with Cli(bench, 'udp', '--local', '127.0.0.1:0') as cli:
        before = procs.cpu(cli.program.pid, 'worker')
        sent = flood(bench, cli.port, *options)
        cpu, all_cpu = procs.cpu(cli.program.pid, 'worker') - before, procs.cpu(cli.program.pid)
        said = cli.end()
        if cli.program.returncode != 0:
            raise RuntimeError(said)
        received = captured(bench, cli.path) // LENGTH
    return shares(sent, received, cpu=1e6 * cpu / received, all_cpu=1e6 * all_cpu / received)


def sink_takes(bench, *options):
    port = procs.free_port()
    with procs.started(bench.helper('sink'), str(port), str(BUFFER), stdout=subprocess.PIPE) as sink:
        procs.wait_bound(port)
        sent = flood(bench, port, *options)
        sink.terminate()
        took = json.load(sink.stdout)
    return shares(sent, took['received'], cpu=1e6 * took['cpu'] / took['received'])


def peer_takes(bench, name, *words):
    """Another program that writes what it receives to a file; PORT in its words is the port."""
    port, path = procs.free_port(), bench.path('peer')
    argv = [bench.tool(name), *(word.replace('PORT', str(port)) for word in words)]
    with open(path, 'wb') as file:
        with procs.started(*argv, stdout=file, stderr=subprocess.DEVNULL) as peer:
            procs.wait_bound(port)
            sent = flood(bench, port, '--count', str(FLOOD))
            time.sleep(0.2)                     # it writes what it took last
            peer.terminate()
        received = os.path.getsize(path) // LENGTH
    os.unlink(path)
    return shares(sent, received)


def datagrams(bench):
    bench.need_disk(1024)
    turns = bench.take_turns({
        'porthole-cli': lambda: cli_takes(bench, '--count', str(FLOOD)),
        'bare recvmmsg sink': lambda: sink_takes(bench, '--count', str(FLOOD)),
        'netcat-openbsd': lambda: peer_takes(bench, 'nc.openbsd', '-u', '-l', '127.0.0.1', 'PORT'),
        'ncat': lambda: peer_takes(bench, 'ncat', '-u', '-l', '--recv-only', '127.0.0.1', 'PORT'),
        'socat': lambda: peer_takes(bench, 'socat', '-u', 'UDP-RECV:PORT,bind=127.0.0.1', 'STDOUT'),
    })
    peers = ('netcat-openbsd', 'ncat', 'socat')
    return {'rate': turns.beside('rate', 'porthole-cli', 'bare recvmmsg sink'),
            'lost': turns.beside('lost', 'porthole-cli', 'bare recvmmsg sink'),
            'peers': turns.beside('rate', 'porthole-cli', *peers),
            'peers-lost': turns.beside('lost', 'porthole-cli', *peers),
            'cpu': turns.beside('cpu', 'porthole-cli', 'bare recvmmsg sink')}


def saves(bench, *options):
    """The worker's share with a live save, or without: what is in no file was told in a number."""
    path = bench.path('saved')
    with Cli(bench, 'udp', '--local', '127.0.0.1:0', *options, capture=False) as cli:
        before = procs.cpu(cli.program.pid, 'worker')
        sent = flood(bench, cli.port, '--count', str(FLOOD))
        lost, cpu = procs.drops(cli.port), procs.cpu(cli.program.pid, 'worker') - before
        cli.end()
    taken, missing = sent['sent'] - lost, 0
    if options:
        missing = taken - os.path.getsize(path) // LENGTH
        os.unlink(path)
    return shares(sent, taken, cpu=1e6 * cpu / taken, missing=missing)


def save(bench):
    bench.need_disk(FLOOD * LENGTH >> 20)
    turns = bench.take_turns({'porthole-cli --save': lambda: saves(bench, '--save', bench.path('saved')),
                              'without a save': lambda: saves(bench)})
    return {**{key: turns.beside(key, 'porthole-cli --save', 'without a save') for key in ('rate', 'lost', 'cpu')},
            'missing': turns.beside('missing', 'porthole-cli --save')}


def takes_long_ones(bench):
    """Everything that was sent is in the capture, or was told as taken by the memory limit because the disk was slower."""
    with Cli(bench, 'udp', '--local', '127.0.0.1:0') as cli, procs.MemoryWatch(cli.program.pid) as memory:
        sent = flood(bench, cli.port, '--count', str(PACED), '--length', str(LONG), '--rate', str(PACE))
        dropped = procs.drops(cli.port)
        cli.end()
        written = captured(bench, cli.path) // LONG
    return {'rate': sent['sent'] / sent['seconds'], 'dropped': dropped, 'missing': sent['sent'] - dropped - written,
            'memory': memory.most}


def long_ones(bench):
    bench.need_disk(PACED * (LONG + 64) >> 20)
    turns = bench.take_turns({'porthole-cli': lambda: takes_long_ones(bench)})
    return {key: turns.beside(key, 'porthole-cli') for key in ('rate', 'dropped', 'missing', 'memory')}


def takes_many(bench):
    with Cli(bench, 'udp', '--local', '127.0.0.1:0') as cli, procs.MemoryWatch(cli.program.pid) as memory:
        sent = flood(bench, cli.port, '--count', str(MANY), '--length', str(LENGTH))
        lost = procs.drops(cli.port)
        cli.end()
    return {'memory': memory.most, 'records': (sent['sent'] - lost) / 1e6}


def many(bench):
    """Once: it takes minutes, and it is a sum and not a speed."""
    bench.need_disk(MANY * (LENGTH + 28) >> 20)
    turns = bench.take_turns({'porthole-cli': lambda: takes_many(bench)}, 1)
    return {key: turns.beside(key, 'porthole-cli') for key in ('memory', 'records')}


# ---- streams ----

def cli_streams(bench):
    with Cli(bench, 'tcp-server', '--local', '127.0.0.1:0', capture=False) as cli, procs.MemoryWatch(cli.program.pid) as memory:
        sent = run_json(bench.helper('stream'), str(cli.port), str(STREAM_SECONDS))
        cli.end()
    return {'rate': 8e-9 * sent['sent'] / sent['seconds'], 'memory': memory.most}


def iperf_streams(bench):
    port = procs.free_port(socket.SOCK_STREAM)
    with procs.started(bench.tool('iperf3'), '--server', '--one-off', '--port', str(port), stdout=subprocess.DEVNULL):
        procs.wait_bound(port, 'tcp6')
        took = run_json('iperf3', '--client', '127.0.0.1', '--port', str(port), '--time', str(STREAM_SECONDS), '--json')
    return {'rate': took['end']['sum_received']['bits_per_second'] / 1e9}


def stream(bench):
    turns = bench.take_turns({'porthole-cli': lambda: cli_streams(bench), 'iperf3': lambda: iperf_streams(bench)})
    return {'rate': turns.beside('rate', 'porthole-cli', 'iperf3'), 'memory': turns.beside('memory', 'porthole-cli')}


# ---- time ----

def cli_echoes(bench):
    with Cli(bench, 'udp', '--local', '127.0.0.1:0', '--echo', capture=False) as cli:
        return run_json(bench.helper('bounce'), 'ask', str(cli.port), str(PINGS))


def loop_echoes(bench):
    port = procs.free_port()
    with procs.started(bench.helper('bounce'), 'serve', str(port)):
        procs.wait_bound(port)
        return run_json(bench.helper('bounce'), 'ask', str(port), str(PINGS))


def echo(bench):
    turns = bench.take_turns({'porthole-cli': lambda: cli_echoes(bench), 'bare loop': lambda: loop_echoes(bench)})
    return {key: turns.beside(key, 'porthole-cli', 'bare loop') for key in ('p50', 'p99')}


def heard(bench, *argv):
    """What a listener says of the beats that a program sends to it."""
    port = procs.free_port()
    with procs.started(bench.helper('beat'), 'hear', str(port), str(BEATS), stdout=subprocess.PIPE) as ear:
        procs.wait_bound(port)
        subprocess.run([word.replace('PORT', str(port)) for word in argv], check=True, timeout=60, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        took = json.load(ear.stdout)
    return {**took, 'off': 100 * abs(took['interval'] - 1)}


def beats(bench, *message):
    turns = bench.take_turns({
        'porthole-cli': lambda: heard(bench, bench.ours('porthole-cli'), 'udp', '--remote', '127.0.0.1:PORT', *message,
                                      '--repeat', '1', '--times', str(BEATS), '--no-stdin', '--quiet'),
        'bare loop': lambda: heard(bench, bench.helper('beat'), 'send', 'PORT', str(BEATS)),
    })
    return {key: turns.beside(key, 'porthole-cli', 'bare loop') for key in ('off', 'p50', 'p99')}


def repeat(bench):
    return beats(bench, '--send', 'tick')


def at_once(bench, *message):
    """Sends as fast as possible to somebody who throws it away."""
    port = procs.free_port()
    with procs.started(bench.helper('sink'), str(port), str(BUFFER), stdout=subprocess.DEVNULL):
        procs.wait_bound(port)
        start = time.monotonic()
        subprocess.run([bench.ours('porthole-cli'), 'udp', '--remote', f'127.0.0.1:{port}', *message, '--repeat', '0',
                        '--times', str(AT_ONCE), '--no-stdin', '--quiet'], check=True, timeout=120, stdout=subprocess.DEVNULL)
        return {'rate': AT_ONCE / (time.monotonic() - start)}


def repeat_variables(bench):
    turns = bench.take_turns({'porthole-cli': lambda: at_once(bench, *CHANGING),
                              'a constant message': lambda: at_once(bench, *CONSTANT)})
    return {**beats(bench, *CHANGING), 'rate': turns.beside('rate', 'porthole-cli', 'a constant message')}


ROWS = [
    kit.Row('udp', f'{LENGTH}-byte datagrams, one sender at full speed, {FLOOD // 1_000_000} million: porthole-cli, writing them to disk',
            datagrams,
            [kit.Figure('rate', 'received', 'datagrams/s', kit.at_least_times(0.97)),
             kit.Figure('lost', 'lost', '%', kit.at_most_more(0.1, '%')),
             kit.Figure('peers', 'received, beside other programs', 'datagrams/s', kit.ahead()),
             kit.Figure('peers-lost', 'lost, beside other programs', '%', kit.less()),
             kit.Figure('cpu', 'CPU of the worker for one', 'µs', kit.at_most_times(1.5))]),
    kit.Row('udp-disk', f'{LONG}-byte datagrams at {PACE:,}/s for {PACED // PACE} s: porthole-cli, writing them to disk', long_ones,
            [kit.Figure('rate', 'sent', 'datagrams/s', kit.at_least(0.99 * PACE, 'datagrams/s')),
             kit.Figure('dropped', 'lost by the kernel', 'datagrams', kit.at_most(0, '')),
             kit.Figure('missing', 'lost by the disk', 'datagrams', kit.at_most(0, '')),
             kit.Figure('memory', 'most anonymous memory', 'MiB', kit.at_most(LIMIT, 'MiB'))]),
    kit.Row('save', f'{LENGTH}-byte datagrams, one sender at full speed, {FLOOD // 1_000_000} million: porthole-cli --save', save,
            [kit.Figure('rate', 'received', 'datagrams/s', kit.at_least_times(0.9)),
             kit.Figure('lost', 'lost', '%', kit.at_most_more(0.1, '%')),
             kit.Figure('cpu', 'CPU of the worker for one', 'µs', kit.at_most_times(1.2)),
             kit.Figure('missing', 'received, but in no file', 'datagrams', kit.at_most(0, ''))]),
    kit.Row('memory', f'{MANY // 1_000_000} million records captured by porthole-cli', many,
            [kit.Figure('memory', 'most anonymous memory', 'MiB', kit.at_most(LIMIT, 'MiB')),
             kit.Figure('records', 'records', 'million', kit.at_least(0.95 * MANY / 1e6, 'million'))]),
    kit.Row('tcp', 'One TCP stream: porthole-cli', stream,
            [kit.Figure('rate', 'received', 'Gbit/s', kit.at_least_times(0.6)),
             kit.Figure('memory', 'most anonymous memory', 'MiB', kit.at_most(LIMIT, 'MiB'))]),
    kit.Row('echo', f'A datagram sent back by porthole-cli --echo, round trip, {PINGS:,} times', echo,
            [kit.Figure('p50', 'half of them within', 'µs', kit.at_most_times(1.5)),
             kit.Figure('p99', '99 % of them within', 'µs', kit.at_most_times(1.5))]),
    kit.Row('repeat', f'A datagram every millisecond for {BEATS // 1000} s: porthole-cli --repeat', repeat,
            [kit.Figure('off', 'mean interval is off by', '%', kit.at_most(0.1, '%')),
             kit.Figure('p99', '99 % of them late by at most', 'µs', kit.at_most_times(2))]),
    kit.Row('repeat-variables', f'The same of {CHANGING[-1]}; and {AT_ONCE // 1_000_000} million of it as fast as possible',
            repeat_variables,
            [kit.Figure('off', 'mean interval is off by', '%', kit.at_most(0.1, '%')),
             kit.Figure('p99', '99 % of them late by at most', 'µs', kit.at_most_times(2)),
             kit.Figure('rate', 'as fast as possible', 'messages/s', kit.at_least_times(0.5))]),
]
