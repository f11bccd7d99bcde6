"""What REST framework's parser and renderer leave to chance."""

import codecs
import math

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser, get_encoding
from rest_framework.renderers import JSONRenderer
from rest_framework.utils import json


def read_finite(text: str) -> float:
    """A number too large for a float would be read as infinity, which no field expects."""
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"Out of range float values are not JSON compliant: {text[:20]!r}")
    return number


class BoundedJSONParser(JSONParser):
    """Numbers beyond every float, and nesting deeper than Python's stack, are bad requests like any other."""

    def parse(self, stream, media_type=None, parser_context=None):
        reader = codecs.getreader(get_encoding(parser_context or {}))
        try:
            return json.load(reader(stream), parse_constant=json.strict_constant, parse_float=read_finite)
        except ValueError as error:
            raise ParseError(f"JSON parse error - {error}") from error
        except RecursionError as error:
            raise ParseError("JSON parse error - nested too deeply") from error


class TolerantJSONRenderer(JSONRenderer):
    """An error may quote what was sent: half a surrogate pair, which UTF-8 cannot say, leaves escaped."""

    def render(self, data, accepted_media_type=None, renderer_context=None) -> bytes:
        try:
            return super().render(data, accepted_media_type, renderer_context)
        except UnicodeEncodeError:
            self.ensure_ascii = True
            return super().render(data, accepted_media_type, renderer_context)
