#!/usr/bin/env python3
# wire.py NAMESPACE1 DEVICE1 NAMESPACE2 DEVICE2: a cable between two network cards (TAP devices) that delays, loses and slows down what it
# carries. Not every kernel has netem; this needs /dev/net/tun only. Each line of standard input is a JSON object with what shall change:
# {"delay": ms, "loss": per cent, "rate": kbit/s or 0, "queue": ms, "cut": bool}, for each direction alike. Ends with its standard input.
import ctypes
import fcntl
import heapq
import json
import os
import random
import select
import struct
import sys
import time

CLONE_NEWNET = 0x40000000
TUNSETIFF = 0x400454CA
IFF_TAP_WITHOUT_HEADER = 0x0002 | 0x1000
FRAME_BYTES = 65536
FRAMES_AT_ONCE = 64

libc = ctypes.CDLL(None, use_errno=True)


def card(namespace, name):
    """Makes a network card in a namespace. The process stays in that namespace; the next card takes it elsewhere."""
    handle = os.open('/run/netns/' + namespace, os.O_RDONLY)
    if libc.setns(handle, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), 'setns ' + namespace)
    os.close(handle)
    tap = os.open('/dev/net/tun', os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tap, TUNSETIFF, struct.pack('16sH22x', name.encode(), IFF_TAP_WITHOUT_HEADER))
    return tap


home = os.open('/proc/self/ns/net', os.O_RDONLY)
ends = card(sys.argv[1], sys.argv[2]), card(sys.argv[3], sys.argv[4])
# Whoever clears a namespace kills all processes in it: this one is in none of them.
libc.setns(home, CLONE_NEWNET)

state = {'delay': 0, 'loss': 0, 'rate': 0, 'queue': 300, 'cut': False}
free_at = {ends[0]: 0.0, ends[1]: 0.0}
under_way = []
count = 0
typed = b''
poll = select.poll()
for descriptor in (*ends, 0):
    poll.register(descriptor, select.POLLIN)
print('ready', flush=True)


def deliver():
    now = time.monotonic()
    while under_way and under_way[0][0] <= now:
        _, _, to, frame = heapq.heappop(under_way)
        try:
            os.write(to, frame)
        except OSError:
            pass  # The card is down, as the cable of a switched-off device is.


def carry(frame, end, to):
    global count
    now = time.monotonic()
    if state['cut'] or random.random() * 100 < state['loss']:
        return
    leaves = now
    if state['rate']:
        leaves = max(now, free_at[end])
        if (leaves - now) * 1000 > state['queue']:
            return
        leaves += len(frame) * 8 / (state['rate'] * 1000)
        free_at[end] = leaves
    count += 1
    heapq.heappush(under_way, (leaves + state['delay'] / 1000, count, to, frame))


while True:
    deliver()
    wait = max(0, (under_way[0][0] - time.monotonic()) * 1000) if under_way else None
    for descriptor, event in poll.poll(wait):
        if descriptor == 0:
            data = os.read(0, FRAME_BYTES)
            if not data:
                sys.exit(0)
            *lines, typed = (typed + data).split(b'\n')
            for line in lines:
                state.update(json.loads(line))
            continue
        if not event & select.POLLIN:
            sys.exit(0)
        for _ in range(FRAMES_AT_ONCE):
            try:
                frame = os.read(descriptor, FRAME_BYTES)
            except BlockingIOError:
                break
            except OSError:
                sys.exit(0)  # The namespace is gone.
            carry(frame, descriptor, ends[1] if descriptor == ends[0] else ends[0])
