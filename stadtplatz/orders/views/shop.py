"""The shop's side of orders: what is to be packed and when, and handing it over."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of, signed_in
from stadtplatz.kit import clock, codes
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.orders import actions, flow, queries, rules
from stadtplatz.orders.forms.packing import DeclineForm, HandOverForm, WeighForm
from stadtplatz.orders.forms.words import MessageForm
from stadtplatz.orders.pages import shop as pages
from stadtplatz.orders.pages.parts import BADGES, part_steps
from stadtplatz.orders.queries import reservations
from stadtplatz.shops import queries as shops
from stadtplatz.shops.models import Membership


def shop_of(request, slug):
    """The shop for its members, with the role; nobody else learns that it has orders."""
    found = shops.shop_for_member(slug, actor_of(request))
    if found is None:
        raise Http404
    return found


def side_of(shop, role):
    """What every page of the shop side shows."""
    manages = role in (Membership.OWNER, Membership.STAFF)
    return {"shop": shop, "role": role, "manages": manages, "owns": role == Membership.OWNER}


@never_cache
@signed_in
def days(request, slug):
    """Today's and coming orders by slot."""
    shop, role = shop_of(request, slug)
    context = side_of(shop, role) | {"days": queries.shop_days(shop), "today": clock.today()}
    return render(request, "orders/shop/days.html", context)


@never_cache
@signed_in
def finished(request, slug):
    """What was collected, declined, cancelled or left behind."""
    shop, role = shop_of(request, slug)
    page = Paginator(queries.finished_of(shop), 25).get_page(request.GET.get("page"))
    return render(request, "orders/shop/finished.html", side_of(shop, role) | {"page": page})


@never_cache
@signed_in
def packing_list(request, slug):
    """What to pack, to print: totals of all goods, then each order."""
    shop, role = shop_of(request, slug)
    found = queries.shop_days(shop)
    context = side_of(shop, role) | {"days": found, "totals": queries.goods_to_pack(found), "now": clock.now()}
    return render(request, "orders/shop/packing_list.html", context)


@never_cache
@signed_in
def part(request, slug, number, form=None, words=None, weights=None, refusal=None, status=200):
    """One order of the shop with everything that can be done to it."""
    shop, role = shop_of(request, slug)
    found = queries.part_for_shop(slug, number, actor_of(request))
    if found is None:
        raise Http404
    side = side_of(shop, role)
    context = side | {
        "part": found,
        "kind": BADGES[found.state],
        "order": found.order,
        "sentence": pages.shop_sentence(found),
        "steps": part_steps(found),
        "timeline": pages.shop_timeline(found),
        "moves": _moves(found, manages=side["manages"]),
        "weigh_form": weights or weigh_form(found),
        "weights": queries.weights_of(found),
        "unweighed": any(line.waits_for_scales for line in found.lines.all()),
        "slot_over": found.ends_at < clock.now(),
        "decline_form": form or DeclineForm(),
        "message_form": words or MessageForm(),
        "refused_form": words,
        "refusal": refusal,
        "can_write": side["manages"] and rules.can_be_answered(found.order),
        "code_form": HandOverForm(initial={"number": found.order.number}),
    }
    return render(request, "orders/shop/part.html", context, status=status)


def _moves(part, *, manages):
    """What may be done with it now; who only packs does not accept or decline."""
    moves = {move.name for move in flow.MOVES.values() if part.state in move.start}
    return moves if manages else moves - {"confirm", "decline"}


@signed_in
@require_POST
def move(request, slug, number, move):
    """Accept, mark as packed, decline, or put back what nobody collected."""
    actor = actor_of(request)
    found = queries.part_for_shop(slug, number, actor)
    if found is None or move not in {"confirm", "ready", "decline", "expire"}:
        raise Http404
    expected = version_in(request)
    try:
        if move == "decline":
            form = DeclineForm(request.POST)
            if not form.is_valid():
                return part(request, slug, number, form=form, status=400)
            actions.decline(found, reason=form.cleaned_data["reason"], by=actor, expected_version=expected)
        else:
            actions.advance(found, move=move, by=actor, expected_version=expected)
        messages.success(request, pages.DONE[move])
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    return go_to(request, "shop-order", slug, number)


def weigh_form(found, data=None):
    """A field for each of the loose goods, while they are packed; None if there are none."""
    loose = [line for line in found.lines.all() if line.grams] if found.state in {flow.PLACED, flow.CONFIRMED} else []
    return WeighForm(data, lines=loose) if loose else None


def version_in(request):
    """The version the page was made from; -1, which none has, for nonsense."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else -1


@signed_in
@require_POST
def write(request, slug, number):
    """Owner or staff write to the buyer."""
    actor = actor_of(request)
    found = queries.part_for_shop(slug, number, actor)
    if found is None:
        raise Http404
    form = MessageForm(request.POST)
    if not form.is_valid():
        return part(request, slug, number, words=form, status=422)
    try:
        actions.write_to_buyer(found, body=form.cleaned_data["words"], by=actor)
    except ActionRefused as refusal:
        return part(request, slug, number, words=form, refusal=refusal, status=refusal.status)
    messages.success(request, _("Your message is sent. The customer reads it on the page of the order."))
    return go_to(request, "shop-order", slug, number)


@never_cache
@signed_in
def hand_over(request, slug):
    """Number and code, typed or from the customer's QR code; the goods are then collected, and paid if they were ordered."""
    shop, role = shop_of(request, slug)
    given = {"number": request.GET.get("nummer", "")[:16], "code": request.GET.get("code", "")[:12]}
    form = HandOverForm(request.POST or None, initial=given)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            address = _handed_over(slug, form.cleaned_data["number"], form.cleaned_data["code"], by=actor_of(request))
            messages.success(request, pages.DONE["collect"])
            return go_to(request, address)
        except ActionRefused as refused:
            refusal = refused
    part, aside = _waiting(slug, given["number"], actor_of(request))
    context = side_of(shop, role) | {"form": form, "refusal": refusal, "part": part, "aside": aside}
    return render(request, "orders/shop/hand_over.html", context, status=refusal.status if refusal else 200)


def _waiting(slug, typed, actor):
    """The order's part or the thing put aside with this number in this shop, at most one of them."""
    number = codes.read_number(typed) if typed else None
    part = queries.part_for_shop(slug, number, actor) if number else None
    return part, reservations.for_shop(slug, number, actor) if number and part is None else None


def _handed_over(slug, typed, code, *, by):
    """Hand it over and say where its page is."""
    part, aside = _waiting(slug, typed, by)
    if part is not None:
        actions.hand_over(part, code=code, by=by)
        return reverse("shop-order", args=[slug, part.order.number])
    if aside is not None:
        actions.hand_out(aside, code=code, by=by)
        return reverse("shop-reservation", args=[slug, aside.number])
    raise ActionRefused(_("Nothing with that number waits in this shop."), code="no-order")
