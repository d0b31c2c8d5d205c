"""Colors as #rrggbb: read, written, mixed, and how well one is read on another."""

Color = tuple[float, float, float]  # red, green, blue, 0 to 1


def parse(text: str) -> Color:
    """Return the color that #rrggbb names."""
    red, green, blue = (int(text[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def hexadecimal(color: Color) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in color)


def mix(one: Color, other: Color, share: float) -> Color:
    """Return `share` of the one and the rest of the other, rounded as it will be written."""
    red, green, blue = (round((a * share + b * (1 - share)) * 255) / 255 for a, b in zip(one, other, strict=True))
    return red, green, blue


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio of two colors, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: Color) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
