"""Writes a calendar as RFC 5545 has it, with the rules of Dutch time in the file."""

from collections.abc import Iterable
from datetime import datetime

from icalendar import Calendar, Event

from app.planning.rules.agendas import Agendapunt

MAKER = "-//Veldwacht//Agenda//NL"


def write_calendar(naam: str, punten: Iterable[Agendapunt], now: datetime) -> bytes:
    """The calendar as a file.

    Args:
        naam: Name that a calendar program shows.
        punten: Its items.
        now: The moment at which it is made (DTSTAMP).
    """
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", naam)
    for punt in punten:
        event = Event()
        event.add("uid", f"{punt.kenmerk}@veldwacht")
        event.add("dtstamp", now)
        event.add("dtstart", punt.begin)
        if punt.eind is not None:
            event.add("dtend", punt.eind)
        event.add("sequence", punt.volgnummer)
        event.add("summary", punt.titel)
        if punt.toelichting:
            event.add("description", punt.toelichting)
        event.add("status", "CANCELLED" if punt.vervallen else "CONFIRMED")
        event.add("transp", "TRANSPARENT" if punt.vervallen else "OPAQUE")
        calendar.add_component(event)
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written
