"""Calendars of a shop, what it does in how many minutes, and who has booked when."""

from stadtplatz.appointments.models.appointment import Appointment
from stadtplatz.appointments.models.calendar import Away, Block, Resource
from stadtplatz.appointments.models.outside import Feed, ForeignCalendar, ForeignEvent
from stadtplatz.appointments.models.service import Service

__all__ = ["Appointment", "Away", "Block", "Feed", "ForeignCalendar", "ForeignEvent", "Resource", "Service"]
