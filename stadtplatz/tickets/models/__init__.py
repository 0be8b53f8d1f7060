"""Reports of citizens: the report itself on top of a case, the categories of the city, and drafts that are not sent yet."""

from stadtplatz.tickets.models.client import ApiClient, ClientReport
from stadtplatz.tickets.models.danger import DangerKind
from stadtplatz.tickets.models.desk import Ending, Lookout, SavedFilter, TicketLink
from stadtplatz.tickets.models.draft import Draft, DraftPhoto
from stadtplatz.tickets.models.echo import Echo, EchoFeedback, Feedback
from stadtplatz.tickets.models.imported import Imported
from stadtplatz.tickets.models.open_data import OpenDataFile
from stadtplatz.tickets.models.pack import Category, FromPack, Guidance, ReplyTemplate
from stadtplatz.tickets.models.pin import Pin
from stadtplatz.tickets.models.pointer import Pointer
from stadtplatz.tickets.models.publication import Publication, PublishedPhoto
from stadtplatz.tickets.models.retention import Forgotten
from stadtplatz.tickets.models.ticket import Ticket
from stadtplatz.tickets.models.translation import Translation
from stadtplatz.tickets.models.weekly import WeeklyReader
from stadtplatz.tickets.models.wording import in_language

__all__ = [
    "ApiClient",
    "Category",
    "ClientReport",
    "DangerKind",
    "Draft",
    "DraftPhoto",
    "Echo",
    "EchoFeedback",
    "Ending",
    "Feedback",
    "Forgotten",
    "FromPack",
    "Guidance",
    "Imported",
    "Lookout",
    "OpenDataFile",
    "Pin",
    "Pointer",
    "Publication",
    "PublishedPhoto",
    "ReplyTemplate",
    "SavedFilter",
    "Ticket",
    "TicketLink",
    "Translation",
    "WeeklyReader",
    "in_language",
]
