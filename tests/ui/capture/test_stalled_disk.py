#!/usr/bin/python3
"""test_stalled_disk.py: the disk with the captures hangs for ten seconds: the window, the port and the other tabs go on

The program runs with stall.c and with frames.c of the benchmarks preloaded.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import harness  # noqa: E402
from harness import PATIENCE, WindowTest, bound_port, wait_for  # noqa: E402

CLI = os.environ['PORTHOLE_CLI']
LIBRARY = os.environ['PORTHOLE_STALL']
RECORDS, LENGTH = 40_000, 1000     # of the capture that is shown: 40 chunks, most of which do not stay in memory
HANGS = 10                         # seconds
SMOOTH = 100                       # ms between two frames


class StalledDisk(WindowTest):
    def setUp(self):
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        self.home = home.name
        self.disk = os.path.join(self.home, 'disk')
        self.flag = os.path.join(self.home, 'hangs')
        self.told = os.path.join(self.home, 'told')
        self.frames = os.path.join(self.home, 'frames')
        os.mkdir(self.disk)
        with open(self.told, 'w', encoding='utf-8'):
            pass

    def make(self):
        """Makes a capture of datagrams that tell their numbers. Returns its path."""
        path = os.path.join(self.disk, 'long.porthole')
        with subprocess.Popen([CLI, 'udp', '--local', '127.0.0.1:0', '--no-stdin', '--count', str(RECORDS), '--capture', path],
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as receiver:
            port = int(next(line for line in receiver.stderr if line.startswith('open udp')).rsplit(':', 1)[1])
            peer = self.udp_peer()
            for number in range(RECORDS):
                peer.sendto(b'%-*d' % (LENGTH, number), ('127.0.0.1', port))
                if number % 100 == 0:
                    time.sleep(0.001)       # slowly enough for any buffer
            self.assertEqual(receiver.wait(PATIENCE), 0)
        return path

    def begin(self, *arguments):
        return self.start(*arguments, XDG_CACHE_HOME=self.disk, LD_PRELOAD=LIBRARY, PORTHOLE_STALL_FOLDER=self.disk,
                          PORTHOLE_STALL_FLAG=self.flag, PORTHOLE_STALL_TOLD=self.told, PORTHOLE_BENCH_FRAMES=self.frames,
                          PORTHOLE_BENCH_TICK='1', MESA_SHADER_CACHE_DISABLE='true')

    def hang(self, hangs):
        if hangs:
            with open(self.flag, 'w', encoding='utf-8'):
                pass
        else:
            os.remove(self.flag)

    def look_around(self, window):
        """Scrolls back and forth, selects and copies all, jumps to a record and a time."""
        window.keys('ctrl+Home', *['Next'] * 5, 'ctrl+End', *['Prior'] * 5)
        window.keys('ctrl+a', 'ctrl+c', 'ctrl+Home', 'shift+Down', 'shift+Next')
        window.keys('ctrl+g', '2', '0', '0', '0', '0', 'Return', 'Escape')
        window.keys('ctrl+g', '0', '0', 'colon', '0', '0', 'Return', 'Escape')

    def longest_gap(self, start, end):
        """The longest time between two frames in ms, from @start to @end (s on the monotonic clock)."""
        with open(self.frames, encoding='utf-8') as lines:
            times = [int(line.split()[0]) / 1e6 for line in lines]
        marks = [start, *(mark for mark in times if start < mark < end), end]
        return max(1000 * (later - earlier) for earlier, later in zip(marks, marks[1:]))

    def test_a_disk_that_hangs_for_ten_seconds_holds_up_neither_window_nor_port(self):
        window = self.begin('udp', '--local', '127.0.0.1:0', '--open')
        port, peer = bound_port(window), self.udp_peer()
        window.wait_for_text('Recording')
        path = self.make()
        subprocess.run([harness.PROGRAM, path], check=True, timeout=PATIENCE)   # a tab of the same window
        window.wait_for_text('long.porthole')
        window.wait_for_newest('Closed')
        before = [time.monotonic()]
        while time.monotonic() < before[0] + HANGS:
            self.look_around(window)
        before.append(time.monotonic())

        captures = os.path.join(self.disk, 'porthole', 'captures')
        live = os.path.join(captures, os.listdir(captures)[0])
        self.hang(True)
        written = os.stat(live).st_mtime_ns
        start = time.monotonic()
        sent = 0
        while time.monotonic() < start + HANGS:
            self.look_around(window)
            for _ in range(100):
                peer.sendto(b'live %d' % sent, ('127.0.0.1', port))
                sent += 1
        window.picture('disk-hangs')
        end = time.monotonic()
        self.assertEqual(os.stat(live).st_mtime_ns, written, 'the disk did not hang')
        self.hang(False)

        window.keys('ctrl+End')
        window.wait_for_newest('Closed')
        wait_for('all that came meanwhile on the disk', lambda: self.count(live) == sent)
        with open(self.told, encoding='utf-8') as told:
            self.assertEqual(told.read(), '', 'calls of the main thread')
        window.process.send_signal(signal.SIGTERM)
        window.process.wait(PATIENCE)
        before, longest = self.longest_gap(*before), self.longest_gap(start, end)
        print(f'# the longest gap between two frames was {longest:.0f} ms, with a disk that does not hang {before:.0f} ms')
        self.assertLessEqual(longest, max(SMOOTH, 3 * before))  # a machine that has much else to do is slower anyway

    def count(self, path):
        lines = subprocess.run([CLI, 'read', path], capture_output=True, text=True, timeout=PATIENCE).stdout
        return lines.count('live ')


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
