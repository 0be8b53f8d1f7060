"""A barcode is scanned with the camera of a phone, or from a photo of it, and the shared product is there."""

import base64
import io
import random
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.town import CHROMIUM_FLAGS, Visitor
from tests.support.barcodes import Shot, gtin_of, picture

JUICE = "9520000000028"
QUICK = "/laden/baeckerei-musterkorn/angebote/schnell/"
CODES = [
    gtin_of(digits) for digits in ("400638133393", "978351810052", "501234567890", "4012345", "03600029145", "2012345")
]
NO_CAMERA = "name => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', name)); }"
DECODE = """async ([address, width, height, pictures]) => {
  const { read, EVERYWHERE } = await import(address);
  return pictures.map(text => read(Uint8Array.from(atob(text), sign => sign.charCodeAt(0)), width, height, EVERYWHERE));
}"""


def shots() -> list[tuple[str, str, Shot]]:
    """Forty pictures: ten held well, twenty as hands hold a phone, ten in bad light, small and askew."""
    chance = random.Random(11)
    made = []
    for number in range(40):
        level = "well" if number < 10 else "usual" if number < 30 else "badly"
        turned, blur, noise, contrast, module = {
            "well": (4, 0.4, 3, 0.9, 2.6), "usual": (12, 0.9, 8, 0.65, 2.1), "badly": (25, 1.4, 15, 0.45, 1.8)
        }[level]  # fmt: skip
        shot = Shot(
            module=module + chance.random(), turned=chance.uniform(-turned, turned), blur=blur * chance.random(),
            noise=noise, contrast=contrast, shade=0.3 * chance.random(), upside_down=chance.random() < 0.2,
        )  # fmt: skip
        made.append((level, CODES[number % len(CODES)], shot))
    return made


def moving_picture(folder: Path) -> Path:
    """What the camera sees: a shelf without a barcode first, then a bottle that is held into the picture and not quite still."""
    chance = random.Random(3)
    film = io.BytesIO()
    for number in range(16):
        shot = Shot(module=2.6, turned=chance.uniform(-6, 6), blur=0.8, noise=5, contrast=0.8)
        frame = picture(JUICE, shot) if number > 4 else picture(JUICE, shot).resize((40, 30)).resize((640, 480))
        frame.convert("RGB").save(film, "JPEG", quality=80)
    path = folder / "camera.mjpeg"
    path.write_bytes(film.getvalue())
    return path


@pytest.fixture
def phone(browser: Browser, town: str, tmp_path):
    """A shopkeeper with a phone whose camera sees the film."""
    flags = [
        *CHROMIUM_FLAGS,
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={moving_picture(tmp_path)}",
    ]
    program = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))))
    with browser.browser_type.launch(executable_path=program, args=flags) as own:
        keeper = Visitor(own, town, width=360)
        keeper.sign_in("erna.musterkorn@example.org")
        yield keeper
        assert not keeper.complaints
        keeper.leave()


def asked_for(keeper: Visitor) -> list[str]:
    """The addresses of scripts the browser fetched from now on."""
    fetched: list[str] = []
    keeper.page.on(
        "request", lambda request: fetched.append(request.url) if request.resource_type == "script" else None
    )
    return fetched


def test_the_baker_scans_a_bottle_and_the_known_product_is_there(phone):
    fetched = asked_for(phone)
    phone.visit(QUICK)
    assert not [address for address in fetched if "bars" in address], (
        "the reader is only loaded when the button is pressed"
    )
    phone.page.evaluate(NO_CAMERA, "NotAllowedError")
    phone.press("Strichcode scannen")
    phone.reads("Für diese Seite ist die Kamera nicht erlaubt.")
    phone.check()
    photo = phone.page.get_by_label("Foto vom Strichcode")
    photo.set_input_files({"name": "wand.png", "mimeType": "image/png", "buffer": png(picture(JUICE).resize((60, 45)))})
    phone.reads("In diesem Foto ist kein Strichcode zu erkennen.")
    phone.page.keyboard.press("Escape")
    expect(phone.page.get_by_role("dialog")).to_be_hidden()
    expect(phone.page.get_by_role("button", name="Strichcode scannen")).to_be_focused()
    phone.press("Strichcode scannen")
    held = picture(JUICE, Shot(module=5, turned=8, blur=1, noise=6), size=(1600, 1200))
    photo.set_input_files({"name": "flasche.png", "mimeType": "image/png", "buffer": png(held)})
    phone.sees("Apfelsaft naturtrüb")

    phone.visit(QUICK, check=False)
    phone.press("Strichcode scannen")
    phone.sees("Apfelsaft naturtrüb")
    assert [address for address in fetched if "bars" in address]


def png(made) -> bytes:
    file = io.BytesIO()
    made.save(file, "PNG", compress_level=1)
    return file.getvalue()


def test_what_a_hand_holds_into_the_light_is_recognised(visitor):
    keeper = visitor("shop", width=360)
    keeper.visit(QUICK, check=False)
    address = keeper.page.locator("[data-scan]").get_attribute("data-bars")
    rows = shots()
    pictures = [base64.b64encode(picture(gtin, shot).tobytes()).decode() for _level, gtin, shot in rows]
    said = keeper.page.evaluate(DECODE, [address, 640, 480, pictures])
    read = {level: [0, 0] for level in ("well", "usual", "badly")}
    for (level, gtin, _shot), digits in zip(rows, said, strict=True):
        assert digits in ("", gtin.zfill(13) if len(gtin) == 12 else gtin), "a wrong number is worse than none"
        read[level][0] += bool(digits)
        read[level][1] += 1
    print("recognised:", ", ".join(f"{level} {seen} of {all_of}" for level, (seen, all_of) in read.items()))
    assert read["well"] == [10, 10]
    assert read["usual"] == [20, 20]
    assert read["badly"][0] >= 5
    blank = base64.b64encode(picture(CODES[0]).resize((32, 24)).resize((640, 480)).tobytes()).decode()
    assert keeper.page.evaluate(DECODE, [address, 640, 480, [blank]]) == [""]
