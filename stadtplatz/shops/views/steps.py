"""The guided list of the shop side: each step is saved by itself, the list shows what is missing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.kit.actors import Actor
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused, Stale
from stadtplatz.kit.saying import do_and_say, show
from stadtplatz.shops import actions, queries, rules, texts
from stadtplatz.shops.forms.steps import BY_STEP, ReasonForm, StepForm
from stadtplatz.shops.models import Membership, Seller, Shop
from stadtplatz.shops.queries import progress
from stadtplatz.shops.queries.steps import by_code
from stadtplatz.shops.views.side import Workplace, for_members, page


@for_members(*rules.MANAGERS)
def overview(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Every step as it stands, what the market desk says, and the one button that leads on."""
    seller = queries.seller(place.shop)
    rows = progress.progress(place.shop, seller)
    needed = [row for row in rows if row.step.needed]
    context = {
        "seller": seller,
        "rows": rows,
        "done": sum(row.done for row in needed),
        "needed": len(needed),
        "complete": all(row.done for row in needed),
        "complaints": queries.complaints_of(place.shop),
        "complaint_form": ReasonForm(),
    }
    return page(request, place, "setup", context)


@for_members(*rules.MANAGERS)
def step(request: HttpRequest, place: Workplace, code: str) -> HttpResponse:
    """One step: saved, and on to the next that lacks something."""
    found = by_code(code)
    if found is None or (found.owner_only and place.role != Membership.OWNER):
        raise Http404
    seller = queries.seller(place.shop)
    kind, stale = BY_STEP[code], None
    form = kind(request.POST) if request.method == "POST" else _filled(kind, place.shop, seller, actor_of(request))
    if form.is_valid():
        try:
            _save(request, place.shop, form)
        except Stale as refused:
            stale = refused
        except ActionRefused as refused:
            show(form, refused)
        else:
            return _on(request, code, place.shop)
    shown = [texts.text_of(place.shop, kind, seller) for kind in texts.KINDS] if code == "texts" else []
    differences = _differences(form, stale)
    context = {
        "step": found,
        "form": form,
        "stale": stale,
        "differences": differences,
        "texts": shown,
        "seller": seller,
    }
    return page(request, place, "step", context)


@require_POST
@for_members(Membership.OWNER)
def submit(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Let the market desk look at it."""
    said = _("The market desk looks at it now. Two people check, and you get a mail.")
    do_and_say(request, lambda: actions.submit(shop=place.shop, by=actor_of(request)), said)
    return go_to(request, "shop-setup", place.shop.slug)


@require_POST
@for_members(Membership.OWNER)
def complain(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Say that a decision is wrong."""
    form, by = ReasonForm(request.POST), actor_of(request)
    if form.is_valid():
        said = _("Your complaint has arrived. Somebody else than who decided looks at it.")
        do_and_say(request, lambda: actions.complain(shop=place.shop, text=form.cleaned_data["reasons"], by=by), said)
    return go_to(request, "shop-setup", place.shop.slug)


def _filled(form_class: type[StepForm], shop: Shop, seller: Seller, by: Actor) -> StepForm:
    """What is known stands there; what was not said yet is proposed from what is known elsewhere, and counts only once it is saved."""
    owner = shop if form_class.SHOP else seller
    known = progress.proposals(shop, by)
    initial = {name: getattr(owner, name) or known.get(name, "") for name in form_class.SHOP or form_class.FILE}
    if initial.get("iban"):
        initial["iban"] = " ".join(initial["iban"][start : start + 4] for start in range(0, len(initial["iban"]), 4))
    return form_class(initial={**initial, "version": owner.version})


def _save(request: HttpRequest, shop: Shop, form: StepForm) -> None:
    common: dict[str, Any] = {
        "shop": shop,
        "version": form.cleaned_data["version"],
        "changes": form.changes,
        "by": actor_of(request),
    }
    if form.SHOP:
        actions.edit_shop(**common)
    else:
        actions.edit_seller(**common, certify=form.certify, texts_read=form.texts_read)
    messages.success(request, _("Saved."))


def _on(request: HttpRequest, code: str, shop: Shop) -> HttpResponse:
    """The next step that lacks something and has a form; else the list."""
    shop = Shop.objects.get(pk=shop.pk)
    following = progress.after(code, shop, queries.seller(shop))
    if following and following.step.needed and not following.step.url_name:
        return go_to(request, "shop-step", shop.slug, following.step.code)
    return go_to(request, "shop-setup", shop.slug)


def _differences(form: StepForm, stale: Stale | None) -> list[tuple[str, str, str]]:
    if stale is None:
        return []
    rows = [(form[name].label, getattr(stale.current, name), form.cleaned_data[name]) for name in form.names]
    return [(label, str(now), str(typed)) for label, now, typed in rows if now != typed]
