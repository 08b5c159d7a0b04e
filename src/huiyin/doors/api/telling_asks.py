"""What programs send to tell an applicant something, as `asks`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from huiyin.doors.api.asks import Ask, OneOf, Text
from huiyin.rules.errors import msg


class Notice(Ask):
    """How the applicant may supply what is missing."""

    supplement_how: Annotated[Text, Field(description=msg("补正的方式、地点与时间"))]
    form: Annotated[str, OneOf(("written", "oral"))] = "written"
