"""The drawn pictures of the house: whoever has no photograph gets a calm one by category, never a grey box."""

SHOPS: dict[str, str] = {
    "bakery": "bakery bread pastry confectionery backwaren baeckerei",
    "greens": "greens fruit vegetables greengrocer fruit_vegetables fruit-vegetables farm grocery supermarket obst gemuese food",
    "butcher": "butcher meat fish sausage metzgerei fleisch",
    "flowers": "flowers florist garden plants garden_centre blumen",
    "books": "books book stationery newsagent library buecher",
    "bike": "bike bicycle bikes car sports fahrrad",
    "clothing": "clothing clothes fashion shoes boutique tailor kleidung jewelry",
    "pharmacy": "pharmacy chemist drugstore health optician medical apotheke cosmetics",
    "hairdresser": "hairdresser beauty barber friseur",
    "cafe": "cafe café coffee restaurant bar ice_cream tea drinks gastronomy",
    "crafts": "crafts craft pottery art handmade handwerk wool candles",
    "wine": "wine alcohol beverages spirits wein",
    "cheese": "cheese dairy deli delicatessen kaese honey eggs",
    "tools": "tools hardware doityourself diy repair electrician plumber werkzeug",
    "gifts": "gifts gift variety_store souvenir geschenke",
    "electronics": "electronics computer mobile_phone hifi elektronik",
    "toys": "toys toy children spielzeug",
    "service": "service services office appointment bank post dienstleistung",
    "market": "market marketplace stall markt",
    "generic": "",
}
TICKETS: dict[str, str] = {
    "pothole": "pothole road street path sidewalk roads strasse schlagloch gehweg",
    "lamp": "lamp light lighting streetlight street_light laterne beleuchtung",
    "waste": "waste litter rubbish trash dumping bin muell abfall",
    "tree": "tree green plants park hedge green_space baum gruen",
    "playground": "playground bench furniture spielplatz",
    "sign": "sign traffic_sign traffic traffic_light signal schild ampel verkehr",
    "graffiti": "graffiti vandalism schmiererei",
    "water": "water drain sewer flooding fountain wasser gully",
    "parking": "parking vehicle car wreck scrap_vehicle parken",
    "noise": "noise animals laerm",
    "other": "",
}


def picture_for(category_code: str, *, kind: str = "shop") -> str:
    """The static path of the drawing for this category of shop or offer (`kind="ticket"`: of report).

    Codes are compared whole first, then by their parts; an unknown one gets the general drawing of its kind.
    """
    table = TICKETS if kind == "ticket" else SHOPS
    code = category_code.strip().lower()
    for word in (code, *code.replace("_", "-").replace(".", "-").split("-")):
        for name, words in table.items():
            if word and (word == name or word in words.split()):
                return f"kit/pictures/{kind}-{name}.svg"
    return f"kit/pictures/{kind}-{'other' if kind == 'ticket' else 'generic'}.svg"
