"""`stadtplatz catalogue …`: files of offers from the command line, doing what the pages do."""

import shutil
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from stadtplatz.catalogue import actions, queries
from stadtplatz.catalogue.imports import exporting
from stadtplatz.catalogue.models import ColumnMapping, Import
from stadtplatz.kit.actors import SYSTEM
from stadtplatz.kit.refusals import ActionRefused
from stadtplatz.shops.models import Shop

COUNTS = ("seen", "created", "changed", "unchanged", "hinted", "faulty")


class Command(BaseCommand):
    help = "Offers: take in a file, write one."

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
        taking = verbs.add_parser("import", help="take in a CSV or XLSX file")
        taking.add_argument("file", type=Path, help="its first line names the columns; see docs/offers-from-files.md")
        taking.add_argument("--shop", required=True, help="the word in the shop's address")
        taking.add_argument("--dry-run", action="store_true", help="only say what would happen")
        taking.add_argument("--mapping", default="", help="columns remembered under this name")
        taking.add_argument("--pictures", type=Path, help="a ZIP with pictures the file names")
        writing = verbs.add_parser("export", help="write all offers of a shop")
        writing.add_argument("file", type=Path, help="ends with .csv or .xlsx")
        writing.add_argument("--shop", required=True, help="the word in the shop's address")

    def handle(self, *, verb, **options):
        shop = Shop.objects.filter(slug=options["shop"]).first()
        if shop is None:
            raise CommandError(f"There is no shop {options['shop']}.")
        try:
            self._export(shop, options["file"]) if verb == "export" else self._import(shop, options)
        except (ActionRefused, OSError) as refused:
            raise CommandError(str(refused)) from refused

    def _export(self, shop: Shop, path: Path) -> None:
        with path.open("wb") as file:
            if path.suffix == ".xlsx":
                with exporting.xlsx(shop) as made:
                    shutil.copyfileobj(made, file)
            else:
                file.writelines(piece.encode() for piece in exporting.csv(shop))

    def _import(self, shop: Shop, options: dict) -> None:
        known = self._mapping(shop, options["mapping"]) if options["mapping"] else None
        with options["file"].open("rb") as file:
            pictures = options["pictures"].open("rb") if options["pictures"] else None
            run = actions.take_file(shop=shop, name=options["file"].name, file=file, by=SYSTEM, pictures=pictures)
        if known:
            run = self._mapped(run, known)
        run = actions.run_now(run=run, dry=options["dry_run"], by=SYSTEM)
        for line, title, column, words in queries.report_rows(run):
            self.stdout.write(f"{line}: {title or '–'}: {f'{column}: ' if column else ''}{words}")
        words = _(
            "{state}: {seen} rows, {created} new, {changed} changed, {unchanged} as before, {hinted} with a hint, {faulty} not taken in."
        )
        counts = {name: getattr(run, name) for name in COUNTS}
        self.stdout.write(words.format(state=capfirst(run.get_state_display()), **counts))
        if run.state == Import.BROKEN:
            raise CommandError(run.problem)

    def _mapping(self, shop: Shop, name: str) -> ColumnMapping:
        known = ColumnMapping.objects.filter(shop=shop, name=name).first()
        if known is None:
            raise CommandError(f"{shop.name} remembers no columns under {name}.")
        return known

    def _mapped(self, run: Import, known: ColumnMapping) -> Import:
        if len(known.columns) != len(run.headers):
            raise CommandError(f"{known.name} knows {len(known.columns)} columns, the file has {len(run.headers)}.")
        return actions.set_columns(run=run, chosen=known.columns, defaults=known.defaults, by=SYSTEM)
