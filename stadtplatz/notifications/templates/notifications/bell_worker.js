{% load i18n static %}// Wakes up when there is news about an errand. What the news is stays on the server: neither the push service nor a locked screen learns it.
const TITLE = "{% filter escapejs %}{% translate "News about your errand" %}{% endfilter %}";
const TEXT = "{% filter escapejs %}{% translate "Tap to see your errands." %}{% endfilter %}";
const PAGE = "{% url "mine" %}";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("push", (event) => {
  event.waitUntil(self.registration.showNotification(TITLE, { body: TEXT, tag: "errand", renotify: true, lang: "{{ LANGUAGE_CODE|default:'de' }}" }));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(PAGE));
});
