"""Days, hours and whole events as officers write them in English."""

from dataclasses import replace
from datetime import date, time

from community.reading import Field, Reading, Reason
from tests.community.reading.phrase import at, december, on, says

ENGLISH_DAYS = (
    on("Saturday", december(5)),
    on("on Saturday", december(5)),
    on("Sat 5", december(5)),
    on("Saturday 5 December", december(5)),
    on("Saturday December 5", december(5)),
    on("Saturday, December 5th, 2026", december(5)),
    on("December 5", december(5)),
    on("the 5th of December", december(5)),
    on("the 5th", december(5)),
    on("5 Dec 2026", december(5)),
    on("2026-12-05", december(5)),
    on("13/12", december(13)),
    on("12/13", december(13)),
    on("12/12", december(12)),
    on("today", december(1)),
    on("tomorrow", december(2)),
    on("the day after tomorrow", december(3)),
    on("in 3 days", december(4)),
    on("in a week", december(8)),
    on("a week on Saturday", december(12)),
    on("Saturday week", december(12)),
    on("Saturday next week", december(12)),
    on("next Monday", december(7)),
    on("this Saturday", december(5)),
    on("first Thursday of the month", december(3)),
    on("last Friday of next month", date(2027, 1, 29)),
    on("next Saturday", Reason.AMBIGUOUS),
    on("5/12", Reason.AMBIGUOUS),
    on("Tuesday", Reason.AMBIGUOUS),
    on("yesterday", Reason.PAST),
    on("February 31", Reason.IMPOSSIBLE),
    on("Saturday 4 December", Reason.MISMATCH),
    on("December 5-7", Reason.SEVERAL),
    on("every Saturday", Reason.REPEATED),
    on("next week", Reason.VAGUE),
)

ENGLISH_HOURS = (
    at("2pm", "14:00"),
    at("2 pm", "14:00"),
    at("2 p.m.", "14:00"),
    at("2:30 pm", "14:30"),
    at("at 9am", "09:00"),
    at("14:00", "14:00"),
    at("14h", "14:00"),
    at("10:00", "10:00"),
    at("noon", "12:00"),
    at("12pm", "12:00"),
    at("half past 2pm", "14:30"),
    at("a quarter to 3 pm", "14:45"),
    at("at 5 in the evening", "17:00"),
    at("2pm-4pm", "14:00-16:00"),
    at("2-4pm", "14:00-16:00"),
    at("from 2 to 4pm", "14:00-16:00"),
    at("between 2pm and 4pm", "14:00-16:00"),
    at("9am to 11", "09:00-11:00"),
    at("10:00-2pm", "10:00-14:00"),
    at("at 9", Reason.AMBIGUOUS),
    at("6 o'clock", Reason.AMBIGUOUS),
    at("12am", Reason.AMBIGUOUS),
    at("midnight", Reason.AMBIGUOUS),
    at("13pm", Reason.IMPOSSIBLE),
    at("4pm to 2pm", "16:00", Reason.END_BEFORE_START),
)

SEWING = Reading(title="Sewing class", day=december(5), starts=time(14))

ENGLISH_SENTENCES = (
    says("tomorrow at 9am", Reading(day=december(2), starts=time(9))),
    says(
        "on Saturday 5 December 2pm-4pm at Linné hall, 12 seats, childcare",
        Reading(
            day=december(5),
            starts=time(14),
            ends=time(16),
            location="Linné hall",
            capacity=12,
            childcare=True,
        ),
    ),
    says("sewing class Saturday 2pm", SEWING),
    says("Sewing class on Saturday at 2pm", SEWING),
    says("Saturday 2pm sewing class", SEWING),
    says("Sewing class Saturday 2pm Linné hall", replace(SEWING, location="Linné hall")),
    says("Sewing class Saturday 2pm at the library", replace(SEWING, location="Library")),
    says("Sewing class Saturday 2pm no childcare", replace(SEWING, childcare=False)),
    says("Sewing class Saturday 2pm twelve seats", replace(SEWING, capacity=12)),
    says("Sewing class Saturday 2pm unlimited seats free", replace(SEWING, is_unlimited=True)),
    says("Sewing class Saturday 2pm for Parents", replace(SEWING, commission="Parents")),
    says("Sewing class Saturday 2pm bring thread", SEWING, (Field.LOCATION, Reason.UNCLEAR)),
    says("tonight at 8", Reading(day=december(1), starts=time(20))),
)
