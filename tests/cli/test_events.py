#!/usr/bin/env python3
# test_events.py: every event of a capture is a sentence in the language of who reads it, and the same words in JSON
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   test_events.py PORTHOLE_CLI [NAME…]
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True  # the source tree stays as it is
TOP = Path(__file__).resolve().parents[2]
sys.path.insert(1, str(TOP / 'tests' / 'meta'))
sys.path.insert(1, str(TOP / 'tests'))

import harness
import made
from catalogue import header, listed, parse, plural_forms
from harness import PATIENCE, Test, here
from tree import Tree

OPENING, HALF_CLOSED, LEFT, LOSS, NOTE, ERROR, CLOSED, REPEAT, FEED = 3, 7, 8, 9, 10, 11, 12, 14, 15
OPEN, JOINED = 4, 6
ROWS = TOP / 'src' / 'data' / 'export' / 'ph-format-event.c'


class T(str):
    """A value that is translated."""


class Bytes(int):
    """So many bytes in words: the number looks the same in every language, the word has as many forms as its language has."""


def words(**named):
    return b''.join(f'{name}={value}'.encode() + b'\0' for name, value in named.items())


WHY = {6: T('refused: nothing is listening there'), 2: T('that port is in use already'), 19: T('the limit is reached'),
       5: T('the name was not found'), 15: T('cancelled'), 12: T('too many open sockets'), 8: T('no answer in time'),
       18: T('its queue is full, because it does not read'), 20: T('the disk is full'),
       14: T('this kind of address cannot be used here')}
A = '127.0.0.1:9'

# kind, detail, payload, the sentence (or both of its forms, and the number), the values in it.
EVENTS = [
    (OPENING, 1, words(action='open', on='*:7788', transport='udp', name='UDP'), 'Opening %s', [('%s on %s', T('UDP'), '*:7788')]),
    (OPENING, 2, words(action='connect', on='a.b:80', transport='tcp-client', name='TCP client'), 'Connecting to %s', ['a.b:80']),
    (OPEN, 0, b'0.0.0.0:7788', 'Open on %s', ['0.0.0.0:7788']),
    (OPEN, 208, b'0.0.0.0:7788', 'Open on %s, receive buffer %s', ['0.0.0.0:7788', '208 KiB']),
    (JOINED, 0, b'10.0.0.1:5', '%s connected', ['10.0.0.1:5']),
    (HALF_CLOSED, 0, b'', '%s finished sending (FIN); you can still send to it', [T('The peer')]),
    (LEFT, 3, b'', '%s disconnected: %s', [T('The peer'), T('reset by the peer')]),
    (LEFT, 1, b'', '%s disconnected (by you)', [T('The peer')]),
    (LEFT, 2, b'', '%s disconnected', [T('The peer')]),
    (LEFT, 4, b'', '%s disconnected (by you)', [T('The peer')]),
    (LEFT, 8, b'', '%s disconnected (by you, with RST)', [T('The peer')]),
    (LEFT, 99, b'', '%s disconnected', [T('The peer')]),
    (CLOSED, 1, b'', 'Closed', []),
    (CLOSED, 2, b'', 'Closed by the peer', []),
    (CLOSED, 3, b'', 'Closed: %s', [T('reset by the peer')]),
    (CLOSED, 5, b'', 'Closed', []),
    (CLOSED, 8, b'', 'Closed (by you, with RST)', []),
    (CLOSED, 99, b'', 'Closed', []),
    (CLOSED, 6, words(after=1000), 'Closed: %s', [('nothing was sent for %s after the peer had finished', ('%s s', '1'))]),
    (LEFT, 6, words(after=1250), '%s disconnected: %s',
     [T('The peer'), ('nothing was sent for %s after the peer had finished', ('%s ms', '1,250'))]),
    (LEFT, 7, b'', '%s disconnected: %s', [T('The peer'), T('the peer had finished, and nothing was left to be sent')]),
    (LOSS, 1, words(count=1), ('The system dropped %s datagram: its receive buffer was full',
                               'The system dropped %s datagrams: its receive buffer was full', 1), ['1']),
    (LOSS, 1, words(count=1234), ('The system dropped %s datagram: its receive buffer was full',
                                  'The system dropped %s datagrams: its receive buffer was full', 1234), ['1,234']),
    (LOSS, 2, words(limit=256), 'The memory limit of %s MiB is reached: from now on the oldest records go', ['256']),
    (LOSS, 3, words(action='send', on=A, cause='too-long', count=1), ('%s more message to %s was not sent: %s',
                                                                      '%s more messages to %s were not sent: %s', 1),
     ['1', A, T('too long for one datagram')]),
    (LOSS, 3, words(action='send', cause='send-queue-full', count=1234), (
        '%s more message was not sent: %s', '%s more messages were not sent: %s', 1234),
     ['1,234', T('the system’s send queue is full: the network or device is slower than what is sent')]),
    (LOSS, 4, words(action='deliver', on=A, cause='refused', count=7), (
        '%s more datagram to %s was not delivered: %s (ICMP)', '%s more datagrams to %s were not delivered: %s (ICMP)', 7),
     ['7', A, WHY[6]]),
    (LOSS, 4, words(action='deliver', cause='timed-out', count=1), (
        '%s more datagram was not delivered: %s (ICMP)', '%s more datagrams were not delivered: %s (ICMP)', 1), ['1', WHY[8]]),
    (LOSS, 3, words(count=5), ('%s more message was not sent: the queue of %s is full',
                               '%s more messages were not sent: the queue of %s is full', 5), ['5', T('The peer')]),
    (REPEAT, 1, words(sent=2, elapsed=10**9, interval=0), ('Repeating has ended: %s message, %s', 'Repeating has ended: %s messages, %s', 2),
     ['2', ('%s messages/s', '1.0')]),
    (REPEAT, 2, words(sent=71, waiting=139, refused=1790, lost=0, elapsed=2 * 10**9, interval=0), (
        'Repeating has ended: %s message sent, %s; %s', 'Repeating has ended: %s messages sent, %s; %s', 71),
     ['71', ('%s waiting, %s refused', '139', '1,790'), ('%s messages/s', '35.0')]),
    (REPEAT, 2, words(sent=0, waiting=0, refused=12, lost=3), 'Repeating has ended: nothing was sent, %s',
     [('%s waiting, %s refused, %s lost', '0', '12', '3')]),
    (REPEAT, 3, b'', 'Repeating has stopped: nothing was sent', []),
    (REPEAT, 3, words(sent=1, elapsed=10**9, slot=257, steps=2), (
        '%s message sent, the sequence of %s has stopped at an error', '%s messages sent, the sequence of %s has stopped at an error', 1),
     ['1', '2']),
    (REPEAT, 1, words(sent=4, elapsed=10**9, slot=257, steps=2), (
        '%s message sent, the sequence of %s has ended', '%s messages sent, the sequence of %s has ended', 4), ['4', '2']),
    (REPEAT, 2, words(sent=71, waiting=139, refused=1790, lost=0, elapsed=2 * 10**9, interval=0, slot=1, name='poll'), (
        '%s message sent, repeating “%s” has ended: %s; %s', '%s messages sent, repeating “%s” has ended: %s; %s', 71),
     ['71', 'poll', ('%s waiting, %s refused', '139', '1,790'), ('%s messages/s', '35.0')]),
    (REPEAT, 2, words(sent=2, elapsed=10**9, interval=0, slot=1, name='poll'), (
        '%s message sent, repeating “%s” has ended: %s', '%s messages sent, repeating “%s” has ended: %s', 2), ['2', 'poll', ('%s messages/s', '1.0')]),
    (REPEAT, 2, words(sent=0, refused=12, lost=3, slot=1, name='poll'), 'Repeating “%s” has ended: nothing was sent, %s', ['poll', ('%s waiting, %s refused, %s lost', '0', '12', '3')]),
    (REPEAT, 3, words(slot=1, name='poll'), 'Repeating “%s” has stopped: nothing was sent', ['poll']),
    (FEED, 1, words(action='send-file', on='a.bin', size=1400), 'Sending the file %s, %s', ['a.bin', Bytes(1400)]),
    (FEED, 1, words(action='send-file', on='pipe'), 'Sending the file %s', ['pipe']),
    (FEED, 2, words(action='send-file', on='a.bin', size=1400, sent=1400), 'The file %s was sent: %s', ['a.bin', Bytes(1400)]),
    (FEED, 3, words(action='send-file', on='a.bin', cause='cancelled', size=1400, sent=1), 'Sending the file %s has ended: %s. %s of %s were sent',
     ['a.bin', T('cancelled'), Bytes(1), Bytes(1400)]),
    (FEED, 3, words(action='send-file', on='pipe', cause='cancelled', sent=1), 'Sending the file %s was cancelled: %s were sent', ['pipe', Bytes(1)]),
    (FEED, 3, words(action='send-file', on='a.bin', cause='replaced', size=1400, sent=1), 'Sending the file %s has ended: %s. %s of %s were sent',
     ['a.bin', T('something else is sent in its place'), Bytes(1), Bytes(1400)]),
    (FEED, 4, words(action='send-file', on='a.bin', cause='file-shrank', size=1400, sent=1), 'Sending the file %s has ended: %s. %s of %s were sent',
     ['a.bin', T('the file has become shorter'), Bytes(1), Bytes(1400)]),
    (FEED, 4, words(action='send-file', on='a', cause='is-folder', sent=0), 'Cannot send the file %s: %s. %s were sent', ['a', T('it is a folder'), Bytes(0)]),
    (FEED, 1, words(action='send-input', on='-'), 'Sending standard input', []),
    (FEED, 2, words(action='send-input', on='-', sent=1400), 'Standard input was sent: %s', [Bytes(1400)]),
    (FEED, 3, words(action='send-input', on='-', cause='cancelled', sent=1400), 'Sending standard input has ended: %s. %s were sent', [T('cancelled'), Bytes(1400)]),
    (FEED, 4, words(action='send-input', on='-', cause='connection-ended', sent=1400), 'Sending standard input has ended: %s. %s were sent',
     [T('the connection has ended'), Bytes(1400)]),
    (FEED, 4, words(action='send-input', on='-', cause='input-failed', sent=1), 'Sending standard input has ended: %s. %s were sent',
     [T('it cannot be read'), Bytes(1)]),
    (NOTE, 0, words(action='cut-lines', on='a.txt', count=2, most=65507), (
        '%s line of %s was longer than %s, and went out in several datagrams',
        '%s lines of %s were longer than %s, and went out in several datagrams', 2), ['2', 'a.txt', Bytes(65507)]),
    (ERROR, 16, words(action='compose', cause='no-character'), 'Cannot send: the encoding does not have all characters of a variable', []),
    (ERROR, 16, words(action='compose', cause='not-hex'), 'Cannot send: the check bytes cover something that is no hex digit', []),
    (ERROR, 2, words(action='open', on=A), 'Cannot open UDP on %s: %s', [A, WHY[2]]),
    (ERROR, 16, words(action='open', cause='no-remote-address'), 'The remote address is empty: say where to connect', []),
    (ERROR, 2, words(action='listen', on=A), 'Cannot listen on %s: %s', [A, WHY[2]]),
    (ERROR, 5, words(action='resolve', on='nowhere'), 'Cannot find the address of “%s”: %s', ['nowhere', WHY[5]]),
    (NOTE, 0, words(action='resolve', on='a.b:9', cause='changed', address=A), '%s has another address now: %s', ['a.b:9', A]),
    (NOTE, 5, words(action='resolve', on='a.b:9'),
     'Cannot find the address of %s again: %s. The one that was found before serves on', ['a.b:9', WHY[5]]),
    (ERROR, 6, words(action='connect', on=A), 'Cannot connect to %s: %s', [A, WHY[6]]),
    (ERROR, 2, words(action='connect', on=A, cause='connection-exists'), 'Cannot connect to %s: %s',
     [A, T('there is a connection from that local port already')]),
    (ERROR, 2, words(action='connect', on=A, **{'from': '10.0.0.9:1'}), 'Cannot connect to %s: cannot use the local address %s: %s',
     [A, '10.0.0.9:1', WHY[2]]),
    (NOTE, 8, words(action='connect', on=A), 'Cannot connect to %s: %s', [A, WHY[8]]),
    (ERROR, 19, words(action='accept', limit=1), ('Cannot accept more than %s client: %s. Others wait until one leaves',
                                                  'Cannot accept more than %s clients: %s. Others wait until one leaves', 1), ['1', WHY[19]]),
    (ERROR, 12, words(action='accept'), 'Cannot accept a client: %s. It waits, and is tried again every second', [WHY[12]]),
    (ERROR, 12, words(action='serve', on=A), 'Cannot serve a client: %s', [WHY[12]]),
    (ERROR, 8, words(action='transfer', on=A), 'The connection to %s broke: %s', [A, WHY[8]]),
    (ERROR, 1, words(action='transfer', on=A), 'The connection to %s broke: %s', [A, T('unknown')]),
    (ERROR, 19, words(action='name-peer', limit=65536),
     ('Cannot tell more than %s peer apart: data of further ones is shown without an address',
      'Cannot tell more than %s peers apart: data of further ones is shown without an address', 65536), ['65,536']),
    (ERROR, 17, words(action='send'), 'Cannot send: nothing is open', []),
    (ERROR, 17, words(action='send', cause='no-client'), 'Cannot send: no client is connected', []),
    (ERROR, 17, words(action='send', cause='client-gone'), 'Cannot send: that client is gone', []),
    (ERROR, 17, words(action='send', on=A, bytes=5, cause='half-closed-here'), 'Cannot send to %s: its sending side was closed here', [A]),
    (ERROR, 17, words(action='send', cause='all-half-closed-here'), 'Cannot send: the sending side of each connection was closed here', []),
    (LOSS, 3, words(action='send', on=A, cause='half-closed-here', count=7), (
        '%s more message to %s was not sent: %s', '%s more messages to %s were not sent: %s', 7),
     ['7', A, T('its sending side was closed here')]),
    (ERROR, 17, words(action='send', cause='unknown-peer'), 'Cannot send: that peer is not known', []),
    (ERROR, 16, words(action='send', cause='no-target'), 'Cannot send: there is no remote address, and no peer has been heard yet', []),
    (ERROR, 16, words(action='send', cause='empty'), 'Cannot send: the message is empty', []),
    (ERROR, 16, words(action='send', on='a.b', cause='no-remote-port'), 'Cannot send to %s: the remote port is missing', ['a.b']),
    (ERROR, 18, words(action='send', on='a.b:1', cause='too-many-wait'), 'Cannot send to %s: too much is waiting for its address', ['a.b:1']),
    (ERROR, 15, words(action='send', cause='waits-for-address', count=2),
     ('%s message was not sent: it waited for an address', '%s messages were not sent: they waited for an address', 2), ['2']),
    (ERROR, 15, words(action='send', count=3), ('%s datagram was not sent', '%s datagrams were not sent', 3), ['3']),
    (ERROR, 9, words(action='send', on=A, count=1, sent=5, lost=1),
     ('%s message to %s was not sent whole: %s. Sent of it: %s; lost: %s',
      '%s messages to %s were not sent: %s. Sent of the first: %s; lost: %s', 1),
     ['1', A, T('reset by the peer'), Bytes(5), Bytes(1)]),
    (ERROR, 15, words(action='send', on=A, cause='closed-here', count=139, lost=8325024),
     ('%s message to %s was not sent: %s. Lost: %s', '%s messages to %s were not sent: %s. Lost: %s', 139),
     ['139', A, T('closed here'), Bytes(8325024)]),
    (ERROR, 18, words(action='send', on=A, bytes=5, waiting=21),
     'Cannot send %s to %s: %s. Nothing of the message went out; waiting: %s', [Bytes(5), A, WHY[18], Bytes(21)]),
    (ERROR, 1, words(action='send', on=A, bytes=5), 'Cannot send %s to %s: %s', [Bytes(5), A, T('the system refused')]),
    (ERROR, 5, words(action='send', on='nowhere'), 'Cannot send to “%s”: %s', ['nowhere', WHY[5]]),
    (ERROR, 6, words(action='deliver', on=A), '%s did not take a datagram: port unreachable (ICMP)', [A]),
    (ERROR, 8, words(action='deliver', on=A), '%s did not get a datagram: %s (ICMP)', [A, WHY[8]]),
    (ERROR, 1, words(action='deliver'), 'A datagram was not delivered: %s (ICMP)', [T('undeliverable')]),
    (NOTE, 0, words(action='acknowledge', on=A, bytes=2500000),
     ('%s byte that the system had taken for %s was not acknowledged',
      '%s bytes that the system had taken for %s were not acknowledged', 2500000), ['2,500,000', A]),
    (NOTE, 0, words(action='accept', cause='again'), 'Clients are accepted again', []),
    (NOTE, 9, words(action='accept', cause='gave-up'), 'A client gave up before it was accepted', []),
    (NOTE, 0, words(action='half-close', on=A, cause='waits'),
     'Sending to %s ends with what waits to be sent (by you); it can still send to you', [A]),
    (NOTE, 0, words(action='half-close', on=A), 'Sending to %s has ended (FIN, by you); it can still send to you', [A]),
    (NOTE, 0, words(action='stop-reading', on=A), 'Reading from %s has stopped (by you); what it sends waits in the system', [A]),
    (NOTE, 0, words(action='read', on=A), 'Reading from %s goes on (by you)', [A]),
    (NOTE, 13, words(action='receive', on=A), 'Receiving pauses (%s): %s. It is tried again until it works',
     [A, T('the system gives no more memory')]),
    (NOTE, 0, words(action='receive', on=A, cause='again'), 'Receiving goes on (%s)', [A]),
    (NOTE, 13, words(action='send', on=A, cause='send-queue-full'), 'Sending pauses (%s): %s. It is tried again until it works',
     [A, T('the system’s send queue is full: the network or device is slower than what is sent')]),
    (NOTE, 0, words(action='send', on=A, cause='again'), 'Sending goes on (%s)', [A]),
    (ERROR, 20, words(action='write', on='/x', cause='low-disk', reserve=1 << 30),
     'Cannot write the recording to %s: %s. It goes on in memory, and is tried again every second',
     ['/x', ('less than %s is free on the disk', '1 GiB')]),
    (ERROR, 19, words(action='write', on='/x', cause='captures-full'),
     'Cannot write the recording to %s: %s. It goes on in memory, and is tried again every second',
     ['/x', T('the recordings have the size that Preferences allow')]),
    (ERROR, 20, words(action='create', on='/x'), 'Cannot write the recording to %s: %s. It is kept in memory only', ['/x', WHY[20]]),
    (NOTE, 14, words(action='open', on=A), 'Cannot open UDP on %s: %s', [A, WHY[14]]),
    (NOTE, 14, words(action='listen', on=A), 'Cannot listen on %s: %s', [A, WHY[14]]),
    (NOTE, 0, words(action='answer', on='127.0.0.2'),
     'Cannot answer from %s, which was asked: it is not an address of this machine. What is sent leaves from another one', ['127.0.0.2']),
    (ERROR, 13, words(action='keep', held=1234), 'Cannot keep more than %s MiB of records in memory: %s',
     ['1,234', T('the system gives no more memory')]),
    (NOTE, 0, words(action='write', on='/x', cause='slow'), 'The disk is slower than what arrives: what waits for it is kept in memory', []),
    (NOTE, 0, words(action='write', on='/x', cause='keeps-up'), 'The disk keeps up again', []),
    (NOTE, 0, words(action='write', on='/x', cause='again'), 'The recording is written to %s again', ['/x']),
    (NOTE, 0, words(action='save', on='/x', cause='begun'), 'Saving to %s', ['/x']),
    (NOTE, 0, words(action='save', on='/x', cause='moved'), 'The file that was saved to has been moved or removed. Saving goes on in %s', ['/x']),
    (NOTE, 0, words(action='save', on='/x', cause='again'), 'Saving to %s goes on', ['/x']),
    (ERROR, 19, words(action='save', on='/x', cause='gap', count=1234), (
        '%s record is not in %s: the disk was too slow or full', '%s records are not in %s: the disk was too slow or full', 1234),
     ['1,234', '/x']),
    (ERROR, 20, words(action='save', on='/x'),
     'Cannot save to %s: %s. It is tried again every second; what arrives meanwhile waits in memory', ['/x', WHY[20]]),
]
# Rows that a record needs a named peer for, or that are not shown.
ELSEWHERE = {'Connected to %s from %s', 'New peer %s'}


def expand(text, values):
    """What printf() makes of it."""
    order = iter(values)
    return re.sub(r'%(?:(\d)\$)?s', lambda m: values[int(m.group(1)) - 1] if m.group(1) else next(order), text)


class Language:
    """The answers of one catalogue; without one, English."""

    def __init__(self, name=None):
        messages = parse((TOP / 'po' / f'{name}.po').read_text(encoding='utf-8')) if name else []
        self.answers = {m.msgid: m.answers for m in messages}
        self.form = plural_forms(header(messages))[1] if name else None

    def say(self, text):
        return self.answers.get(text, {0: text})[0]

    def value(self, value):
        if isinstance(value, Bytes):
            return self.sentence(('%s byte', '%s bytes', value), [f'{value:,}'])
        if isinstance(value, tuple):
            return expand(self.say(value[0]), [self.value(v) for v in value[1:]])
        return self.say(value) if isinstance(value, T) else value

    def sentence(self, text, values):
        shown = [self.value(v) for v in values]
        if isinstance(text, tuple):
            one, many, n = text
            text = self.answers[one][self.form(n)] if one in self.answers else one if n == 1 else many
        else:
            text = self.say(text)
        return expand(text, shown)


class Events(Test):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.path = os.path.join(self.folder, 'events.porthole')

    def run_in(self, language, *arguments):
        done = subprocess.run([harness.PROGRAM, *arguments], stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE,
                              env=dict(os.environ, LC_ALL='C.UTF-8', LANGUAGE=language))
        return done.returncode, done.stdout.decode()

    def write_all(self):
        made.write(self.path, made.chunk(0, 0, [made.record(payload, kind=kind, peer=0, detail=detail)
                                                for kind, detail, payload, _, _ in EVENTS]))

    def test_every_row_of_the_table_is_here(self):
        rows = ROWS.read_text(encoding='utf-8').split('static const Row rows[] = {')[1].split('\n};')[0]
        rows = re.sub(r'/\*.*?\*/', '', rows, flags=re.DOTALL)
        known = {text[0] if isinstance(text, tuple) else text for _, _, _, text, _ in EVENTS} | ELSEWHERE
        known |= {str(v) for _, _, _, _, values in EVENTS for v in values if isinstance(v, T)}
        there = re.findall(r'NP?_\(\s*"((?:[^"\\]|\\.)*)"', rows)
        self.assertGreater(len(there), 40)
        self.assertEqual([text for text in there if text not in known], [])

    def test_every_event_is_a_sentence_in_every_language(self):
        self.write_all()
        for name in ['en', *listed(Tree(TOP), 'LINGUAS')]:
            language = Language(None if name == 'en' else name)
            status, text = self.run_in(name, 'read', self.path)
            self.assertEqual(status, 0)
            lines = [line.split(' ', 2)[2] for line in text.splitlines()]
            for line, (_, _, _, sentence, values) in zip(lines, EVENTS, strict=True):
                with self.subTest(language=name, sentence=sentence):
                    self.assertEqual(line, language.sentence(sentence, values))

    def test_bytes_have_the_form_that_their_number_asks_for_in_every_language(self):
        numbers = [0, 1, 2, 4, 5, 11, 12, 20, 21, 22, 100, 101, 111, 1001, 1022, 65507]
        made.write(self.path, made.chunk(0, 0, [made.record(b'x' * n, kind=made.IN, peer=0) for n in numbers]))
        for name in ['en', *listed(Tree(TOP), 'LINGUAS')]:
            language = Language(None if name == 'en' else name)
            status, text = self.run_in(name, 'read', self.path)
            self.assertEqual(status, 0)
            found = re.findall(r'← (.*)', text)
            self.assertEqual(found, [language.value(Bytes(n)) for n in numbers], name)

    def test_json_is_in_english_whatever_the_language(self):
        self.write_all()
        status, english = self.run_in('en', 'read', self.path, '--format', 'json')
        self.assertEqual(status, 0)
        self.assertEqual(self.run_in('zh_CN', 'read', self.path, '--format', 'json'), (0, english))
        for line, (_, _, payload, sentence, values) in zip(english.splitlines(), EVENTS, strict=True):
            record = json.loads(line)
            self.assertEqual(record['text'], Language().sentence(sentence, values))
            if b'=' in payload:
                said = dict(word.split('=', 1) for word in payload.decode().split('\0')[:-1])
                self.assertEqual({name: str(record[name]) for name in said}, said)

    def test_an_event_of_a_newer_program_is_its_words(self):
        made.write(self.path, made.chunk(0, 0, [
            made.record(words(action='knock', on=A, depth='3', limit='5'), kind=ERROR, peer=0, detail=19),
            made.record(words(action='nap', mood='\x1b[2J'), kind=NOTE, peer=0),
            made.record(words(action='send', limit='many', seq=5), kind=ERROR, peer=0, detail=60000)]))
        status, text = self.run_in('en', 'read', self.path)
        self.assertEqual(status, 0)
        self.assertEqual([line.split(' ', 2)[2] for line in text.splitlines()],
                         [f'knock {A} (depth 3, limit 5): the limit is reached', 'nap (mood ⟨ESC⟩[2J)', 'send (limit many, seq 5): unknown'])
        records = [json.loads(line) for line in self.run_in('en', 'read', self.path, '--format', 'json')[1].splitlines()]
        self.assertEqual((records[0]['error'], records[0]['depth'], records[0]['limit']), ('limit', '3', 5))
        self.assertNotIn('limit', records[2])
        self.assertNotIn('error', records[2])
        self.assertEqual(records[2]['seq'], 3)

    def test_a_capture_that_was_made_in_chinese_is_read_in_english_and_back(self):
        gone = self.socket(socket.SOCK_STREAM)
        where = here(gone)
        gone.close()
        for maker, reader in (('zh_CN', 'en'), ('en', 'zh_CN')):
            path = os.path.join(self.folder, maker + '.porthole')
            status, shown = self.run_in(maker, 'tcp-client', '--remote', where, '--no-stdin', '--capture', path)
            self.assertEqual(status, 1)
            expected = {name: Language(None if name == 'en' else name).sentence('Cannot connect to %s: %s', [where, WHY[6]])
                        for name in ('en', 'zh_CN')}
            self.assertIn(expected[maker], shown)
            self.assertIn(expected[reader], self.run_in(reader, 'read', path)[1])
            self.assertIn(expected[maker], self.run_in(maker, 'read', path)[1])
            record = next(r for r in map(json.loads, self.run_in('zh_CN', 'read', path, '--format', 'json')[1].splitlines())
                          if r['kind'] == 'error')
            self.assertEqual((record['error'], record['action'], record['on']), ('refused', 'connect', where))
            self.assertEqual(record['text'], expected['en'])


if __name__ == '__main__':
    sys.exit(harness.main(sys.modules[__name__]))
