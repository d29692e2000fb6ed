"""window.py: rows of ./run bench about the window: start, idle, floods and streams, many peers, large captures

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import os
import resource
import socket
import subprocess
import time

import glass
import kit
import net
import procs

START_ROUNDS = 15
IDLE_SECONDS = 20
# Seconds until the window has come to rest after its start or a key, and after traffic. A text that has the focus blinks for 10 s, and
# 20 s later GTK drops once what it has kept of its lines.
SETTLE, MINUTE = 40, 70
FLOOD_SECONDS = 10
CLIENTS = 10_000
RECORDS = 10_000_000                # that are searched
LOOK = 1.5                          # seconds for the window to be up, or a search to be through


# ---- starting and idling ----

def first_frame(bench, *argv):
    """Milliseconds until the first frame of a program is painted."""
    result = subprocess.run(argv, check=True, capture_output=True, text=True, timeout=60,
                            env=procs.env_with(LD_PRELOAD=bench.helper('libframes.so'), GTK_A11Y='none',
                                               PORTHOLE_BENCH_START=str(glass.now())))
    return {'ms': float(result.stdout.split()[-1])}


def startup(bench):
    contenders = {'porthole': lambda: first_frame(bench, bench.ours('porthole')),
                  'empty GTK window': lambda: first_frame(bench, bench.helper('empty-window'))}
    bench.take_turns(contenders, 1)             # warms the caches of both
    return {'first': bench.take_turns(contenders, START_ROUNDS).beside('ms', 'porthole', 'empty GTK window')}


def woken(pid, settle):
    time.sleep(settle)
    before = procs.switches(pid)
    time.sleep(IDLE_SECONDS)
    return procs.switches(pid) - before


def idles(bench):
    port = procs.free_port()
    with glass.Glass(bench, 'udp', '--local', f'127.0.0.1:{port}', '--open') as window:
        figures = {'open': woken(window.pid, SETTLE)}
        net.flood(bench, port, '--seconds', '1')
        figures['after'] = woken(window.pid, MINUTE)
        glass.key('ctrl+f')
        glass.type_text('4242')
        figures['search'] = woken(window.pid, SETTLE)
        glass.key('Escape')
        glass.key('ctrl+t')
        figures['tab'] = woken(window.pid, SETTLE)
    return figures


def idle(bench):
    """Once: it takes minutes, and a wake-up is one however busy the machine is."""
    turns = bench.take_turns({'porthole': lambda: idles(bench)}, 1)
    return {key: turns.beside(key, 'porthole') for key in ('open', 'after', 'search', 'tab')}


# ---- datagrams ----

def window_takes(bench, *options):
    """A flood into the window: what has come into its capture."""
    port = procs.free_port()
    with glass.Glass(bench, 'udp', '--local', f'127.0.0.1:{port}', '--open') as window:
        procs.wait_bound(port)
        time.sleep(LOOK)
        sent = net.flood(bench, port, *options)
        time.sleep(LOOK)                        # the last chunk is written once a second
        received = net.captured(bench, window.capture()) // net.LENGTH
    return net.shares(sent, received)


def datagrams(bench):
    bench.need_disk(1024)
    options = ('--count', str(net.FLOOD))
    turns = bench.take_turns({'porthole': lambda: window_takes(bench, *options),
                              'bare recvmmsg sink': lambda: net.sink_takes(bench, *options)})
    return {key: turns.beside(key, 'porthole', 'bare recvmmsg sink') for key in ('rate', 'lost')}


def flooded(bench, find=None):
    """The frames of a flood, while a text is looked for in what arrives or not."""
    port = procs.free_port()
    with glass.Glass(bench, 'udp', '--local', f'127.0.0.1:{port}', '--open') as window:
        procs.wait_bound(port)
        time.sleep(LOOK)
        if find is not None:
            glass.key('ctrl+f')
            glass.type_text(find)
        with procs.started(bench.helper('flood'), str(port), '--seconds', str(FLOOD_SECONDS + 2), stdout=subprocess.DEVNULL):
            time.sleep(1)
            start = glass.now()
            time.sleep(FLOOD_SECONDS)
            end = glass.now()
    return {**glass.of_gaps(window.gaps((start, end))), 'cpu': window.cpu(start, end)}


def following(bench):
    bench.need_disk(2048)
    turns = bench.take_turns({'porthole': lambda: flooded(bench), 'searching': lambda: flooded(bench, 'lost. 42')})
    return {**{key: turns.beside(key, 'porthole') for key in ('late', 'longest', 'cpu')},
            **{f'search-{key}': turns.beside(key, 'searching') for key in ('late', 'longest')}}


# ---- streams ----

def window_streams(bench):
    port = procs.free_port(socket.SOCK_STREAM)
    with glass.Glass(bench, 'tcp-server', '--local', f'127.0.0.1:{port}', '--open') as window:
        procs.wait_bound(port, 'tcp')
        time.sleep(LOOK)
        with procs.MemoryWatch(window.pid) as memory:
            sent = net.run_json(bench.helper('stream'), str(port), str(net.STREAM_SECONDS))
    return {'rate': 8e-9 * sent['sent'] / sent['seconds'], 'memory': memory.most}


def stream(bench):
    bench.need_disk(20480)
    turns = bench.take_turns({'porthole': lambda: window_streams(bench), 'iperf3': lambda: net.iperf_streams(bench)})
    return {'rate': turns.beside('rate', 'porthole', 'iperf3'), 'memory': turns.beside('memory', 'porthole')}


# ---- many peers ----

def need_sockets(count):
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < count:
        raise kit.LeftOut(f'a program may have {hard} files open here, and this needs {count}')
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def kinds(bench, path):
    """How many records of each kind a capture has."""
    counts = {}
    with subprocess.Popen([bench.ours('porthole-cli'), 'read', path, '--format', 'json'], stdout=subprocess.PIPE) as reader:
        for line in reader.stdout:
            kind = json.loads(line)['kind']
            counts[kind] = counts.get(kind, 0) + 1
    return counts


def connect_many(port):
    """Connects all of them, and then has each send a line."""
    clients = []
    for _ in range(CLIENTS):
        clients.append(socket.create_connection(('127.0.0.1', port)))
    for n, client in enumerate(clients):
        client.sendall(f'client {n}\n'.encode())
    return clients


def crowded(bench):
    port = procs.free_port(socket.SOCK_STREAM)
    with glass.Glass(bench, 'tcp-server', '--local', f'127.0.0.1:{port}', '--open', tick=True) as window:
        procs.wait_bound(port, 'tcp')
        time.sleep(LOOK)
        start = glass.now()
        clients = connect_many(port)
        time.sleep(2 * LOOK)                    # all of it is shown and written
        end = glass.now()
        counts = kinds(bench, window.capture())
        for client in clients:
            client.close()
    return {'lines': counts.get('in', 0), 'peers': counts.get('joined', 0), **glass.of_gaps(window.gaps((start, end)))}


def crowd(bench):
    need_sockets(CLIENTS + 64)
    turns = bench.take_turns({'porthole': lambda: crowded(bench)})
    return {key: turns.beside(key, 'porthole') for key in ('lines', 'peers', 'late', 'longest')}


# ---- large captures ----

def make_capture(bench, count):
    """A capture of so many records, moved to where it stays."""
    with net.Cli(bench, 'udp', '--local', '127.0.0.1:0') as cli:
        net.flood(bench, cli.port, '--count', str(count))
        cli.end()
        path = bench.path('large.porthole')
        subprocess.run(['mv', cli.path, path], check=True)
    return path


def searched(bench, path):
    """Each letter begins a search of all records anew: the first ones find something in each, the last ones in none."""
    with glass.Glass(bench, path, tick=True) as window:
        time.sleep(2 * LOOK)
        glass.key('ctrl+f')
        time.sleep(LOOK)                        # the bar is there
        start = glass.now()
        glass.type_text('told as lost? no', 400)
        time.sleep(LOOK)
        end = glass.now()
    return glass.of_gaps(window.gaps((start, end)))


def search(bench):
    bench.need_disk(2048)
    path = make_capture(bench, RECORDS)
    turns = bench.take_turns({'porthole': lambda: searched(bench, path)})
    return {'longest': turns.beside('longest', 'porthole')}


def looked_at(window, keys):
    """The times behind some keys, each a second."""
    times = []
    for one in keys:
        glass.key(one)
        start = glass.now()
        time.sleep(1)
        times.append((start, start + 1_000_000))
    return times


def at_size(bench):
    """Fifty million records, with a search that finds something in each of them; then, with the disk at rest, shown in every way,
    at their beginning and at their end."""
    changes = ('ctrl+2', 'ctrl+3', 'alt+h', 'alt+w', 'ctrl+1', 'alt+w', 'alt+h', 'ctrl+shift+f', 'ctrl+shift+f')
    port = procs.free_port()
    with glass.Glass(bench, 'udp', '--local', f'127.0.0.1:{port}', '--open', tick=True) as window:
        procs.wait_bound(port)
        time.sleep(LOOK)
        glass.key('ctrl+f')
        glass.type_text('lost')
        with procs.MemoryWatch(window.pid) as memory:
            sent = net.flood(bench, port, '--count', str(net.MANY))
            lost = procs.drops(port)
            time.sleep(LOOK)
            os.sync()
            glass.key('ctrl+shift+l')           # to the log
            jumps = looked_at(window, ('ctrl+Home',))
            changed = looked_at(window, changes)
            jumps += looked_at(window, ('ctrl+End',))
            changed += looked_at(window, changes)
    return {'memory': memory.most, 'records': (sent['sent'] - lost) / 1e6, 'jump': max(window.gaps(*jumps)),
            'longest': max(window.gaps(*changed))}


def large(bench):
    """Once: it takes minutes."""
    bench.need_disk(net.MANY * (net.LENGTH + 28) >> 20)
    turns = bench.take_turns({'porthole': lambda: at_size(bench)}, 1)
    return {key: turns.beside(key, 'porthole') for key in ('memory', 'records', 'jump', 'longest')}


# ---- the log ----

def log_costs(bench):
    return json.loads(subprocess.run([bench.helper('bench-log-view')], check=True, capture_output=True, timeout=600).stdout)


def log_view(bench):
    turns = bench.take_turns({'log': lambda: log_costs(bench)}, 1)
    return {mode: kit.Measured(turns.median('log', mode), [('GtkListView of labels', turns.median('log', 'list'))])
            for mode in ('compact', 'comfortable', 'stream', 'reads', 'table', 'bytes')}


ROWS = [
    kit.Row('startup', 'Start to first frame', startup,
            [kit.Figure('first', 'first frame', 'ms', kit.at_most_times(1.3))]),
    kit.Row('idle', f'An open port, idle for {IDLE_SECONDS} s', idle,
            [kit.Figure('open', 'wake-ups', '', kit.at_most(0, '')),
             kit.Figure('after', 'wake-ups a minute after traffic', '', kit.at_most(0, '')),
             kit.Figure('search', 'wake-ups with a search open', '', kit.at_most(0, '')),
             kit.Figure('tab', 'wake-ups with a second tab in front', '', kit.at_most(0, ''))]),
    kit.Row('window-udp', f'{net.LENGTH}-byte datagrams, one sender at full speed, {net.FLOOD // 1_000_000} million: the window, open and '
            'following', datagrams,
            [kit.Figure('rate', 'received', 'datagrams/s', kit.at_least_times(0.95)),
             kit.Figure('lost', 'lost', '%', kit.at_most_more(0.1, '%'))]),
    kit.Row('window-flood', f'The window, following a full-speed flood for {FLOOD_SECONDS} s', following,
            [glass.LATE, glass.LONGEST,
             kit.Figure('cpu', 'CPU a frame', 'ms', kit.at_most(5, 'ms')),
             kit.Figure('search-late', f'{glass.LATE.what}, searching too', '%', glass.LATE.goal),
             kit.Figure('search-longest', f'{glass.LONGEST.what}, searching too', 'ms', glass.LONGEST.goal)]),
    kit.Row('window-tcp', 'One TCP stream: the window, open and following', stream,
            [kit.Figure('rate', 'received', 'Gbit/s', kit.at_least_times(0.6)),
             kit.Figure('memory', 'most anonymous memory', 'MiB', kit.at_most(net.LIMIT, 'MiB'))]),
    kit.Row('window-clients', f'{CLIENTS:,} TCP clients connected to the window, each sends a line', crowd,
            [kit.Figure('lines', 'lines', '', kit.at_least(CLIENTS, '')),
             kit.Figure('peers', 'peers', '', kit.at_least(CLIENTS, '')),
             glass.LATE, glass.LONGEST]),
    kit.Row('window-search', f'Searching {RECORDS // 1_000_000} million records in the window, anew with each letter', search,
            [glass.STEADY]),
    kit.Row('window-large', f'{net.MANY // 1_000_000} million records captured by the window, searched, and shown in other ways', large,
            [kit.Figure('memory', 'most anonymous memory', 'MiB', kit.at_most(net.LIMIT, 'MiB')),
             kit.Figure('records', 'records', 'million', kit.at_least(0.95 * net.MANY / 1e6, 'million')),
             kit.Figure('jump', f'{glass.LONGEST.what}, jumping to an end', 'ms', kit.at_most(100, 'ms')),
             kit.Figure('longest', f'{glass.LONGEST.what}, changing mode, wrapping, hex and filter', 'ms', glass.STEADY.goal)]),
    kit.Row('log-view', 'The log following a million records', log_view,
            [kit.Figure('compact', 'CPU a frame, Compact', 'ms', kit.at_most_times(0.5)),
             kit.Figure('comfortable', 'CPU a frame, Comfortable', 'ms', kit.at_most_times(0.5)),
             kit.Figure('stream', 'CPU a frame, Stream', 'ms', kit.at_most_times(0.5)),
             kit.Figure('reads', 'CPU a frame, Stream, a page full of reads without line ends', 'ms', kit.at_most_times(0.85)),
             kit.Figure('table', 'CPU a frame, Table', 'ms', kit.at_most_times(0.5)),
             kit.Figure('bytes', 'CPU a frame, Bytes', 'ms', kit.at_most_times(0.5))]),
]
