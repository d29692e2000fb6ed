"""made.py: makes capture files byte by byte, sound and damaged ones

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os
import random
import struct
import sys
import unicodedata

MIB = 1 << 20
MOST = (MIB - 64) // 24  # records of a chunk
NOW = 1_700_000_000 * 10**9
IN, OUT, OPEN, PEER, LOSS, REPEAT = 1, 2, 4, 5, 9, 14
KERNEL = 1  # the detail of such a loss
FAR = 100_000  # the chunk with the late records of skip()


def record(payload, kind=IN, peer=1, time=NOW, form=0, flags=0, detail=0):
    return time, peer, kind, form, flags, detail, payload


def bits(large, small):
    """A word that begins with 20 bits, behind which are 8 more."""
    return large | small << 20 if sys.byteorder == 'little' else large << 12 | small << 4


POLYNOMIAL = 0x82f63b78
SEALED, LAST = 1, 2  # the states of a chunk


def shifted(crc, n=1):
    for _ in range(n):
        crc = crc >> 1 ^ POLYNOMIAL if crc & 1 else crc >> 1
    return crc


TABLE = [shifted(byte, 8) for byte in range(256)]
# ZEROS[k][bit]: what 2**k zero bytes make of a register with this bit
ZEROS = [[shifted(1 << bit, 8) for bit in range(32)]]


def apply(matrix, crc):
    value = 0
    for bit in range(32):
        if crc >> bit & 1:
            value ^= matrix[bit]
    return value


while len(ZEROS) < 20:
    ZEROS.append([apply(ZEROS[-1], row) for row in ZEROS[-1]])


def crc32c(data, crc=0, zeros=0):
    """The checksum of these bytes and so many zeros, behind those with the checksum crc."""
    crc ^= 0xffffffff
    for byte in data:
        crc = crc >> 8 ^ TABLE[(crc ^ byte) & 0xff]
    for k, matrix in enumerate(ZEROS):
        if zeros >> k & 1:
            crc = apply(matrix, crc)
    return crc ^ 0xffffffff


def seal(data, last):
    """Gives a chunk its checksum."""
    used, = struct.unpack('=I', data[44:48])
    count, = struct.unpack('=I', data[40:44])
    records = MIB - 24 * count
    data[56:64] = struct.pack('=II', 0, SEALED | (LAST if last else 0))
    body = crc32c(data[records:], crc32c(data[64:used], zeros=records - used))
    data[56:60] = struct.pack('=I', crc32c(data[:64], body))


def chunk(number, first, records, magic=b'PHCHUNK2', last=False, shown=None):
    """A chunk of these records, sealed. Those before it are shown, unless something else is said."""
    data, used = bytearray(MIB), 64
    for i, (time, peer, kind, form, flags, detail, payload) in enumerate(records):
        at = MIB - 24 * (i + 1)
        data[at:at + 24] = struct.pack('=qIIIHH', time, peer, bits(used, kind), bits(len(payload), form), flags, detail)
        data[used:used + len(payload)] = payload
        used += len(payload)
    data[:64] = struct.pack('=8sIIIIQQIIQ8s', magic, 0x01020304, 64, 24, MIB, number, first, len(records), used,
                             first if shown is None else shown, b'')
    seal(data, last)
    return bytes(data)


def write(path, *chunks):
    """A file of chunks that was ended in order."""
    with open(path, 'wb') as file:
        for data in chunks:
            file.write(data)
    end(path)
    return path


def end(path):
    """Marks the last chunk as the last."""
    size = os.path.getsize(path)
    if size == 0 or size % MIB != 0:
        return
    with open(path, 'r+b') as file:
        file.seek(size - MIB)
        data = bytearray(file.read())
        if data[:8] == b'PHCHUNK2' and struct.unpack('=I', data[60:64])[0] == SEALED:
            seal(data, True)
            file.seek(size - MIB)
            file.write(data)


def stream(path, n_chunks, each=1000):
    """A capture of numbered lines."""
    return write(path, *(chunk(k, k * each, [record(b'line %d' % (k * each + i), time=NOW + (k * each + i) * 10**6)
                                             for i in range(each)]) for k in range(n_chunks)))


def damaged(path, *others):
    """A capture of numbered lines and then of other records, of which a piece in the middle was overwritten: 1000 are missing."""
    stream(path, 6)
    with open(path, 'r+b') as file:
        file.seek(3 * MIB)
        file.write(bytes(200))
        file.seek(0, os.SEEK_END)
        file.write(chunk(6, 6000, [record(b'the last line'), *others], last=True))
    return path


def skip(path):
    """Ten early records, ten late ones, and billions of numbers between them that nobody ever wrote. Returns how many."""
    first = (FAR - 1) * MOST
    with open(path, 'wb') as file:
        file.write(chunk(0, 0, [record(b'early %d' % i) for i in range(10)]))
        file.seek(FAR * MIB)
        file.write(chunk(FAR, first, [record(b'late %d' % i, time=NOW + 3600 * 10**9) for i in range(10)], last=True))
    return first - 10


def wild(path, seed):
    """Records of every kind, those that are still to be invented included, with whatever in them."""
    rand = random.Random(seed)

    def some(*values):
        return rand.choice(values)

    def one():
        payload = some(b'', b'abc', rand.randbytes(rand.randrange(200)), b'9' * 30, b'18446744073709551616', b'\n' * 100,
                       b'\0' * 9, b'%s%n' * 5, '你好\u202e\u0301'.encode(), '抓'.encode()[:2])
        return record(payload, kind=some(rand.randrange(256), rand.randrange(1, 15)),
                      peer=some(0, 1, 2, 2**32 - 1, rand.randrange(2**32)),
                      time=some(NOW, 0, -1, 2**63 - 1, -2**63, rand.randrange(-2**63, 2**63)),
                      form=some(0, rand.randrange(256)), flags=some(0, rand.randrange(65536)), detail=some(0, 1, 2, 3, 65535, rand.randrange(65536)))
    return write(path, *(chunk(k, 2000 * k, [one() for _ in range(2000)]) for k in range(2)))


# What somebody else's capture, or the name of a file, may have in place of a text.
HOSTILE = [b'\x1b]0;owned\x07\x1b[2J', b'1.2.3.4:5\n16:05:48.417 \xc2\xb7 Closed', b'a\rb\x0cc\x0bd\x08e\x7f', b'\x9b2J\x85\x80',
           b'\xc2\x9b2J\xc2\x85', 'a\u202eb\u2066c\u061c'.encode(), 'a\u2028b\u2029c'.encode(), 'a\u200bb\ufeffc\xad'.encode(),
           '\U000e0001\U000e0061\U000e007f'.encode(), b'\xff\xfe\xc0\xaf\xed\xa0\x80\xe4\xb8', '\U0010ff41\ue000'.encode(),
           b'","seq":1}{"\\', b'%s%n<b>&amp;</b>']


def unsafe(text, keep='\n'):
    """The characters of a text that a terminal or a text layout would obey."""
    return [c for c in text if c not in keep and (unicodedata.category(c) in ('Cc', 'Cf', 'Cs', 'Co', 'Zl', 'Zp'))]


def hostile(path, values=HOSTILE):
    """Records of every kind, those that are still to be invented included, whose addresses and words are all of these."""
    actions = [b'open', b'connect', b'listen', b'resolve', b'accept', b'serve', b'transfer', b'name-peer', b'send', b'deliver', b'write',
               b'create']
    chunks, first = [], 0
    for number, value in enumerate(values):
        records = []
        word = value.replace(b'\0', b'')
        for kind in (3, OPEN, PEER, 13, *range(1, 17)):
            for detail in (0, 1, 2, 5):
                records.append(record(value, kind=kind, detail=detail, flags=16))
        for kind in (3, LOSS, 10, 11, REPEAT, 99):
            for action in (*actions, word):
                payload = b''.join(b'%s=%s\0' % pair for pair in (
                    (b'action', action), *((name, word) for name in (b'on', b'from', b'name', b'transport', b'cause', b'mood'))))
                records.append(record(payload, kind=kind, detail=1, flags=8))
        chunks.append(chunk(number, first, records))
        first += len(records)
    return write(path, *chunks)


def useless(folder):
    """Things that are no captures, with names that end like one. Returns their paths."""
    def path(name):
        return os.path.join(folder, name + '.porthole')

    for name, data in (('empty', b''), ('byte', b'P'), ('text', b'Dear reader\n' * 9999), ('magic', b'PHCHUNK2'),
                       ('zeros', bytes(2 * MIB)), ('newer', chunk(0, 0, [record(b'x')], magic=b'PHCHUNK3')),
                       ('older', chunk(0, 0, [record(b'x')], magic=b'PHCHUNK1'))):
        write(path(name), data)
    os.mkdir(path('folder'))
    os.mkfifo(path('pipe'))
    for device in ('zero', 'full'):
        os.symlink('/dev/' + device, path(device))
    os.symlink('nowhere', path('link'))
    return [path(name) for name in ('empty', 'byte', 'text', 'magic', 'zeros', 'newer', 'older', 'folder', 'pipe', 'zero', 'full',
                                    'link')]
