"""What people type, by who types it: on the way of a report, on its page, at the desk."""
