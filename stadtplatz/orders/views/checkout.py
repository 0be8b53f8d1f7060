"""The way to the order button: when to collect, whom to tell, one last look."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.catalogue.queries import guarantee_notice
from stadtplatz.kit import ratelimit
from stadtplatz.kit.http import client_ip, go_to
from stadtplatz.kit.numbers import typed_id
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.orders import actions, rules
from stadtplatz.orders.cookies import basket_of, forget
from stadtplatz.orders.forms.checkout import ContactForm
from stadtplatz.orders.pages import checkout as pages
from stadtplatz.orders.queries import checkout as queries
from stadtplatz.orders.queries.basket import view_of
from stadtplatz.orders.views.known import contact_of

HOUR = timedelta(hours=1)


@never_cache
def slots(request):
    """When to collect at each shop."""
    basket = basket_of(request)
    checkout = queries.checkout_of(basket) if basket else None
    view = view_of(basket, held=queries.held_by(checkout))
    if basket is None or not view.can_be_ordered:
        return go_to(request, "basket")
    refusal, typed = None, {}
    if request.method == "POST":
        typed = pages.typed_slots(request.POST, view)
        try:
            actions.choose_slots(basket, slots=typed)
            return go_to(request, "checkout-contact")
        except ActionRefused as refused:
            refusal = refused
    context = {
        "view": view,
        "choices": pages.with_typed(queries.slots_for(view, checkout), typed),
        "refusal": refusal,
        "steps": pages.checkout_steps(0),
    }
    return render(request, "orders/checkout_slots.html", context, status=400 if refusal else 200)


@never_cache
def contact(request):
    """Whom to tell. Leaving this page forwards holds the goods."""
    basket = basket_of(request)
    checkout = queries.checkout_of(basket) if basket else None
    if checkout is None or not checkout.choices.exists():
        return go_to(request, "checkout")
    form = ContactForm(request.POST or None, initial=pages.typed_contact(checkout) or contact_of(request))
    refusal = None
    if request.method == "POST" and form.is_valid():
        ratelimit.count("orders.review", client_ip(request), limit=60, per=HOUR)
        try:
            checkout = actions.leave_contact(checkout, **form.cleaned_data)
            actions.begin_review(checkout)
            return go_to(request, "checkout-review")
        except ActionRefused as refused:
            refusal = refused
    context = {"form": form, "refusal": refusal, "steps": pages.checkout_steps(1)}
    return render(request, "orders/checkout_contact.html", context, status=400 if refusal or form.errors else 200)


@never_cache
def review(request, refusal: ActionRefused | None = None):
    """Everything above the button, as § 312j BGB wants it. What is shown is held for the time the page names."""
    basket = basket_of(request)
    checkout = queries.checkout_of(basket) if basket else None
    if basket is None or checkout is None or not checkout.name:
        return go_to(request, "checkout")
    found = queries.review_of(basket, checkout)
    if not found.basket.can_be_ordered and not refusal:
        return go_to(request, "basket")
    if len(found.slots) < len(found.basket.groups) or (checkout.hold is None and not refusal):
        return go_to(request, "checkout")
    context = {"review": found, "rows": pages.review_rows(found), "refusal": refusal, "steps": pages.checkout_steps(2)}
    context["notice"] = guarantee_notice()
    return render(request, "orders/checkout_review.html", context, status=refusal.status if refusal else 200)


@require_POST
def extend(request):
    """Keep everything for another quarter of an hour."""
    basket = basket_of(request)
    checkout = queries.checkout_of(basket) if basket else None
    if checkout is None:
        return go_to(request, "basket")
    try:
        actions.extend_hold(checkout)
        messages.success(request, _("We keep everything for another 15 minutes."))
    except ActionRefused:
        try:
            actions.begin_review(checkout)
            messages.success(request, _("We keep everything for another 15 minutes."))
        except ActionRefused as refusal:
            return review(request, refusal)
    return go_to(request, "checkout-review")


@require_POST
def place(request):
    """The button. One order, however often it is pressed."""
    ratelimit.count("orders.place", client_ip(request), limit=40, per=HOUR)
    key, total = request.POST.get("key", "")[:32], request.POST.get("total", "")
    checkout = queries.by_key(key)
    if checkout is not None:
        contact_key = rules.contact_key(email=checkout.email, phone=checkout.phone)
        ratelimit.count("orders.place.contact", contact_key, limit=12, per=HOUR)
    try:
        order = actions.place_order(
            key=key,
            shown_total=typed_id(total) if total.isdigit() else -1,
            by=actor_of(request),
            language=get_language() or "de",
        )
    except ActionRefused as refusal:
        return review(request, refusal)
    return forget(go_to(request, f"{reverse('orders-page', args=[order.secret])}?neu"))


def terms(request):
    """The terms every order over this site is made under, to read and to keep."""
    return render(request, "orders/terms_page.html", {"version": rules.TERMS_VERSION})
