"""What the description of the API shows. The people are sample data."""

from typing import Any

NOMINATION: dict[str, Any] = {
    "nominee": {"name": "Lò Thị Mẫu", "birth_year": 1975, "address": "Thôn 1", "phone": "0912 345 678"},
    "consent": {
        "given_by": "self",
        "proof": "signed_paper",
        "publish_name": True,
        "publish_story": True,
        "publish_photo": False,
    },
    "subject_kind": "individual",
    "model_kind": "good_deed",
    "field": "F13",
    "movement": "new_countryside",
    "headline": "Hiến đất làm đường thôn",
    "story": "Bà Mẫu hiến 300 m2 đất làm đường thôn, vận động năm hộ cùng làm. Nay xe vào được tận ngõ.",
    "happened_on": "2025-02-10",
    "areas": ["work"],
    "direct_worker": True,
}
NOMINATION_ID = "0199c1d2-7f7a-7c31-9a53-5a0c7d6f1b11"
RECEIPT: dict[str, Any] = {
    "id": NOMINATION_ID,
    "code": "DC-2025-0147",
    "answer_by": "2025-04-03",
    "links": {
        "self": f"/api/v1/nominations/{NOMINATION_ID}",
        "page": f"/de-cu/{NOMINATION_ID}",
        "look_up": "/tra-cuu/DC-2025-0147",
    },
}
SHOWN: dict[str, Any] = RECEIPT | {
    "stage": "submitted",
    "unit": "women",
    "source": "organisation",
    "nominee": "Lò Thị Mẫu",
    "headline": "Hiến đất làm đường thôn",
    "submitted_on": "2025-03-27",
    "happenings": [{"kind": "opened", "at": "2025-03-27T03:00:05+00:00", "detail": "", "address": ""}],
}
PHOTO: dict[str, Any] = {
    "photo": "ab" * 32,
    "width": 1280,
    "height": 960,
    "links": {"640": f"/anh/{'ab' * 32}-640.webp"},
}
