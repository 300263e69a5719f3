"""Run as `python -m shared.photos.child`: an upload on stdin, the pictures on stdout.

The answer is one line of JSON, {"pictures": [{name, mime, width, height, size}]} or {"refused": key}, then the
pictures' bytes. Whatever a hostile file does, it does here: 512 MB of memory, 10 s of processor, no file written.
"""

import json
import resource
import sys

_MEMORY_BYTES = 512 * 1024 * 1024
_PROCESSOR_S = 10


def _bind_ourselves() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_PROCESSOR_S, _PROCESSOR_S))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":  # macOS knows the name but refuses the limit
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))


def main() -> None:
    _bind_ourselves()
    from shared.photos.encode import Refusal, pictures  # noqa: PLC0415 -- Pillow loads inside the limits

    try:
        made = pictures(sys.stdin.buffer.read())
    except Refusal as refusal:
        sys.stdout.write(json.dumps({"refused": refusal.key}) + "\n")
        return
    heads = [
        {"name": p.name, "mime": p.mime, "width": p.width, "height": p.height, "size": len(p.data)} for p in made
    ]  # fmt: skip
    sys.stdout.write(json.dumps({"pictures": heads}) + "\n")
    sys.stdout.flush()
    for picture in made:
        sys.stdout.buffer.write(picture.data)


if __name__ == "__main__":
    main()
