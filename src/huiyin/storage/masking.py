"""What is shown of a personal value to somebody who has no need of all of it.

The table is the one of the security design, section 4. Masking happens on the
server; what cannot be recognised is hidden whole rather than shown.
"""

import re

HIDDEN = "*"
_FIRST_KEPT_ID, _LAST_KEPT_ID, _LEAST_HIDDEN = 4, 4, 8
_FULL_ID_LENGTHS = (15, 18)
_MOBILE = re.compile(r"(?:\+?86[- ]?)?(1[3-9]\d)(\d{4})(\d{4})")
_MOBILE_IN_TEXT = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")
_ID_IN_TEXT = re.compile(r"(?<![0-9A-Za-z])(\d{4})(\d{10}|\d{7})(\d{3}[0-9Xx])(?![0-9A-Za-z])")
_MAIL_IN_TEXT = re.compile(r"([A-Za-z0-9])[A-Za-z0-9._%+-]*(@[A-Za-z0-9.-]+\.[A-Za-z]{2,})")
_LANDLINE_HIDDEN = 4


def mask_name(name: str) -> str:
    """Keep the first character, and the dot of a name such as 阿*·*; "" stays ""."""
    kept = name[:1]
    return kept + "".join(char if char == "·" else HIDDEN for char in name[1:])


def mask_phone(phone: str) -> str:
    """Return `138****1234` for a mobile; of any other number the last four digits are hidden."""
    if found := _MOBILE.fullmatch(phone.strip()):
        return f"{found[1]}{HIDDEN * 4}{found[3]}"
    digits = sum(char.isdigit() for char in phone)
    shown = max(digits - _LANDLINE_HIDDEN, 0)
    masked = []
    for char in phone:
        if char.isdigit():
            masked.append(char if shown > 0 else HIDDEN)
            shown -= 1
        else:
            masked.append(char)
    return "".join(masked)


def mask_id_number(number: str) -> str:
    """Keep four and four characters of a full identity number; hide anything else whole.

    Never fewer than eight characters are hidden; a 15-digit number keeps its first four and last three.
    """
    text = number.strip()
    if len(text) not in _FULL_ID_LENGTHS:
        return HIDDEN * len(text)
    last = min(_LAST_KEPT_ID, len(text) - _FIRST_KEPT_ID - _LEAST_HIDDEN)
    return text[:_FIRST_KEPT_ID] + HIDDEN * (len(text) - _FIRST_KEPT_ID - last) + text[len(text) - last :]


def mask_email(address: str) -> str:
    """Keep the first character and the domain."""
    local, at, domain = address.partition("@")
    return local[:1] + HIDDEN * 3 + at + domain if at else HIDDEN * len(address)


def mask_text(text: str) -> str:
    """Mask identity numbers, mobiles and mail addresses wherever they stand in free text."""
    text = _ID_IN_TEXT.sub(lambda found: mask_id_number(found[0]), text)
    text = _MOBILE_IN_TEXT.sub(rf"\1{HIDDEN * 4}\2", text)
    return _MAIL_IN_TEXT.sub(rf"\1{HIDDEN * 3}\2", text)


def mask_applicant(text: str, name: str, phone: str) -> str:
    """Mask free text, and in it the name and the phone that are known to be a certain person's."""
    name, phone = name.strip(), phone.strip()
    if len(name) > 1:
        text = text.replace(name, mask_name(name))
    if phone:
        text = text.replace(phone, mask_phone(phone))
    return mask_text(text)
