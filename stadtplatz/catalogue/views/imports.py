"""Files of offers: send one, confirm its columns, try it out, take it in, undo it; and get all offers as a file."""

from itertools import chain

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stadtplatz.accounts.visitors import actor_of
from stadtplatz.catalogue import actions, queries
from stadtplatz.catalogue.forms.imports import ColumnsForm, FileForm
from stadtplatz.catalogue.imports import exporting
from stadtplatz.catalogue.models import Import
from stadtplatz.catalogue.views.guard import for_managers, side_page
from stadtplatz.kit.http import go_to
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.kit.tables import csv_stream
from stadtplatz.shops.models import Shop

PER_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@for_managers
def imports(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Send a file; what was sent before."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            run = actions.take_file(
                shop=shop, name=sent["file"].name, file=sent["file"].file, by=actor_of(request),
                pictures=sent["pictures"].file if sent["pictures"] else None,
            )  # fmt: skip
        except ActionRefused as refused:
            form.add_error("file", str(refused))
        else:
            return go_to(request, "shop-import", shop.slug, run.pk)
    return side_page(request, shop, "imports", {"form": form, "runs": queries.imports_of(shop)})


@for_managers
def one(request: HttpRequest, shop: Shop) -> HttpResponse:
    """One file: its columns while it is new, then how far it is and what every row did."""
    run = _run(request, shop)
    form = ColumnsForm(request.POST if request.method == "POST" else None, run=run)
    if request.method == "POST" and form.is_valid():
        try:
            run = actions.set_columns(run=run, by=actor_of(request), **form.choice())
            actions.start(run=run, dry=request.POST.get("do") != "take", by=actor_of(request))
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            return go_to(request, "shop-import", shop.slug, run.pk)
    rows = Paginator(queries.told_rows(run), PER_PAGE).get_page(request.GET.get("page"))
    context = {"run": run, "form": form, "page": rows, "told": queries.with_labels(rows)}
    return side_page(request, shop, "import", context)


@require_POST
@for_managers
def undo(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Take the whole import back."""
    run = _run(request, shop)
    try:
        actions.undo(run=run, by=actor_of(request))
    except ActionRefused as refused:
        messages.error(request, str(refused))
    return go_to(request, "shop-import", shop.slug, run.pk)


@for_managers
def report(request: HttpRequest, shop: Shop) -> HttpResponseBase:
    """What is to be mended, as a table: line, title, column, what is wrong."""
    rows = queries.report_rows(_run(request, shop))
    head = [_("Line"), _("Title"), _("Column"), _("What is wrong")]
    return csv_stream("bericht.csv", chain([head], rows))


@for_managers
def export(request: HttpRequest, shop: Shop) -> HttpResponseBase:
    """All offers of the shop in the columns that can be taken in again."""
    name = f"angebote-{shop.slug}"
    if request.GET.get("as") == "xlsx":
        return FileResponse(exporting.xlsx(shop), as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
    answer = StreamingHttpResponse(exporting.csv(shop), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _run(request: HttpRequest, shop: Shop) -> Import:
    number = request.resolver_match.kwargs["run_id"] if request.resolver_match else 0
    return get_object_or_404(Import.objects.select_related("shop"), pk=number, shop=shop)
