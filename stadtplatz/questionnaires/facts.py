"""What happens to questionnaires."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.facts import STAFF, Fact

PUBLISHED = Fact("questionnaires.published", STAFF, _("Version {number} was published."), {"questionnaire", "number"})
