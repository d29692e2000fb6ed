"""procs.py: starts programs that are measured, waits until they are ready, and reads their CPU time and memory

SPDX-License-Identifier: GPL-3.0-or-later
"""
import contextlib
import glob
import os
import platform
import socket
import subprocess
import threading
import time

PATIENCE = 30.0     # seconds for a program to get ready


def env_with(**more):
    return {**os.environ, **more}


@contextlib.contextmanager
def started(*argv, **options):
    """A program that runs until the block ends; ended there if it still does."""
    with subprocess.Popen(argv, **{'stdin': subprocess.DEVNULL, **options}) as program:
        try:
            yield program
        finally:
            if program.poll() is None:
                program.terminate()
                try:
                    program.wait(PATIENCE)
                except subprocess.TimeoutExpired:
                    program.kill()


def wait_for(condition, what):
    """The first true value of condition()."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.01)
    raise TimeoutError(f'{what} did not come')


def free_port(kind=socket.SOCK_DGRAM):
    """A port of loopback that nobody has just now: for programs that cannot tell which they were given."""
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def sockets(table, port):
    """The lines of /proc/net/@table ('udp', 'tcp') for sockets bound to a port, as lists of fields."""
    with open(f'/proc/net/{table}', encoding='ascii') as lines:
        fields = [line.split() for line in lines]
    return [line for line in fields[1:] if line[1].endswith(f':{port:04X}')]


def wait_bound(port, table='udp'):
    wait_for(lambda: sockets(table, port), f'a {table} socket on port {port}')


def drops(port):
    """Datagrams that the kernel dropped because the buffer of the socket on that port was full."""
    return sum(int(line[-1]) for line in sockets('udp', port))


def wait_drained(port):
    """Until nothing waits in the receive buffer of a UDP port."""
    wait_for(lambda: all(line[4].endswith(':00000000') for line in sockets('udp', port)), f'an empty buffer on port {port}')


def cpu(pid, thread=None):
    """Seconds that a process, or only its threads of a name, have been on a processor, to the nanosecond."""
    total = 0
    for task in glob.glob(f'/proc/{pid}/task/*'):
        with contextlib.suppress(OSError):      # it has just ended
            with open(f'{task}/comm', encoding='utf-8') as name:
                if thread is not None and name.read().strip() != thread:
                    continue
            with open(f'{task}/schedstat', encoding='ascii') as times:
                total += int(times.read().split()[0])
    return total / 1e9


def switches(pid):
    """How often the threads of a process have been put on a processor."""
    total = 0
    for status in glob.glob(f'/proc/{pid}/task/*/status'):
        with contextlib.suppress(OSError), open(status, encoding='utf-8') as lines:
            total += sum(int(line.split()[1]) for line in lines if 'ctxt_switches' in line)
    return total


def anonymous(pid):
    """MiB of a process's memory that are neither a file's nor shared: what it costs the machine."""
    with open(f'/proc/{pid}/status', encoding='utf-8') as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith('RssAnon:')) / 1024


class MemoryWatch:
    """The most anonymous memory of a process while a block runs: with MemoryWatch(pid) as memory: …; memory.most."""

    def __init__(self, pid):
        self.pid = pid
        self.most = 0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.watch)

    def look(self):
        with contextlib.suppress(OSError, StopIteration):
            self.most = max(self.most, anonymous(self.pid))

    def watch(self):
        while not self.over.wait(0.05):
            self.look()

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.look()
        self.over.set()
        self.thread.join()


def line_of(path, start):
    with contextlib.suppress(OSError), open(path, encoding='utf-8') as lines:
        return next((line.split(':', 1)[-1].split('=', 1)[-1].strip().strip('"') for line in lines if line.startswith(start)), '')
    return ''


def machine():
    """What was measured on."""
    gtk = subprocess.run(['pkg-config', '--modversion', 'gtk4'], capture_output=True, text=True, check=False).stdout.strip()
    return {
        'processor': line_of('/proc/cpuinfo', 'model name'),
        'cores': len(os.sched_getaffinity(0)),
        'memory': f'{os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30:.0f} GiB',
        'kernel': f'{platform.system()} {platform.release()}',
        'system': line_of('/etc/os-release', 'PRETTY_NAME'),
        'gtk': gtk or 'none',
        'rmem_max': line_of('/proc/sys/net/core/rmem_max', ''),
    }
