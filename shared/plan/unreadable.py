"""The words of faults that keep a file, or a part of it, from being read at all."""

from shared.plan.text import Text
from shared.plan.wording import Wording, shown


def not_readable(reason: str) -> Wording:
    return Wording(
        "file.unreadable",
        Text(f"không mở được tệp ({reason})", f"the file cannot be opened ({reason})"),
        Text("Kiểm tra lại đường dẫn và quyền đọc tệp", "Check the path and the right to read the file"),
    )


def too_large(size: int, limit: int) -> Wording:
    return Wording(
        "file.too_large",
        Text(f"tệp có {size} byte, quá {limit} byte", f"the file has {size} bytes, more than {limit}"),
        Text("Chỉ để trong tệp nội dung của một kế hoạch", "Keep one plan in the file and nothing else"),
    )


def not_utf8(byte: int) -> Wording:
    return Wording(
        "file.not_utf8",
        Text(f"chữ không theo bảng mã UTF-8 (byte 0x{byte:02x})", f"the text is not UTF-8 (byte 0x{byte:02x})"),
        Text("Lưu lại tệp với bảng mã UTF-8", "Save the file again as UTF-8"),
    )


def damaged(letter: str) -> Wording:
    name = f"U+{ord(letter):04X}" + (f" {letter}" if letter.isprintable() else "")
    return Wording(
        "text.damaged",
        Text(f"có ký tự hỏng {name}, thường do sao chép từ PDF", f"damaged character {name}, often copied from a PDF"),
        Text("Gõ lại chữ này theo bản giấy", "Type the letter again from the paper"),
    )


def not_yaml(problem: str) -> Wording:
    return Wording(
        "file.not_yaml",
        Text(f"không đọc được YAML ({problem})", f"this is not YAML ({problem})"),
        Text(
            "Thụt đầu dòng bằng dấu cách, và đặt trong ngoặc kép mọi chữ có dấu hai chấm",
            "Indent with spaces, and put any text with a colon in double quotes",
        ),
    )


def not_a_plan() -> Wording:
    return Wording(
        "file.not_a_plan",
        Text("tệp không phải là một kế hoạch", "the file is not a plan"),
        Text("Bắt đầu bằng các dòng như “id: …”, “title: …”", "Begin with lines such as “id: …”, “title: …”"),
    )


def alias(name: str) -> Wording:
    return Wording(
        "yaml.alias",
        Text(f"dùng lại một đoạn bằng dấu * của YAML ({shown('*' + name)})", f"the YAML alias {shown('*' + name)}"),
        Text("Viết lại đầy đủ đoạn đó", "Write the part out in full"),
    )


def too_deep(limit: int) -> Wording:
    return Wording(
        "yaml.too_deep",
        Text(f"lồng nhau quá {limit} bậc", f"nested more than {limit} levels deep"),
        Text("Bỏ bớt bậc lồng nhau", "Take levels out"),
    )


def second_document() -> Wording:
    return Wording(
        "file.second_document",
        Text("tệp có nhiều văn bản YAML, ngăn bằng ---", "the file has more than one YAML document, parted by ---"),
        Text("Để mỗi kế hoạch trong một tệp riêng", "Keep each plan in a file of its own"),
    )


def too_many(limit: int) -> Wording:
    return Wording(
        "file.too_many_faults",
        Text(f"tệp có hơn {limit} lỗi, không đọc tiếp", f"the file has more than {limit} faults and is not read on"),
        Text("Sửa những lỗi trên rồi kiểm tra lại", "Put these right and check again"),
    )


def foreign_tag(tag: str) -> Wording:
    return Wording(
        "yaml.tag",
        Text(f"kiểu YAML {shown(tag)} không dùng được", f"the YAML tag {shown(tag)} cannot be used"),
        Text("Bỏ phần bắt đầu bằng dấu ! hoặc <<", "Take out what begins with ! or <<"),
    )


def odd_key() -> Wording:
    return Wording(
        "yaml.key",
        Text("tên mục không phải là chữ", "a key is not a plain word"),
        Text("Dùng một tên mục bằng chữ, không dùng <<, ? hay ~", "Use a plain word as key, not <<, ? or ~"),
    )


def repeated_key(key: str, line: int) -> Wording:
    return Wording(
        "key.repeated",
        Text(f"mục {shown(key)} đã có ở dòng {line}", f"the key {shown(key)} is already on line {line}"),
        Text("Chỉ giữ một trong hai", "Keep one of the two"),
    )
