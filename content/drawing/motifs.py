"""The table of motifs by name. The only door to motifs_*.py."""

from drawing.motifs_bands import meander, wave_scroll
from drawing.motifs_chance import cracked_ice, tartan
from drawing.motifs_circles import quatrefoil, rosette, scales, shippo
from drawing.motifs_classical import egg_and_dart, lotus_palmette
from drawing.motifs_fret import key_lattice, step_fret
from drawing.motifs_hexagon import asanoha, hexagon_lattice
from drawing.motifs_pen import Variants
from drawing.motifs_scroll import arabesque, cloud_band, spiral_motif
from drawing.motifs_star import eight_fold_star, girih
from drawing.motifs_stripes import checker, chevron, herringbone, lozenge
from drawing.motifs_woven import basket_weave, guilloche, interlace

__all__ = ["MOTIFS", "Variants"]

MOTIFS: dict[str, Variants] = {  # each a Motif that also knows how many variants it has: len(MOTIFS["girih"])
    "meander": meander,
    "guilloche": guilloche,
    "interlace": interlace,
    "scales": scales,
    "asanoha": asanoha,
    "shippo": shippo,
    "eight-fold-star": eight_fold_star,
    "girih": girih,
    "hexagon-lattice": hexagon_lattice,
    "step-fret": step_fret,
    "wave-scroll": wave_scroll,
    "chevron": chevron,
    "herringbone": herringbone,
    "checker": checker,
    "lozenge": lozenge,
    "lotus-palmette": lotus_palmette,
    "rosette": rosette,
    "egg-and-dart": egg_and_dart,
    "tartan": tartan,
    "basket-weave": basket_weave,
    "cracked-ice": cracked_ice,
    "quatrefoil": quatrefoil,
    "cloud-band": cloud_band,
    "arabesque": arabesque,
    "spiral": spiral_motif,
    "key-lattice": key_lattice,
}
