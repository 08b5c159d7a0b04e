"""What programs send to tell an applicant something, as `asks`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from huiyin.doors.api.asks import Ask, Line, OneOf, Text
from huiyin.rules.errors import msg


class Notice(Ask):
    """How the applicant may supply what is missing."""

    supplement_how: Annotated[Text, Field(description=msg("补正的方式、地点与时间"))]
    form: Annotated[str, OneOf(("written", "oral"))] = "written"
    told_to: Annotated[Line, Field(description=msg("口头告知了谁；口头告知时必填"))] = ""
    told_phone: Annotated[Line, Field(description=msg("口头告知所用的电话；口头告知时必填"))] = ""
