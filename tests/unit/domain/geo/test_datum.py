"""Datums: there and back, known values, and that nothing is converted where nothing is offset."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.geo.datum import Datum, convert, to_wgs84
from domain.geo.measure import distance_m
from domain.ticket import Point

IN_CHINA = st.tuples(st.floats(73.5, 135.0), st.floats(3.5, 53.5))
ANYWHERE = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@given(IN_CHINA)
def test_there_and_back_is_within_a_millimetre(place):
    offset = convert(*place, Datum.WGS84, Datum.GCJ02)
    assert distance_m(Point(*to_wgs84(*offset, Datum.GCJ02)), Point(*place)) < 0.001


@given(IN_CHINA)
def test_the_offset_is_some_hundred_metres(place):
    offset = convert(*place, Datum.WGS84, Datum.GCJ02)
    assert 10 < distance_m(Point(*offset), Point(*place)) < 1000


@given(ANYWHERE, st.sampled_from(Datum))
def test_a_datum_to_itself_changes_nothing(place, datum):
    assert convert(*place, datum, datum) == place


@given(ANYWHERE)
def test_cgcs2000_is_wgs84_in_degrees(place):
    assert convert(*place, Datum.CGCS2000, Datum.WGS84) == place


@pytest.mark.parametrize("place", [(-73.98, 40.75), (2.35, 48.86), (151.2, -33.9)])
def test_far_from_china_nothing_is_offset(place):
    assert convert(*place, Datum.WGS84, Datum.GCJ02) == place
    assert to_wgs84(*place, Datum.GCJ02) == place


def test_a_published_pair_agrees():
    """天安门, WGS-84 116.391265, 39.907375, is given as 116.397507, 39.908773 in GCJ-02 by the common converters."""
    lon, lat = convert(116.391265, 39.907375, Datum.WGS84, Datum.GCJ02)
    assert (lon, lat) == pytest.approx((116.397507, 39.908773), abs=2e-5)


def test_mixing_them_up_would_misplace_suzhou_by_half_a_kilometre():
    shifted = convert(120.62, 31.30, Datum.GCJ02, Datum.WGS84)
    assert 400 < distance_m(Point(*shifted), Point(120.62, 31.30)) < 600
