from django.urls import path, re_path

from stadtplatz.tickets import public_urls
from stadtplatz.tickets.open311 import views as open311
from stadtplatz.tickets.views import (
    bell,
    danger,
    desk,
    developers,
    entry,
    feedback,
    handover,
    nearby,
    offline,
    page,
    post,
    proof,
    questions,
    report,
    retention,
)

SECRET = r"(?P<secret>[A-Za-z0-9_\-]{22})"  # noqa: S105 - the shape of a secret link, not one
TOKEN = r"(?P<token>[A-Za-z0-9_\-]{22})"  # noqa: S105 - the shape of a token, not one
DRAFT = rf"^anliegen/neu/{TOKEN}"

ENDING = r"\.(?P<ending>[A-Za-z0-9]{1,10})$"

machine_urls = [
    path("melden-dienst.js", offline.worker, name="tickets-worker"),
    *public_urls.machine_urls,
    re_path(rf"^open311/(?:v2/)?discovery{ENDING}", open311.discovery, name="open311-discovery"),
    re_path(rf"^open311/v2/services{ENDING}", open311.service_list, name="open311-services"),
    re_path(rf"^open311/v2/services/(?P<code>[^/]+?){ENDING}", open311.service, name="open311-service"),
    re_path(rf"^open311/v2/requests{ENDING}", open311.requests, name="open311-requests"),
    re_path(rf"^open311/v2/requests/(?P<number>[^/]+?){ENDING}", open311.request_one, name="open311-request"),
    re_path(rf"^open311/v2/tokens/(?P<token>[^/]+?){ENDING}", open311.token, name="open311-token"),
    re_path(rf"^open311/.*?{ENDING}", open311.nothing),
    re_path(r"^open311/(?:v2/?)?$", developers.to_page),
    re_path(r"^open311/.*$", open311.nothing, {"ending": "xml"}),
]

urlpatterns = [
    *public_urls.urlpatterns,
    path("anliegen/", report.overview, name="tickets"),
    path("anliegen/schnittstelle/", developers.page, name="tickets-developers"),
    path("anliegen/neu/", report.begin, name="tickets-new"),
    path("anliegen/neu/ohne-netz/", offline.page, name="tickets-offline"),
    path("anliegen/neu/nachsenden/", offline.take, name="tickets-take"),
    re_path(rf"{DRAFT}/$", report.text, name="tickets-draft-text"),
    re_path(rf"{DRAFT}/ort/$", report.place, name="tickets-draft-place"),
    re_path(rf"{DRAFT}/art/$", report.category, name="tickets-draft-category"),
    re_path(rf"{DRAFT}/gefahr/$", danger.danger, name="tickets-draft-danger"),
    re_path(rf"{DRAFT}/schon-gemeldet/$", nearby.nearby, name="tickets-draft-nearby"),
    re_path(rf"{DRAFT}/schon-gemeldet/foto/(?P<pk>\d{{1,12}})/$", nearby.photo, name="tickets-draft-nearby-photo"),
    re_path(rf"{DRAFT}/fragen/$", questions.questions, name="tickets-draft-questions"),
    re_path(rf"{DRAFT}/absenden/$", report.review, name="tickets-draft-review"),
    re_path(rf"{DRAFT}/foto/(?P<pk>\d{{1,12}})/$", report.photo, name="tickets-draft-photo"),
    re_path(rf"{DRAFT}/foto/(?P<pk>\d{{1,12}})/entfernen/$", report.remove_photo, name="tickets-draft-photo-remove"),
    path("anliegen/mitmachen/<str:number>/", nearby.join, name="tickets-join"),
    re_path(rf"^anliegen/mit/{SECRET}/$", nearby.echo, name="tickets-echo"),
    re_path(rf"^anliegen/mit/{SECRET}/ende/$", nearby.unfollow, name="tickets-unfollow"),
    re_path(rf"^anliegen/{SECRET}/rueckmeldung/$", feedback.feedback, name="tickets-feedback"),
    re_path(rf"^anliegen/{SECRET}/daten/$", proof.data, name="tickets-data"),
    re_path(rf"^anliegen/{SECRET}/daten/datei/$", proof.download, name="tickets-data-file"),
    re_path(rf"^anliegen/{SECRET}/$", page.page, name="tickets-page"),
    re_path(rf"^anliegen/{SECRET}/gesendet/$", page.sent, name="tickets-sent"),
    re_path(rf"^anliegen/{SECRET}/glocke/$", bell.on, name="tickets-bell"),
    re_path(rf"^anliegen/{SECRET}/glocke/ende/$", bell.off, name="tickets-bell-off"),
    re_path(rf"^anliegen/{SECRET}/antwort/$", page.answer, name="tickets-answer"),
    re_path(rf"^anliegen/{SECRET}/wieder-oeffnen/$", page.reopen, name="tickets-reopen"),
    re_path(rf"^anliegen/{SECRET}/zurueckziehen/$", page.withdraw, name="tickets-withdraw"),
    re_path(rf"^anliegen/{SECRET}/foto/(?P<pk>\d{{1,12}})/$", page.photo, name="tickets-photo"),
    path("desk/post/", post.mails, name="desk-post"),
    path("desk/post/<int:pk>/", post.mail, name="desk-mail"),
    path("desk/post/<int:pk>/uebernehmen/", post.take_anyway, name="desk-mail-take"),
    path("desk/post/<int:pk>/anerkennen/", post.accept, name="desk-mail-accept"),
    path("desk/anliegen/", desk.ticket_list, name="desk-tickets"),
    path("desk/anliegen/neu/", entry.new, name="desk-ticket-new"),
    path("desk/anliegen/<str:number>/brief/", entry.letter, name="desk-ticket-letter"),
    path("desk/anliegen/aufbewahrung/", retention.overview, name="desk-retention"),
    path("desk/anliegen/<str:number>/", desk.ticket, name="desk-ticket"),
    path("desk/anliegen/<str:number>/nachricht/", desk.message, name="desk-ticket-message"),
    path("desk/anliegen/<str:number>/abschliessen/", desk.close, name="desk-ticket-close"),
    path("desk/anliegen/<str:number>/weitergeben/", handover.pass_on, name="desk-ticket-pass-on"),
    path("desk/anliegen/<str:number>/ort/", post.place, name="desk-ticket-place"),
    path("desk/anliegen/<str:number>/kategorie/", handover.change_category, name="desk-ticket-category"),
    path("desk/anliegen/<str:number>/foto/<int:pk>/", desk.photo, name="desk-ticket-photo"),
    path("desk/anliegen/<str:number>/schritt/<str:move>/", desk.move, name="desk-ticket-move"),
]
