"""window.py: rows of ./run bench that need the window: startup, idling, a flood into it, what a frame of the log costs

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import os
import signal
import subprocess
import time

import kit
import procs

START_ROUNDS = 15
IDLE_SECONDS = 5
FLOOD_SECONDS = 5


def first_frame(bench, *argv):
    """Milliseconds until the first frame of a program is painted."""
    result = subprocess.run(argv, check=True, capture_output=True, text=True, timeout=60,
                            env=procs.env_with(LD_PRELOAD=bench.helper('libframes.so'), GTK_A11Y='none',
                                               PORTHOLE_BENCH_START=str(time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000)))
    return {'ms': float(result.stdout.split()[-1])}


def startup(bench):
    contenders = {'porthole': lambda: first_frame(bench, bench.ours('porthole')),
                  'empty GTK window': lambda: first_frame(bench, bench.helper('empty-window'))}
    bench.take_turns(contenders, 1)             # warms the caches of both
    return {'first': bench.take_turns(contenders, START_ROUNDS).beside('ms', 'porthole', 'empty GTK window')}


def wakeups(bench, *argv):
    with procs.started(bench.ours('porthole'), *argv) as program:
        time.sleep(4)                           # the window is up and the cursor has blinked its last
        before = procs.switches(program.pid)
        time.sleep(IDLE_SECONDS)
        return {'woken': procs.switches(program.pid) - before}


def idle(bench):
    turns = bench.take_turns({'porthole': lambda: wakeups(bench, 'udp', '--local', '127.0.0.1:0', '--open')})
    return {'woken': turns.beside('woken', 'porthole')}


def flooded(bench):
    port = procs.free_port()
    with procs.started(bench.ours('porthole'), 'udp', '--local', f'127.0.0.1:{port}', '--open', stdout=subprocess.PIPE, text=True,
                       env=procs.env_with(LD_PRELOAD=bench.helper('libframes.so'), PORTHOLE_BENCH_FLOOD='1')) as program:
        procs.wait_bound(port)
        with procs.started(bench.helper('flood'), str(port), '--seconds', str(FLOOD_SECONDS + 1), stdout=subprocess.PIPE) as flood:
            time.sleep(0.5)                     # it runs
            program.send_signal(signal.SIGUSR1)
            time.sleep(FLOOD_SECONDS)
            lost = procs.drops(port)
            program.terminate()
            _frames, gap = program.stdout.read().split()
            sent = json.load(flood.stdout)['sent']
    return {'gap': float(gap), 'lost': 100 * lost / sent}


def flood_row(bench):
    turns = bench.take_turns({'porthole': lambda: flooded(bench)})
    return {'gap': turns.beside('gap', 'porthole')}


def log_costs(bench):
    return json.loads(subprocess.run([bench.helper('bench-log-view')], check=True, capture_output=True, timeout=600).stdout)


def log_view(bench):
    turns = bench.take_turns({'log': lambda: log_costs(bench)}, 1)
    return {mode: kit.Measured(turns.median('log', mode), [('GtkListView of labels', turns.median('log', 'list'))])
            for mode in ('log', 'table', 'hex')}


ROWS = [
    kit.Row('startup', 'Start to first frame', startup,
            [kit.Figure('first', 'first frame', 'ms', kit.at_most_times(1.3))]),
    kit.Row('idle', f'An open port, idle for {IDLE_SECONDS} s', idle,
            [kit.Figure('woken', 'wake-ups', '', kit.at_most(0, ''))]),
    kit.Row('flood', 'A flood of 64-byte datagrams into the open window', flood_row,
            [kit.Figure('gap', 'longest time between two frames', 'ms', kit.at_most(100, 'ms'))]),
    kit.Row('log-view', 'The log following a million records', log_view,
            [kit.Figure('log', 'CPU a frame, Log', 'ms', kit.at_most(5, 'ms')),
             kit.Figure('table', 'CPU a frame, Table', 'ms', kit.at_most(5, 'ms')),
             kit.Figure('hex', 'CPU a frame, Hex', 'ms', kit.at_most(5, 'ms'))]),
]
