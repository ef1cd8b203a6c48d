"""Messages that are small and try to become large, each received in a process of its own that is measured.

Run by tests/hostile/test_fuzz_wire.py; prints one JSON object a line.
"""

from __future__ import annotations

import json
import os
import resource
import struct
import threading
import time
from pathlib import Path

import targets

from autograder.judge.channel import JSON_BYTES, Channel, Malformed

LARGE = 1_200_000
BOMBS = {
    "lists": '["l",[' + '["l",[]],' * LARGE + '["l",[]]]]',
    "empty-lists": "[" + "[]," * (LARGE * 4) + "[]]",
    "numbers": '["l",[' + "1.5," * (LARGE * 2) + "1]]",
    "deep": "[" * 100_000 + "]" * 100_000,
    "deep-values": '["l",[' * 5_000 + "1" + "]]" * 5_000,
    "long-integer": '["i","' + "f" * 10_000_000 + '"]',
    "long-decimal": '["de","' + "9" * 10_000_000 + '"]',
    "fields": '["a","' + "i4," * LARGE + 'i4",[0],"C",{"buffer":0}]',
    "array-of-nothing": '["a","|V0",[134217728],"C",{"buffer":0}]',
    "array-larger-than-its-bytes": '["a","<f8",[134217728],"C",{"buffer":0}]',
    "same-hash": '["s",[' + ",".join(f'["i","{k * (2**61 - 1):x}"]' for k in range(1, 5_000)) + "]]",
    "long-fraction": '["fr",["i","' + "f" * 200_000 + '"],["i","' + "e" * 200_000 + '"]]',
}


def measured(body: bytes) -> dict[str, float]:
    """What receiving and unpacking a message took, in MB and seconds of processor time."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    before, start = pages * os.sysconf("SC_PAGE_SIZE") / 2**20, time.process_time()
    reading, writing = os.pipe()
    writer = threading.Thread(target=write_all, args=(writing, struct.pack("!II", len(body), 0) + body))
    writer.start()
    channel = Channel(reading)
    try:
        targets._unpack(*channel.receive())
    except Malformed:
        pass  # as good as any other end
    finally:
        channel.close()
        writer.join()
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before
    return {"peak_mb": peak_mb, "seconds": time.process_time() - start}


def write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    try:
        while view:
            view = view[os.write(descriptor, view) :]
    except BrokenPipeError:
        pass  # it was refused before its end
    finally:
        os.close(descriptor)


def main() -> None:
    for name, bomb in BOMBS.items():
        child = os.fork()
        if not child:
            try:
                print(json.dumps({"name": name, **measured(f"[{bomb},[0]]".encode()[:JSON_BYTES])}), flush=True)
            finally:
                os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
