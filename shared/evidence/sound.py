"""Sound made anew: a WAV is encoded, an MP3 is put together from its frames alone."""

import io
import wave

import lameenc

from shared.evidence.kinds import MPEG_SYNC, Unfit

MOST_SECONDS = 600
#: A tag of our own stands first: what is kept is never what was brought.
OUR_TAG = b"ID3\x04\x00\x00\x00\x00\x00\x0a" + b"\x00" * 10
BITRATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)  # kbit/s, MPEG 1 layer III
BITRATES_LOW = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)  # MPEG 2 and 2.5
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}  # Hz by version
FEWEST_FRAMES = 10
MPEG_1, NO_VERSION, LAYER_3 = 3, 1, 1
TAG_HEAD = 10  # bytes
SAMPLE_BYTES = 2
HERTZ = range(8000, 48001)


def remade_sound(data: bytes) -> bytes:
    """The sound as MP3. Raises Unfit."""
    return OUR_TAG + (encoded(data) if data[:4] == b"RIFF" else frames_of(data))


def encoded(data: bytes) -> bytes:
    try:
        with wave.open(io.BytesIO(data)) as source:
            channels, width, rate = source.getnchannels(), source.getsampwidth(), source.getframerate()
            if channels not in {1, 2} or width != SAMPLE_BYTES or rate not in HERTZ:
                raise Unfit("evidence.sound_form")
            if source.getnframes() > rate * MOST_SECONDS:
                raise Unfit("evidence.too_long")
            samples = source.readframes(source.getnframes())
    except (wave.Error, EOFError) as fault:
        raise Unfit("evidence.broken") from fault
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(64)
    encoder.set_in_sample_rate(rate)
    encoder.set_channels(channels)
    encoder.set_quality(7)
    return bytes(encoder.encode(samples) + encoder.flush())


def frames_of(data: bytes) -> bytes:
    """The frames of an MP3 in their order; tags, pictures and whatever hangs on at the end are left behind."""
    place, found = after_tag(data), bytearray()
    count, seconds = 0, 0.0
    while place + 4 <= len(data):
        length, duration = frame_at(data, place)
        if not length or place + length > len(data):
            break
        found += data[place : place + length]
        place, count, seconds = place + length, count + 1, seconds + duration
    if count < FEWEST_FRAMES:
        raise Unfit("evidence.broken")
    if seconds > MOST_SECONDS:
        raise Unfit("evidence.too_long")
    return bytes(found)


def after_tag(data: bytes) -> int:
    """Where the sound begins, behind a tag of somebody else's."""
    if data[:3] != b"ID3" or len(data) < TAG_HEAD:
        return 0
    size = 0
    for seven_bits in data[6:10]:
        size = size << 7 | seven_bits & 0x7F
    return TAG_HEAD + size


def frame_at(data: bytes, place: int) -> tuple[int, float]:
    """(bytes, seconds) of the frame that begins here; (0, 0) when none does."""
    head = int.from_bytes(data[place : place + 4])
    version, layer = head >> 19 & 3, head >> 17 & 3
    bitrate, rate = head >> 12 & 15, head >> 10 & 3
    known = version != NO_VERSION and layer == LAYER_3 and 0 < bitrate < len(BITRATES)
    if head >> 21 != MPEG_SYNC or not known or rate >= len(RATES[version]):
        return 0, 0.0
    hertz = RATES[version][rate]
    kilobits = (BITRATES if version == MPEG_1 else BITRATES_LOW)[bitrate]
    samples = 1152 if version == MPEG_1 else 576
    return samples * kilobits * 125 // hertz + (head >> 9 & 1), samples / hertz
