"""Run as `python -m shared.speech.child [espeak words a minute]`: text on stdin (UTF-8), a WAV file on stdout.

espeak-ng is GPL-3.0: it is loaded here, in a process that shares nothing with the service but these two pipes. The
library is the one in the espeakng-loader wheel. Exit code 3 means it is missing or does not start.
"""

import ctypes
import importlib.util
import io
import sys
import wave

_RETRIEVAL = 1  # AUDIO_OUTPUT_RETRIEVAL: samples come to the callback, no sound card is touched
_UTF8 = 1  # espeakCHARS_UTF8
_RATE = 1  # espeakRATE
_CHUNK_MS = 200
_MISSING = 3

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class _Unavailable(Exception):
    pass


def main() -> None:
    pace = int(sys.argv[1]) if len(sys.argv) > 1 else 125
    try:
        sys.stdout.buffer.write(_wav(sys.stdin.buffer.read(), pace))
    except _Unavailable as fault:
        sys.stderr.write(str(fault))
        sys.exit(_MISSING)


def _wav(text: bytes, pace: int) -> bytes:
    library, sample_rate = _engine(pace)
    samples = bytearray()

    def collect(chunk: "ctypes._Pointer[ctypes.c_short]", count: int, _events: int | None) -> int:
        if chunk and count > 0:
            samples.extend(ctypes.string_at(chunk, count * 2))
        return 0

    callback = _Callback(collect)
    library.espeak_SetSynthCallback(callback)
    library.espeak_Synth(text + b"\0", ctypes.c_size_t(len(text) + 1), 0, 0, 0, _UTF8, None, None)
    library.espeak_Synchronize()
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sample_rate)
        file.writeframes(bytes(samples))
    return buffer.getvalue()


def _engine(pace: int) -> tuple[ctypes.CDLL, int]:
    if importlib.util.find_spec("espeakng_loader") is None:
        raise _Unavailable("the espeakng-loader package is not installed")
    import espeakng_loader  # noqa: PLC0415 -- may be missing

    try:
        library = ctypes.CDLL(espeakng_loader.get_library_path())
    except OSError as fault:
        raise _Unavailable(f"the espeak-ng library does not load: {fault}") from fault
    data = str(espeakng_loader.get_data_path()).encode()
    sample_rate = library.espeak_Initialize(_RETRIEVAL, _CHUNK_MS, data, 0)
    if sample_rate <= 0 or library.espeak_SetVoiceByName(b"vi") != 0:
        raise _Unavailable(f"espeak-ng has no Vietnamese voice in {data.decode()}")
    library.espeak_SetParameter(_RATE, pace, 0)
    return library, sample_rate


if __name__ == "__main__":
    main()
