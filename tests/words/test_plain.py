"""The quick way to the plain form of a text comes to the same as the careful one, sign by sign."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lgreason.words.plain import _sign_by_sign, plain

SIGNS = "กจทตำแหน่งเ่้๊๋์ัิีุูะาๅํสิทธิ์ผอ.น๐๑๙09aBzİß ,;«»“”\"'…?!=()-–—%:/\n\t\u200b\ufeffé"


@settings(max_examples=2000)
@given(st.text(alphabet=SIGNS, max_size=40))
def test_both_ways_come_to_the_same(text: str) -> None:
    careful = _sign_by_sign(text)
    assert plain(text) == careful


def test_where_signs_stood() -> None:
    found = plain("ผอ. กอง  ระดับ กลาง, is  it")
    assert found.text == "ผอ.กองระดับกลางis it"
    assert found.as_written(3, 6) == "กอง"
    assert found.as_written(17, 20) == "it"
