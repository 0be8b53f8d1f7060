"""The shop side: for the people who work there."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stadtplatz.accounts import queries as accounts
from stadtplatz.accounts.visitors import actor_of
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused, Stale
from stadtplatz.shops import actions, queries, rules
from stadtplatz.shops.actions import team
from stadtplatz.shops.forms import FieldsForm, InviteForm, MoveForm, ProfileForm, Versioned
from stadtplatz.shops.models import Membership, Shop

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Workplace:
    """A shop, and what this person is there."""

    shop: Shop
    role: str


def for_members(*roles: str) -> Callable[[View], View]:
    """The view gets the workplace instead of the slug. Strangers sign in first; who does not work there, or not in one of the
    roles, gets the same "not found" as for a shop that does not exist."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, *args, **kwargs) -> HttpResponse:
            actor = actor_of(request)
            if not actor.is_person:
                return redirect_to_login(request.get_full_path())
            found = queries.shop_for_member(slug, actor)
            if found is None or (roles and found[1] not in roles):
                raise Http404
            return view(request, Workplace(*found), *args, **kwargs)

        return guarded

    return decorate


def my_shops(request: HttpRequest) -> HttpResponse:
    """The shops this person works in; straight into the only one. Right after an invitation (`neu`) it may not be there for a moment."""
    actor = actor_of(request)
    if not actor.is_person:
        return redirect_to_login(request.get_full_path())
    shops = queries.shops_of(actor)
    if len(shops) == 1:
        return go_to(request, "shop-side", shops[0].slug)
    return render(request, "shops/side/mine.html", {"shops": shops, "awaited": "neu" in request.GET})


@for_members(*rules.MANAGERS)
def profile(request: HttpRequest, place: Workplace) -> HttpResponse:
    """What everybody reads about the shop, and its picture."""
    return _edit(request, place, ProfileForm, "profile", request.FILES)


@require_POST
@for_members(*rules.MANAGERS)
def move(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Open, pause or give up the shop."""
    form = MoveForm(request.POST)
    if form.is_valid():
        try:
            actions.move_shop(shop=place.shop, by=actor_of(request), **form.cleaned_data)
        except ActionRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Saved."))
    return go_to(request, "shop-side", place.shop.slug)


@for_members(Membership.OWNER)
def members(request: HttpRequest, place: Workplace) -> HttpResponse:
    """The team: who works here, who is invited."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite(shop=place.shop, by=actor_of(request), language=request.LANGUAGE_CODE, **form.cleaned_data)
        except ActionRefused as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, _("The invitation is on its way."))
            return go_to(request, "shop-team", place.shop.slug)
    roles = dict(Membership.ROLES)
    invitations = accounts.open_invitations(team.PURPOSE, shop=place.shop.pk)
    invited = [(row, roles[row.payload["role"]]) for row in invitations]
    context = {"form": form, "members": queries.team(place.shop), "invited": invited, "roles": Membership.ROLES}
    return page(request, place, "team", context)


@require_POST
@for_members(Membership.OWNER)
def member(request: HttpRequest, place: Workplace, member_id: int) -> HttpResponse:
    """Change somebody's role, or remove them."""
    row = get_object_or_404(Membership.objects.select_related("shop", "person"), pk=member_id, shop=place.shop)
    try:
        if request.POST.get("remove"):
            actions.remove_member(membership=row, by=actor_of(request))
        else:
            actions.change_role(membership=row, role=request.POST.get("role", ""), by=actor_of(request))
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Saved."))
    return go_to(request, "shop-team", place.shop.slug)


def page(request: HttpRequest, place: Workplace, name: str, context: dict) -> HttpResponse:
    """A page of the shop side with its navigation."""
    role = place.role
    shell = {
        "shop": place.shop,
        "role": role,
        "manages": role in rules.MANAGERS,
        "owns": role == Membership.OWNER,
        "here": name,
    }
    return render(request, f"shops/side/{name}.html", shell | context)


def _edit(request: HttpRequest, place: Workplace, form_class: type[FieldsForm], name: str, files=None) -> HttpResponse:
    initial = {field: getattr(place.shop, field) for field in (*form_class.FIELDS, "version")}
    form = form_class(request.POST, files) if request.method == "POST" else form_class(initial=initial)
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            save(place.shop, form, {field: form.cleaned_data[field] for field in form_class.FIELDS}, request)
        except Stale as refused:
            stale = refused
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            return go_to(request, "shop-side", place.shop.slug)
    return page(request, place, name, {"form": form, "stale": stale, "differences": _differences(form, stale)})


def save(shop: Shop, form: Versioned, changes: dict, request: HttpRequest) -> None:
    actor = actor_of(request)
    fresh = actions.edit_shop(shop=shop, version=form.cleaned_data["version"], changes=changes, by=actor)
    image = form.cleaned_data.get("picture")
    if image or form.cleaned_data.get("remove_picture"):
        actions.set_picture(shop=fresh, image=image, by=actor)
    messages.success(request, _("Saved."))


def _differences(form: FieldsForm, stale: Stale | None) -> list[tuple[str, str, str]]:
    """Label, what stands there now, what this person typed - wherever the two differ."""
    if stale is None:
        return []
    rows = [(form[name].label, getattr(stale.current, name), form.cleaned_data[name]) for name in form.FIELDS]
    return [(label, str(now), str(typed)) for label, now, typed in rows if now != typed]
