"""The map: districts, streets, addresses, places and street furniture. Rows come from an OpenStreetMap extract and keep
their ids over re-imports; what has vanished from the map is marked `gone_at`, never deleted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

NODE, WAY, RELATION = "n", "w", "r"
OSM_TYPES = [(NODE, "node"), (WAY, "way"), (RELATION, "relation")]


class MapState(models.Model):
    """Where the present map comes from, how old it is and which area is the town. One row."""

    source = models.CharField(max_length=200)
    """File name of the extract."""
    digest = models.CharField(max_length=64)
    """Hash of the extract and of what the importer was told; the same digest means there is nothing to do."""
    data_date = models.DateField(null=True)
    imported_at = models.DateTimeField()
    area = models.JSONField(null=True)
    """GeoJSON geometry of the town; empty when the extract did not tell."""
    area_approximate = models.BooleanField(default=True)
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.source} ({self.data_date})"


class OnMap(models.Model):
    """A thing with a position. Longitude and latitude are WGS 84 degrees."""

    lon = models.FloatField()
    lat = models.FloatField()
    gone_at = models.DateTimeField(null=True, blank=True)
    """Set when the thing was no longer in the newest extract."""

    class Meta:
        abstract = True


class District(OnMap):
    """A part of the town. `geometry` is GeoJSON; `approximate` districts were drawn around addresses or place names."""

    BOUNDARY, SUBURB, PLACE = "boundary", "suburb", "place"
    SOURCES = [(BOUNDARY, _("administrative boundary")), (SUBURB, _("addresses")), (PLACE, _("place name"))]

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="parts")
    level = models.PositiveSmallIntegerField(null=True)
    """OpenStreetMap's admin_level, where there is one."""
    source = models.CharField(max_length=8, choices=SOURCES)
    approximate = models.BooleanField(default=True)
    osm_type = models.CharField(max_length=1, choices=OSM_TYPES, blank=True)
    osm_id = models.BigIntegerField(null=True)
    geometry = models.JSONField(null=True)
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Street(OnMap):
    """A street of one district, or a named spot that houses are numbered after (`addr:place`, then `road_class` is "place").

    `name_key` is the folded spelling that the address search compares; `lines` are the way's points, for the nearest street.
    """

    name = models.CharField(max_length=160)
    name_key = models.CharField(max_length=160, db_index=True)
    district = models.ForeignKey(District, null=True, blank=True, on_delete=models.SET_NULL, related_name="streets")
    place_key = models.CharField(max_length=80, blank=True)
    """Folded name of the district: two streets of one name in two districts are two streets."""
    road_class = models.CharField(max_length=24, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    osm_ids = models.JSONField(default=list)
    lines = models.JSONField(default=list)
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["name_key", "place_key"], name="street_once_per_district")]
        indexes = [models.Index(fields=["south", "north"])]

    def __str__(self) -> str:
        return self.name


class StreetGram(models.Model):
    """Three letters of a street's folded name: finds names that were mistyped, alike on every database."""

    gram = models.CharField(max_length=3)
    street = models.ForeignKey(Street, on_delete=models.CASCADE, related_name="grams")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gram", "street"], name="gram_once_per_street")]

    def __str__(self) -> str:
        return self.gram


class Address(OnMap):
    """A house number. `number_key` is its folded form ("5 A" and "5a" are one)."""

    street = models.ForeignKey(Street, on_delete=models.CASCADE, related_name="addresses")
    house_number = models.CharField(max_length=24)
    number_key = models.CharField(max_length=24)
    postcode = models.CharField(max_length=10, blank=True)
    district = models.ForeignKey(District, null=True, blank=True, on_delete=models.SET_NULL, related_name="addresses")
    osm_type = models.CharField(max_length=1, choices=OSM_TYPES)
    osm_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["osm_type", "osm_id", "number_key"], name="address_once")]
        indexes = [models.Index(fields=["street", "number_key"]), models.Index(fields=["lat", "lon"])]
        verbose_name_plural = "addresses"

    def __str__(self) -> str:
        return f"{self.street} {self.house_number}"


class Place(OnMap):
    """Something with a name on the map: a shop, a practice, an office, a market place. Not checked by anybody.

    `opening_hours` is the raw OpenStreetMap text. A place hidden by people stays hidden when the map is imported again.
    """

    SHOP, CAFE, SERVICE, CRAFT, HEALTH, OFFICE, PUBLIC, MARKET, LEISURE, LOCALITY = (
        "shop",
        "cafe",
        "service",
        "craft",
        "health",
        "office",
        "public",
        "market",
        "leisure",
        "locality",
    )
    KINDS = [
        (SHOP, _("Shop")),
        (CAFE, _("Café or restaurant")),
        (SERVICE, _("Service")),
        (CRAFT, _("Craft")),
        (HEALTH, _("Health")),
        (OFFICE, _("Company office")),
        (PUBLIC, _("Public office")),
        (MARKET, _("Market place")),
        (LEISURE, _("Leisure and culture")),
        (LOCALITY, _("Part of town")),
    ]

    kind = models.CharField(max_length=10, choices=KINDS)
    category = models.CharField(max_length=60, blank=True)
    """OpenStreetMap's own word, for example bakery or hairdresser."""
    name = models.CharField(max_length=160, blank=True)
    osm_type = models.CharField(max_length=1, choices=OSM_TYPES)
    osm_id = models.BigIntegerField()
    street = models.CharField(max_length=160, blank=True)
    house_number = models.CharField(max_length=24, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    district = models.ForeignKey(District, null=True, blank=True, on_delete=models.SET_NULL, related_name="places")
    opening_hours = models.CharField(max_length=255, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.CharField(max_length=120, blank=True)
    website = models.CharField(max_length=255, blank=True)
    wheelchair = models.CharField(max_length=10, blank=True)
    further = models.CharField(max_length=255, blank=True)
    """What else the map says of it, raw, with a semicolon between: a doctor's field, a kitchen's country, the brand."""
    data_date = models.DateField(null=True)
    """Day of the extract that last showed this place."""
    hidden_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["osm_type", "osm_id"], name="place_once")]
        indexes = [models.Index(fields=["kind", "name"]), models.Index(fields=["lat", "lon"])]
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name or f"{self.get_kind_display()} ({self.category})"


class Asset(OnMap):
    """Street furniture that belongs to the town: a bench, a lamp, a litter bin. `kind` is OpenStreetMap's word."""

    kind = models.CharField(max_length=40)
    ref = models.CharField(max_length=60, blank=True)
    osm_type = models.CharField(max_length=1, choices=OSM_TYPES)
    osm_id = models.BigIntegerField()
    district = models.ForeignKey(District, null=True, blank=True, on_delete=models.SET_NULL, related_name="assets")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["osm_type", "osm_id"], name="asset_once")]
        indexes = [models.Index(fields=["kind", "lat", "lon"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}".strip()
