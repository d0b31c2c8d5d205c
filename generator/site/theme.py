"""The owner's colors -> theme.css: quieter inks, hairlines and grounds mixed from them, still readable."""

from generator.config import Colors, Config

QUIET = 5.0  # contrast of secondary text with paper, where the owner's ink allows it; WCAG asks 4.5
STEPS, FACTOR = 320, 1.01  # picture ratios get a class each, r0 .. r320, a factor apart; r160 is square


def css(config: Config) -> str:
    """Return the style sheet with the colors of both schemes and the classes of picture ratios."""
    light, dark = (_properties(colors) for colors in (config.light, config.dark))
    ratios = "".join(f".r{step}{{--r:{FACTOR ** (step - STEPS // 2):.4g}}}" for step in range(STEPS + 1))
    return (
        f":root{{color-scheme:light dark;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{ratios}\n"
    )


def _properties(colors: Colors) -> str:
    ink, paper = _parse(colors.ink), _parse(colors.paper)
    ground = _mix(ink, paper, 0.055)
    quiet = next(
        (mixed for share in range(50, 100, 2) if contrast(mixed := _mix(ink, paper, share / 100), ground) >= QUIET), ink
    )
    accent = _parse(colors.accent)
    reached = next(
        (one for share in range(0, 100, 4) if contrast(one := _mix(ink, accent, share / 100), ground) >= 4.6), ink
    )
    mixed = {"quiet": quiet, "ground": ground, "line": _mix(ink, paper, 0.17), "edge": _mix(ink, paper, 0.55)}
    mixed |= {"accent": reached, "paper": paper, "ink": ink}
    return ";".join(f"--{name}:{_hexadecimal(color)}" for name, color in sorted(mixed.items()))


Color = tuple[float, float, float]


def contrast(one: Color, other: Color) -> float:
    """Return WCAG's contrast ratio of two colors (0 .. 1 each channel), 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: Color) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mix(one: Color, other: Color, share: float) -> Color:
    """Return `share` of the one and the rest of the other, rounded as it will be written."""
    red, green, blue = (round((a * share + b * (1 - share)) * 255) / 255 for a, b in zip(one, other, strict=True))
    return red, green, blue


def _parse(text: str) -> Color:
    red, green, blue = (int(text[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _hexadecimal(color: Color) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in color)
