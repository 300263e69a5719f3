"""For every shape, its name in words and an example that a writer can copy."""

from shared.plan.shape import (
    Amount,
    Bilingual,
    Choice,
    Conditions,
    Day,
    Flag,
    Line,
    ListOf,
    Mention,
    Record,
    Shape,
    Whole,
)
from shared.plan.text import Text

#: An example for every kind of name.
EXAMPLES = {
    "clause": "R01",
    "section": "II.2.c",
    "unit": "village-1",
    "role": "clerk",
    "party": "clerk",
    "event": "nomination.submitted",
    "page": "/de-cu",
    "document": "leaflet",
    "rule": "consent_gate",
    "indicator": "published_count",
}

WANTED: dict[type[Shape], Text] = {
    Line: Text("một dòng chữ", "a line of text"),
    Bilingual: Text("chữ tiếng Việt và tiếng Anh", "words in Vietnamese and English"),
    Whole: Text("một số nguyên", "a whole number"),
    Amount: Text("một số", "a number"),
    Flag: Text("true hoặc false", "true or false"),
    Day: Text("một ngày", "a date"),
    Choice: Text("một từ cho trước", "one of the given words"),
    Mention: Text("một tên", "a name"),
    Conditions: Text("điều kiện", "conditions"),
    ListOf: Text("một danh sách", "a list"),
    Record: Text("một nhóm mục", "a group of keys"),
}


FIXED: dict[type[Shape], str] = {
    Bilingual: "{vi: …, en: …}",
    Flag: "true",
    Day: "2023-05-31",
    Conditions: "{field: F04}",
}


def example_of(shape: Shape) -> str:
    """An example of a value, as it would stand in the file."""
    match shape:
        case Line(example=example):
            words = example
        case Whole(minimum=minimum) | Amount(minimum=minimum):
            words = str(minimum)
        case Choice(options=options):
            words = options[0]
        case Mention(kind=kind):
            words = EXAMPLES.get(kind, kind)
        case ListOf(item=item):
            words = f"[{example_of(item)}]"
        case Record(keys=keys, exactly_one=(first, *_)):
            words = f"{{{first}: {example_of(keys[first].shape)}}}"
        case Record(keys=keys):
            words = "{" + ", ".join(f"{key}: …" for key, form in keys.items() if form.required) + "}"
        case Bilingual() | Flag() | Day() | Conditions():
            words = FIXED[type(shape)]
    return words
