"""The owner's colors -> theme.css: quieter inks, hairlines and grounds mixed from them, still readable."""

from generator.core.colors import contrast, hexadecimal, mix, parse
from generator.core.config import Colors, Config

QUIET = 5.0  # contrast of secondary text with paper, where the owner's ink allows it; WCAG asks 4.5
STEPS, FACTOR = 320, 1.01  # picture ratios get a class each, r0 .. r320, a factor apart; r160 is square


def css(config: Config) -> str:
    """Return the style sheet with the colors of both schemes and the classes of picture ratios."""
    light, dark = (_properties(mixed(colors)) for colors in (config.light, config.dark))
    ratios = "".join(f".r{step}{{--r:{FACTOR ** (step - STEPS // 2):.4g}}}" for step in range(STEPS + 1))
    return (
        f":root{{color-scheme:light dark;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{ratios}\n"
    )


def mixed(colors: Colors) -> dict[str, str]:
    """Return the owner's colors and those mixed from them, each #rrggbb."""
    ink, paper = parse(colors.ink), parse(colors.paper)
    ground = mix(ink, paper, 0.055)
    quiet = next(
        (one for share in range(50, 100, 2) if contrast(one := mix(ink, paper, share / 100), ground) >= QUIET), ink
    )
    accent = parse(colors.accent)
    reached = next(
        (one for share in range(0, 100, 4) if contrast(one := mix(ink, accent, share / 100), ground) >= 4.6), ink
    )
    named = {"quiet": quiet, "ground": ground, "line": mix(ink, paper, 0.17), "edge": mix(ink, paper, 0.55)}
    named |= {"accent": reached, "paper": paper, "ink": ink}
    return {name: hexadecimal(color) for name, color in sorted(named.items())}


def _properties(colors: dict[str, str]) -> str:
    return ";".join(f"--{name}:{color}" for name, color in colors.items())
