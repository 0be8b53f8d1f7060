"""What happens to any case beside the moves of its flow."""

from django.utils.translation import gettext_lazy as _

from stadtplatz.audit.facts import APPLICANT, STAFF, Fact

ASSIGNED = Fact("cases.assigned", APPLICANT, _("Responsible: {unit}"), {"unit", "person", "deputy_for"})
PASSED_ON = Fact(
    "cases.passed_on", APPLICANT, _("Passed on. Responsible now: {unit}"), {"from_unit", "unit", "message"}
)
MESSAGE_SENT = Fact("cases.message_sent", APPLICANT, _("Message from {unit}"), {"message", "unit"})
MESSAGE_RECEIVED = Fact("cases.message_received", APPLICANT, _("Message to the city"), {"message"})
NOTE_WRITTEN = Fact("cases.note_written", STAFF, _("Internal note"), {"message"})
DOCUMENT_ADDED = Fact("cases.document_added", APPLICANT, _("A file was added."), {"document", "purpose"})
INTERNAL_DOCUMENT_ADDED = Fact(
    "cases.internal_document_added", STAFF, _("A file was added for the staff."), {"document", "purpose"}
)
TASK_ADDED = Fact("cases.task_added", STAFF, _("Task given"), {"task", "kind", "unit"})
TASK_FINISHED = Fact("cases.task_finished", STAFF, _("A task was finished."), {"task", "kind", "documents"})
CLOCK_SUSPENDED = Fact("cases.clock_suspended", APPLICANT, _("The deadline rests."), {"interval"})
CLOCK_RESUMED = Fact("cases.clock_resumed", APPLICANT, _("The deadline runs again."), {"interval"})
DEADLINE_NEAR = Fact("cases.deadline_near", STAFF, _("Reminder: a deadline ends soon: {code}"), {"deadline", "code"})
DEADLINE_PASSED = Fact("cases.deadline_passed", APPLICANT, _("The deadline has passed: {code}"), {"deadline", "code"})
ESCALATED = Fact("cases.escalated", STAFF, _("The head of {unit} was told of the delay."), {"deadline", "unit"})
ESCALATED_HIGHER = Fact(
    "cases.escalated_higher", STAFF, _("The head above {unit} was told of the delay."), {"deadline", "unit"}
)
DECISION_PREPARED = Fact("cases.decision_prepared", STAFF, _("A decision was prepared."), {"decision", "outcome"})
DECISION_APPROVED = Fact("cases.decision_approved", STAFF, _("The decision was approved."), {"decision", "outcome"})
NOTICE_ISSUED = Fact("cases.notice_issued", APPLICANT, _("The notice was issued."), {"decision"})
FILES_DELETED = Fact("cases.files_deleted", STAFF, _("Files were deleted at the end of their retention."), {"count"})
CASE_DELETED = Fact("cases.deleted", STAFF, _("The case was deleted at the end of its time."), {"number"})
APPLICANT_FORGOTTEN = Fact("cases.applicant_forgotten", STAFF, _("The applicant's data were deleted."), {"why"})
