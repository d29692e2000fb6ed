"""checks.py: rows of ./run bench about the check bytes of a message, beside zlib

SPDX-License-Identifier: GPL-3.0-or-later
"""
import json
import subprocess
import time
import zlib

import kit

TIMES = 512                                 # MiB
BYTES = bytes(range(256)) * 4096            # a MiB, as bench-crc has it
IDS = ('crc-32', 'crc-16/modbus')


def rate(seconds):
    return TIMES * len(BYTES) / seconds / 1e9


def ours(bench):
    done = subprocess.run([bench.helper('bench-crc'), str(TIMES), *IDS], check=True, capture_output=True, timeout=600)
    found = json.loads(done.stdout)
    if found['crc-32']['value'] != zlib.crc32(BYTES):
        raise kit.LeftOut('bench-crc and zlib differ')
    return {name: rate(found[name]['seconds']) for name in IDS}


def theirs():
    """zlib has no other CRC, so it is beside both."""
    start = time.process_time()
    for _ in range(TIMES):
        zlib.crc32(BYTES)
    reached = rate(time.process_time() - start)
    return dict.fromkeys(IDS, reached)


def crc(bench):
    turns = bench.take_turns({'porthole': lambda: ours(bench), 'crc32() of zlib': theirs})
    return {name: turns.beside(name, 'porthole', 'crc32() of zlib') for name in IDS}


ROWS = [
    kit.Row('crc', f'Check bytes of a MiB, {TIMES} times', crc,
            [kit.Figure(name, name, 'GB/s', kit.at_least_times(0.5)) for name in IDS]),
]
