"""glass.py: a window of Porthole that is measured: its frames, keys sent to it, and its capture

SPDX-License-Identifier: GPL-3.0-or-later
"""
import glob
import os
import shutil
import signal
import subprocess
import time

import kit
import procs

PATIENCE = 120      # seconds for the window to end
LONG = 34           # ms: two frames, and what a clock is off by


def now():
    """µs on the clock that frames are written down with."""
    return time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000


def key(*keys):
    subprocess.run(['xdotool', 'key', '--clearmodifiers', *keys], check=True)


def type_text(text, delay=250):
    """Letter by letter, with so many ms between two."""
    subprocess.run(['xdotool', 'type', '--delay', str(delay), text], check=True)


class Glass:
    """Porthole with its window: with Glass(bench, 'udp', …) as glass: …; its frames can be asked for when that is over. Frames
    come when something moves, or, with @tick, all the time. Its captures are kept beside the bench's files."""

    def __init__(self, bench, *argv, tick=False, **env):
        bench.tool('xdotool')
        self.cache, self.path = bench.path('cache'), bench.path('frames')
        self.argv = [bench.ours('porthole'), *argv]
        self.env = procs.env_with(LD_PRELOAD=bench.helper('libframes.so'), PORTHOLE_BENCH_FRAMES=self.path,
                                  XDG_CACHE_HOME=self.cache, **({'PORTHOLE_BENCH_TICK': '1'} if tick else {}), **env)
        self.frames = []

    def __enter__(self):
        self.program = subprocess.Popen(self.argv, env=self.env, stdin=subprocess.DEVNULL)
        self.pid = self.program.pid
        return self

    def end(self):
        self.program.send_signal(signal.SIGTERM)
        self.program.wait(PATIENCE)
        with open(self.path, encoding='ascii') as lines:
            self.frames = [tuple(map(int, line.split())) for line in lines]

    def __exit__(self, failed, *_):
        try:
            if failed is None:
                self.end()
        finally:
            self.program.kill()
            self.program.wait()
            shutil.rmtree(self.cache, ignore_errors=True)

    def capture(self):
        """The file of its newest tab."""
        return max(glob.glob(f'{self.cache}/**/*.porthole', recursive=True), key=os.path.getmtime)

    def gaps(self, *times):
        """Milliseconds between the frames of one or more times (from, until); what is cut off at their ends counts too."""
        gaps = []
        for start, end in times:
            marks = [start, *(frame for frame, _cpu in self.frames if start < frame < end), end]
            gaps += [(later - earlier) / 1000 for earlier, later in zip(marks, marks[1:])]
        return gaps

    def cpu(self, start, end):
        """Milliseconds of the main thread for a frame."""
        inside = [cpu for frame, cpu in self.frames if start <= frame <= end]
        if len(inside) < 2:
            raise RuntimeError('there were no frames')
        return (inside[-1] - inside[0]) / 1000 / (len(inside) - 1)


def of_gaps(gaps):
    """The figures of frame gaps, by their keys."""
    return {'late': 100 * sum(gap > LONG for gap in gaps) / len(gaps), 'longest': max(gaps)}


LATE = kit.Figure('late', f'frames that came more than {LONG} ms after the one before', '%', kit.at_most(1, '%'))
LONGEST = kit.Figure('longest', 'longest time between two frames', 'ms', kit.at_most(100, 'ms'))
STEADY = kit.Figure('longest', 'longest time between two frames', 'ms', kit.at_most(LONG, 'ms'))
