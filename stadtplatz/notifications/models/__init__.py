"""What was sent, what came in, and who wants to hear what."""

from stadtplatz.notifications.models.bell import Bell
from stadtplatz.notifications.models.incoming import FailingAddress, Incoming, MailFolder
from stadtplatz.notifications.models.message import STATE_WORDS, Message, Silence, message_token

__all__ = ["STATE_WORDS", "Bell", "FailingAddress", "Incoming", "MailFolder", "Message", "Silence", "message_token"]
