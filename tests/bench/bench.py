#!/usr/bin/python3
"""bench.py: what Porthole costs, each figure beside something measured in the same run

Usage: bench.py BUILD-FOLDER. Absolute times are printed for orientation only; the ratios and counts are what counts.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import glob
import os
import signal
import socket
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROUNDS = 15
IDLE_SECONDS = 5
FLOOD_SECONDS = 5


def env_with(**more):
    return {**os.environ, **more}


def first_frame(build, program, *arguments):
    """Milliseconds until the first frame of a program is painted."""
    result = subprocess.run([program, *arguments], check=True, capture_output=True, text=True, timeout=60,
                            env=env_with(LD_PRELOAD=f'{build}/tests/bench/libframes.so', GTK_A11Y='none',
                                         PORTHOLE_BENCH_START=str(time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000)))
    return float(result.stdout.split()[-1])


def bench_startup(build):
    programs = {'empty GTK window': f'{build}/tests/bench/empty-window', 'porthole': f'{build}/prefix/bin/porthole'}
    times = {name: [] for name in programs}
    for program in programs.values():
        first_frame(build, program)             # warms the caches of both
    for _ in range(ROUNDS):                     # taking turns, so that a slow moment hits both
        for name, program in programs.items():
            times[name].append(first_frame(build, program))
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, median in medians.items():
        print(f'startup to first frame, {name}: {median:.0f} ms (median of {ROUNDS})')
    pairs = [ours / empty for ours, empty in zip(times['porthole'], times['empty GTK window'])]
    print(f'startup, porthole / empty window: {medians["porthole"] / medians["empty GTK window"]:.2f}'
          f' (pair by pair: {statistics.median(pairs):.2f}; at most 1.3 is the goal)')


def switches(pid):
    """How often the threads of a process have been put on a processor."""
    total = 0
    for status in glob.glob(f'/proc/{pid}/task/*/status'):
        with open(status, encoding='ascii') as lines:
            total += sum(int(line.split()[1]) for line in lines if 'ctxt_switches' in line)
    return total


def bench_idle(build):
    with subprocess.Popen([f'{build}/prefix/bin/porthole', 'udp', '--local', '127.0.0.1:0', '--open']) as program:
        time.sleep(4)                           # the window is up and the cursor has blinked its last
        before = switches(program.pid)
        time.sleep(IDLE_SECONDS)
        woken = switches(program.pid) - before
        threads = len(os.listdir(f'/proc/{program.pid}/task'))
        program.terminate()
    print(f'idle with an open port: {woken} wake-ups of {threads} threads in {IDLE_SECONDS} s')


def bench_flood(build):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(('127.0.0.1', 0))
        port = probe.getsockname()[1]
    with subprocess.Popen([f'{build}/prefix/bin/porthole', 'udp', '--local', f'127.0.0.1:{port}', '--open'],
                          stdout=subprocess.PIPE, text=True,
                          env=env_with(LD_PRELOAD=f'{build}/tests/bench/libframes.so', PORTHOLE_BENCH_FLOOD='1')) as program:
        time.sleep(2)
        with subprocess.Popen([f'{build}/tests/bench/flood', str(port), str(FLOOD_SECONDS + 1)], stdout=subprocess.PIPE,
                              text=True) as flood:
            time.sleep(0.5)                     # it runs
            program.send_signal(signal.SIGUSR1)
            time.sleep(FLOOD_SECONDS)
            with open('/proc/net/udp', encoding='ascii') as table:
                drops = sum(int(line.split()[-1]) for line in table if f':{port:04X} ' in line)
            program.terminate()
            frames, gap = program.stdout.read().split()
            sent = int(flood.stdout.read())
    print(f'flood into the open window: {sent / (FLOOD_SECONDS + 1) / 1e3:.0f} thousand datagrams/s, '
          f'{100 * drops / sent:.1f} % dropped by the kernel')
    print(f'flood, longest time between two of {frames} frames: {gap} ms (at most 200 is the goal)')


def run_bench(build, name):
    print(f'-- {name}')
    subprocess.run([f'{build}/tests/bench/{name}'], check=True, timeout=600)


def main():
    build = os.path.abspath(sys.argv[1])
    if 'PORTHOLE_BENCH_INSIDE' not in os.environ:
        os.environ['PORTHOLE_BENCH_INSIDE'] = '1'
        wrapper = os.path.join(HERE, '..', 'ui', 'with-display')
        os.execv(wrapper, [wrapper, sys.executable, os.path.abspath(__file__), build])
    sys.stdout.reconfigure(line_buffering=True)
    subprocess.run(['ninja', '-C', build, '--quiet', 'benches'], check=True)
    bench_startup(build)
    bench_idle(build)
    bench_flood(build)
    for program in sorted(glob.glob(f'{build}/tests/bench/bench-*')):
        if os.access(program, os.X_OK) and os.path.isfile(program):
            run_bench(build, os.path.basename(program))


main()
