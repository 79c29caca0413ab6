"""Dates in a field, in an export, in prose and in a filter."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import UsageError
from kb.text import dates

TODAY = date(2024, 3, 14)  # a Thursday


# A field


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-05-01", "2024-05-01"),
        ("2024-5-1", "2024-05-01"),
        ("2024/05/01", "2024-05-01"),
        ("2024-05-01 9:30", "2024-05-01T09:30"),
        ("2022-09-01T09:42:15.957Z", "2022-09-01T09:42:15Z"),
        ("1st May 2024", "2024-05-01"),
        ("May 1, 2024", "2024-05-01"),
        ("2024", "2024"),
        ("2024-05", "2024-05"),
        ("1610000000000", "2021-01-07T06:13:20Z"),
        ("2024/05", "2024-05"),
        ("2024-5", "2024-05"),
        ("May 2024", "2024-05"),
        ("5-May-2024", "2024-05-05"),
        ("1st of May 2024, in the evening", "2024-05-01"),
        ("2024-05-01 25:99", "2024-05-01"),
        ("2024-05-01 10:30 UTC", "2024-05-01T10:30Z"),
        ("2024-05-01T10:30:00+02:00", "2024-05-01T10:30:00+02:00"),
        ("0350", "0350"),
        ("0000", None),
        ("2024 in review", None),
        ("May 2024 in review", None),
        ("3 May 4, 2024", None),
        ("20240501", "2024-05-01"),
        ("20241301", None),
        ("2024-13", None),
        ("2024-13-45", None),
        ("32 May 2024", None),
        ("last spring", None),
        ("", None),
    ],
)
def test_a_date_in_a_field(written: str, expected: str | None) -> None:
    assert dates.read(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Saturday, June 8th 2024, 10:00 am", "2024-06-08T10:00"),
        ("Saturday, June 8th 2024, 12:05:09 am", "2024-06-08T00:05:09"),
        ("Sat, 08 Jun 2024 10:00:00 +0000", "2024-06-08T10:00:00+00:00"),
        ("Sat Jun 08 2024 10:00:00 GMT+0200 (CEST)", "2024-06-08T10:00:00+02:00"),
        ("June 8, 2024 at 10:00 PM", "2024-06-08T22:00"),
        ("2024-06-08 10:00 PM", "2024-06-08T22:00"),
        ("2024-06-08 13:00 PM", "2024-06-08"),
        ("2024年6月8日", "2024-06-08"),
        ("8.6.2024 10:30", "2024-06-08T10:30"),
        ("25/12/2024", "2024-12-25"),
        ("12/25/2024", "2024-12-25"),
        ("06/06/2024", "2024-06-06"),
        ("06/08/2024", None),
        ("31.02.2024", None),
        ("Sunday", None),
        ("202406081030", "2024-06-08T10:30"),
        ("20240608103059", "2024-06-08T10:30:59"),
        ("20240608T103059Z", "2024-06-08T10:30:59Z"),
        ("1717840800", "2024-06-08T10:00:00Z"),
        ("1717840800123", "2024-06-08T10:00:00Z"),
        ("946684800000", "2000-01-01T00:00:00Z"),
        ("123456789", None),
        ("12345678", None),
        ("202413081030", None),
    ],
)
def test_dates_as_programs_write_them(written: str, expected: str | None) -> None:
    assert dates.read(written) == expected


def test_a_fraction_of_a_second_is_kept_where_it_is_wanted() -> None:
    assert dates.read("2024-05-01T10:30:00.250+02:00") == "2024-05-01T10:30:00+02:00"
    assert dates.read("2024-05-01T10:30:00,250+02:00", fraction=True) == "2024-05-01T10:30:00.250+02:00"


@given(
    st.dates(date(1000, 1, 1), date(2999, 12, 31)),
    st.sampled_from(["{0:%Y}-{0.month}-{0.day}", "{1} {0.day}, {0:%Y}", "{0.day} {1} {0:%Y}", "{0.day}. {1}. {0:%Y}"]),
)
def test_every_day_is_read_in_every_form(day: date, form: str) -> None:
    month = dates.MONTHS[day.month - 1]
    for name in (month, month[:3].title(), month.upper()):
        assert dates.read(form.format(day, name)) == day.isoformat()
        assert dates.month_of(name) == day.month


@given(st.text() | st.from_regex(r"\A\d{1,4}[-/. ]\w{1,9}[-/. ]\d{1,4}(T\d\d:\d\d)?\Z"))
def test_what_is_read_is_a_date_and_reads_the_same(text: str) -> None:
    found = dates.read(text)
    if found:
        datetime.fromisoformat(found if len(found) > 10 else (found + "-01-01")[:10])
        assert dates.read(found) == found


def test_a_moment_in_utc() -> None:
    assert dates.utc(datetime(2024, 5, 1, 10, tzinfo=timezone(timedelta(hours=2)))) == "2024-05-01T08:00:00Z"
    assert (
        dates.utc(datetime(2024, 5, 1, 10, tzinfo=UTC)) == dates.utc(datetime(2024, 5, 1, 10)) == "2024-05-01T10:00:00Z"
    )


# An export


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2018/03/14/", "2018-03-14"), ("2018///", "2018"), ("2021-05-03/2021-06-01", "2021-05-03"), ("2021~", "2021"),
        ("2024-05-01 10:00:00+02:00", "2024-05-01T08:00:00Z"),
        ("2024-05-01T10:00:00.123456+00:00", "2024-05-01T10:00:00Z"),
        ("Sun, 05 Jun 2022 22:05:52 GMT", "2022-06-05T22:05:52Z"), ("1654467952", "2022-06-05T22:25:52Z"),
        (1654467952000, "2022-06-05T22:25:52Z"), ("June 5, 2022", "2022-06-05"), ("5 June 2022", "2022-06-05"),
        ("Jun 2022", "2022-06"), ("the 5th of June 2022", "2022-06-05"), ("2022-06-05 9:30", "2022-06-05T09:30:00Z"),
        ("circa 1999", "1999"), ("2021-02-31", "2021-02"), ("2021-13", "2021"),
        ("n.d.", None), ("", None), (None, None), (True, None), ("12345", None),
    ],
)  # fmt: skip
def test_a_date_in_an_export(value: object, expected: str | None) -> None:
    assert dates.read_loosely(value) == expected


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none()))
def test_any_field_is_a_date_or_nothing(value: object) -> None:
    found = dates.read_loosely(value)
    assert found is None or re.fullmatch(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\dZ)?)?)?", found)


# Prose


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("A discussion between A and B on 2021-11-05, edited", "2021-11-05"),
        ("On the 12th of September, a Monday in the year 2022, they met", "2022-09-12"),
        ("Recorded Sept. 12 in Oakland (2022)", "2022-09-12"),
        ("They met on May 12" + " and talked" * 10 + " until 2022", None),
        ("On the 31st of June 2022", None),
        ("In 2022", None),
    ],
)
def test_the_first_full_date_in_prose(prose: str, expected: str | None) -> None:
    assert dates.find(prose) == expected


# A filter


@pytest.mark.parametrize(
    ("text", "begin", "end"),
    [
        ("2024", "2024-01-01", "2025-01-01"),
        ("2024-02", "2024-02-01", "2024-03-01"),
        ("2024-12-31", "2024-12-31", "2025-01-01"),
        ("2024-03-01T10:00:00Z", "2024-03-01", "2024-03-02"),
        ("today", "2024-03-14", "2024-03-15"),
        ("Yesterday", "2024-03-13", "2024-03-14"),
        ("last week", "2024-03-04", "2024-03-11"),
        ("this week", "2024-03-11", "2024-03-18"),
        ("last month", "2024-02-01", "2024-03-01"),
        ("last  year", "2023-01-01", "2024-01-01"),
        ("3 days ago", "2024-03-11", "2024-03-12"),
        ("a month ago", "2024-02-14", "2024-02-15"),
        ("two weeks ago", "2024-02-29", "2024-03-01"),
        ("last 3 days", "2024-03-11", "2024-03-15"),
        ("March 2023", "2023-03-01", "2023-04-01"),
        ("2024-03-02 Sat", "2024-03-02", "2024-03-03"),
        ("2024/03/02", "2024-03-02", "2024-03-03"),
        ("1st March 2023", "2023-03-01", "2023-03-02"),
        ("3 Mar 2023", "2023-03-03", "2023-03-04"),
        ("March 3, 2023", "2023-03-03", "2023-03-04"),
    ],
)
def test_days_that_a_filter_means(text: str, begin: str, end: str) -> None:
    assert dates.span(text, TODAY) == (date.fromisoformat(begin), date.fromisoformat(end))


def test_months_have_different_lengths() -> None:
    assert dates.span("1 month ago", date(2024, 3, 31))[0] == date(2024, 2, 29)
    assert dates.span("a year ago", date(2024, 2, 29))[0] == date(2023, 2, 28)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2024-02-31",
        "2024-13",
        "99999 years ago",
        "last full moon",
        "-1",
        "2017 article",
        "1714500000000",
        "1 May 2024 - 3 May 2024",
    ],
)
def test_a_filter_that_is_no_date_is_an_error(text: str) -> None:
    with pytest.raises(UsageError, match="is no date"):
        dates.span(text, TODAY)


@given(st.text() | st.from_regex(r"\A\w{1,12} (days?|weeks?|months?|years?) ago\Z"))
def test_any_filter_is_a_date_or_an_error(text: str) -> None:
    try:
        begin, end = dates.span(text, TODAY)
    except UsageError:
        return
    assert begin < end
