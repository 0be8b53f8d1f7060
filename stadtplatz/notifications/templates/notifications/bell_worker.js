// Wakes up when there is news about an errand. What the news is stays on the server: neither the push service nor a locked screen learns it.
const TITLE = "{{ title|escapejs }}";
const TEXT = "{{ text|escapejs }}";
const PAGE = "{% url "mine" %}";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("push", (event) => {
  event.waitUntil(self.registration.showNotification(TITLE, { body: TEXT, tag: "errand", renotify: true, lang: "{{ language }}" }));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(PAGE));
});
