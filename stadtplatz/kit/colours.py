"""The city's two colours, made safe to read: contrast after WCAG 2.2, and the variants for light and dark pages."""

import re
from colorsys import hls_to_rgb, rgb_to_hls

PAPER, DARK_SURFACE = "#faf6ee", "#1f2225"
DEFAULTS = {"primary": "#17574d", "accent": "#b4532a"}
TEXT_CONTRAST = 4.5
DARK_CONTRAST = 7.0


def is_colour(text: object) -> bool:
    """Whether this is `#rrggbb`."""
    return bool(re.fullmatch(r"#[0-9a-fA-F]{6}", str(text)))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two `#rrggbb` colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def problems(colours: dict[str, str]) -> list[str]:
    """What is wrong with a city's colours, for whoever loads a pack; empty when they can be read on paper-white."""
    found = []
    for name in DEFAULTS:
        colour = colours.get(name, DEFAULTS[name])
        if not is_colour(colour):
            found.append(f"{name}: {colour!r} is not a colour like #17574d.")
        elif (ratio := contrast(colour, PAPER)) < TEXT_CONTRAST:
            found.append(
                f"{name}: {colour} has a contrast of {ratio:.1f} on {PAPER}; at least {TEXT_CONTRAST} is needed."
            )
    return found


def stylesheet(colours: dict[str, str]) -> str:
    """CSS custom properties for the city. A colour that cannot be read is moved towards black or white until it can."""
    return ":root{" + ";".join(f"--city-{name}:{value}" for name, value in readable(colours).items()) + "}\n"


def readable(colours: dict[str, str]) -> dict[str, str]:
    """The colours as they are used: primary and accent, each also for dark pages, and what can be read on primary."""
    values = {}
    for name, default in DEFAULTS.items():
        colour = colours.get(name, default)
        colour = colour if is_colour(colour) else default
        values[name] = _until(colour, "#000000", PAPER, TEXT_CONTRAST)
        values[f"{name}-dark"] = _until(colour, "#ffffff", DARK_SURFACE, DARK_CONTRAST)
    values["on-primary"] = max(("#ffffff", "#101213"), key=lambda ink: contrast(ink, values["primary"]))
    return values


def _until(colour: str, towards: str, ground: str, ratio: float) -> str:
    for step in range(21):
        mixed = _mix(colour, towards, step / 20)
        if contrast(mixed, ground) >= ratio:
            return mixed
    return towards


def _mix(one: str, other: str, share: float) -> str:
    """The colour at this share of the way to black or white; hue and saturation stay, so a blue stays blue."""
    hue, lightness, saturation = rgb_to_hls(*(channel / 255 for channel in _channels(one)))
    goal = rgb_to_hls(*(channel / 255 for channel in _channels(other)))[1]
    mixed = hls_to_rgb(hue, lightness + (goal - lightness) * share, saturation)
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in mixed)


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in _channels(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
