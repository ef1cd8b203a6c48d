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

from autograder.judge.channel import BUFFER_BYTES, JSON_BYTES, Channel, Malformed


def full(before: str, unit: str, after: str) -> str:
    """As many units as the longest message holds."""
    return before + unit * ((JSON_BYTES - len(before) - len(after) - 20) // len(unit)) + after


# name → (the JSON of the value, the bytes of its buffer)
BOMBS: dict[str, tuple[str, int]] = {
    "lists": (full('["l",[', '["l",[]],', '["l",[]]]]'), 0),
    "empty-lists": (full("[", "[],", "[]]"), 0),
    "numbers": (full('["l",[', "1.5,", "1]]"), 0),
    "numbers-as-bytes": ('["li",{"buffer":0}]', BUFFER_BYTES),
    "letters": (full('["l",[', '"\\u5b57",', '""]]'), 0),
    "deep": ("[" * 100_000 + "]" * 100_000, 0),
    "deep-values": ('["l",[' * 5_000 + "1" + "]]" * 5_000, 0),
    "long-integer": (full('["i","', "f", '"]'), 0),
    "long-decimal": (full('["de","', "9", '"]'), 0),
    "fields": (full('["a","', "i4,", 'i4",[0],"C",{"buffer":0}]'), 0),
    "fields-with-names": (full('["a",[', '["a","i4"],', '["b","i4"]],[0],"C",{"buffer":0}]'), 0),
    "array-of-nothing": ('["a","|V0",[134217728],"C",{"buffer":0}]', 0),
    "array-larger-than-its-bytes": ('["a","<f8",[134217728],"C",{"buffer":0}]', 0),
    "same-hash": ('["s",[' + ",".join(f'["i","{k * (2**61 - 1):x}"]' for k in range(1, 5_000)) + "]]", 0),
    "long-fraction": ('["fr",["i","' + "f" * 200_000 + '"],["i","' + "e" * 200_000 + '"]]', 0),
}


def measured(body: bytes, extra: int) -> dict[str, float]:
    """What receiving and unpacking a message took, in MB and seconds of processor time."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    before, start = pages * os.sysconf("SC_PAGE_SIZE") / 2**20, time.process_time()
    reading, writing = os.pipe()
    writer = threading.Thread(target=write_all, args=(writing, struct.pack("!II", len(body), extra) + body, extra))
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


def write_all(descriptor: int, data: bytes, more: int) -> None:
    view = memoryview(data)
    try:
        while view:
            view = view[os.write(descriptor, view) :]
        while more:
            more -= os.write(descriptor, b"\1" * min(more, 100_000))
    except BrokenPipeError:
        pass  # it was refused before its end
    finally:
        os.close(descriptor)


def main() -> None:
    for name, (bomb, extra) in BOMBS.items():
        child = os.fork()
        if not child:
            try:
                print(json.dumps({"name": name, **measured(f"[{bomb},[{extra}]]".encode(), extra)}), flush=True)
            finally:
                os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
