"""The colors of cultures and media, as records; knows nothing of motifs or materials' rendering.

A line of _TABLE: key, materials it suits, then seven colors: ground, figure, second, accent, dark, contour
line, and border (ground of the band, color of margins). A star after a color: that role is gilt.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """A color for each role of a Design, for its contour lines and for the band round it."""

    name: str  # "culture/what"
    materials: tuple[str, ...]  # keys of MATERIALS it was mixed for
    roles: tuple[str, str, str, str, str]  # hex RGB of GROUND, FIGURE, SECOND, ACCENT, DARK
    line: str
    border: str
    gilt: tuple[int, ...] = ()  # roles laid in gold leaf, lustre or metal thread


_TABLE = """
egyptian/faience          ceramic,inlay,mosaic        2f8f9d 1b3f78 d9c28a b5532f 13222e 14263a 6bb7b0
egyptian/tomb-wall        fresco,stone                e3cfa0 b4552f 3b7a78 d9a441 2b2a2a 3a2a20 c9b079
egyptian/gold-collar      metal,inlay,glass           1f4fa0 d8a63c* 2f9a94 b0402f 14213f 7a5214 c79a3a
egyptian/papyrus          manuscript,fresco           d8bf86 2a2522 a8442a 3c7c73 1c1714 2a1c14 c7a868
egyptian/linen            textile-weave,embroidery    e4d6b4 a3402e 2d5f80 c98f2d 33261e 4a3424 d5c195
mesopotamian/glazed-brick ceramic,mosaic              23539c e2b23c f0e6cf 2f8a7c 14213d 16203a e9dfc4
mesopotamian/alabaster    stone                       cdbfa5 d8cbb2 c2b091 b89f7c 6f604c 5a4c3c c5b698
assyrian/wall-painting    fresco                      e6dcc4 1f4f94 b63a2c e0a93a 1d1b1f 1d1b1f d8c9a4
greek/black-figure        ceramic                     c8693a 1c1715 8f3a2a e9dcc0 120e0d 120e0d 1c1715
greek/red-figure          ceramic                     1b1614 cd6f3f a94a2c ead9b8 0e0b0a 0e0b0a 1b1614
greek/white-ground        ceramic                     eadfc6 3a2a20 a4432c c7953a 17110e 2a1c14 cc6c3c
greek/geometric           ceramic                     d9b184 3a2418 6b3a22 e2c79a 23150e 23150e c99a68
greek/marble              stone                       e6e1d6 efeae0 d8cfbf cfc2aa 8c8374 736a5c ddd6c8
greek/pebble              mosaic                      2f3640 e6dfcd b8604a c9a35a 1b2028 15191f e0d6bf
roman/marble              mosaic,inlay                eae3d2 3a3a3e a5483a c99a4a 1f1f22 2a2828 e5dcc6
roman/villa               mosaic                      e9e0cb 7c2f2a 53708a d0a24f 2b2526 2f2828 d8c7a4
roman/black-white         mosaic                      ece6d8 2b2c30 5d5c5c a99e8c 1e1e21 2b2c30 e6dfce
roman/pompeian            fresco                      93281f e8d3a4 2e5a56 d7a03a 1c1413 2a1412 1d1718
roman/pompeian-black      fresco                      1d191b d9b36a a83a2b 5f8b86 100d0e e2c88d 8f2a22
roman/opus-sectile        inlay,stone                 e9e2d3 7d2f3f 3d6b52 d7a94a 2d2b30 cfc5b2 b9a27c
roman/bronze              metal                       6e4f2d b98a4a 8a6335 4f7a66 2f2417 20180f 7b5a34
byzantine/gold            mosaic,manuscript,metal     c79a33* 1f3f8a 8e2633 2e7a63 141b38 1a1c30 1f3f8a
byzantine/lapis           mosaic,fresco,glass         1e3f8c d3a63f* ede3cc a83239 101a3d 121a38 c59a3c
byzantine/porphyry        stone,inlay,textile-weave   6a2436 d9b45a e9dfca 2f6652 2a1119 2a1119 c8a353
byzantine/silk            textile-weave,embroidery    7a1f3a dcb24c* 22506d e8dcbd 2b0f1c 2b0f1c 8d2a42
persian/turquoise         ceramic,mosaic              1f8f9c f0ead8 1b3a86 d9a640 101f45 14264f 1b3a86
persian/cobalt            ceramic,mosaic              1c3b8e f2ecdc 2aa0a8 e0b04a 0f1a48 f2ecdc 2a9aa6
persian/lustre            ceramic                     efe4cc a8702a 8a5420 2b5f9a 5c3414 7c4a18 e6d6b6
persian/carpet            textile-weave,embroidery    7f1f28 1d2f5e e6d6b0 c4893a 141a30 1c1a2a 1d2f5e
persian/garden-carpet     textile-weave               1f3358 a83a34 e2d2ac 5a8a6a 121a2e 141c2e 8c2a2e
persian/manuscript        manuscript                  1f3f8f cf9f3a* e9e0cc b33a3a 12204a 14204a c79a3c
persian/brass             metal                       b98f45 d9b565 9a7030 c8b896 4a3518 34260f a57d3a
ottoman/iznik             ceramic                     f3efe6 1f3f94 c23a26 2c8a6a 14245a 16265c 2a8f9c
ottoman/iznik-blue        ceramic                     f2eee5 23479c 3f9aac 6d86b8 14275e 182c66 23479c
ottoman/iznik-coral       ceramic                     c4553a f3ece0 1f4a9c 2f8f70 16224e 18244c f1ebe0
ottoman/velvet            textile-weave,embroidery    8a1c2a d9b765* 2b5a55 e8dcc0 2e0c14 3a0f16 c9a24f
ottoman/silver-thread     embroidery,metal            eee6d5 b23a42 3d6a8f c9a450* 3a2830 5a3a36 e2d7bf
andalusi/zellij           ceramic,mosaic              efe9da 1f5f8f 2d7a54 d39a34 20222a f1ebdd 2a2b30
andalusi/zellij-green     ceramic,mosaic              f0ead9 2a6f50 23262b c98a2f 15181b efe8d8 2b5f94
andalusi/stucco           stone                       eadfc9 f3ead7 d9c8a8 6f93a5 8b7a60 7c6a52 e2d5bb
andalusi/silk             textile-weave,embroidery    a32b2c e3c057 2c6a4a ece1c6 211a26 2a1a1e 1f3f6a
andalusi/taracea          inlay                       5a3520 e8dcbf 8f5a2c 3f6f5a 24150d 20130c a9743c
mamluk/glass              glass,metal                 e0d3ae c99a3a* 24509a a8362f 1f2a4a 5a2a1c d8c088
mamluk/brass              metal                       8f6b34 d8c9a4 caa052 b8b0a0 3c2b14 2b1f0f 7d5c2c
mamluk/koran              manuscript                  ece2c8 c99b36* 23479a a33a34 14214a 1a234a 21438f
mamluk/marble             inlay,mosaic                ece5d6 242428 8f3430 3f8a93 18181c d8cfbc c79a52
chinese/blue-white        ceramic                     eef1f0 24489a 4f74b8 7f9bcb 162f74 1b3680 e6ecee
chinese/celadon           ceramic                     9bb79c 86a68a b2c9b0 6f9378 587a64 5d7f68 90ae92
chinese/famille-verte     ceramic                     f1efe6 3f8f5c c8463a e0b440 2b3348 2a2e3a dfe8d8
chinese/famille-rose      ceramic                     f4efe9 d0708a 5f9f78 e3b752 6a3350 5c3346 f0d9da
chinese/sancai            ceramic                     dba94a 4f8a4c efe2bd b3602a 4a3a1c 5a4222 4f8a4c
chinese/lacquer-red       lacquer,inlay               8e1f1c b9332a c8452f d2a044* 2a0e0d 3a100e 6e1614
chinese/lacquer-black     lacquer                     1a1413 c9a04a* a32a22 d8c08a 0d0a0a 0d0a0a 6e1816
chinese/silk              textile-weave,embroidery    1f3d6e d9b45a* c84b42 8fbf9f 121f3c 14203c a82c2e
chinese/imperial-yellow   embroidery,textile-weave    d8a231 2b5aa0 c23f36 4f9a78 3a2a1a 5a3a16 1f3c74
chinese/bronze            metal                       4f6b58 7f8a5c 6a7a5e a58a4a 22302a 1a2420 5a7264
chinese/woodblock         woodblock                   efe3c8 b8402f 3f6f7a d0a050 2a2522 241f1d e6d6b2
chinese/cloisonne         metal,glass,inlay           2a8fa6 c23a34 e2b53f f0e8d6 173a6c c79a3c 1c4a86
japanese/indigo           batik,textile-weave         1f3358 e9e4d6 5f7fa6 93a9c0 131f3a 16233f 24406c
japanese/indigo-pale      batik,textile-weave         e8e3d5 27456f 5c7da5 a9b9c6 16284a 1c3258 27456f
japanese/sashiko          embroidery                  22355a ece6d6 d9d2c0 c8c6bd 131f38 18284a 1b2c4e
japanese/edo              woodblock                   eadfc5 2f5a86 c6523c dca94e 27262a 232226 d9cba8
japanese/edo-dusk         woodblock                   e6d7c0 375a7f b4616a e2b069 262a3a 24263a 7a86a0
japanese/edo-pine         woodblock                   ebe0c6 4d7a5c c8604a e0b65a 2c2c2a 2a2826 93a88a
japanese/aizuri           woodblock                   ece6d4 1f4a82 5d88b3 a6c0d2 14274e 16294e c4d3da
japanese/kimono           textile-weave,embroidery    a83a45 ece2cc d9ae52* 3d6f7f 2a1a28 3a1a24 7d2438
japanese/kakiemon         ceramic                     f4f0e7 c9452f 2f6fa6 3f9a84 2a2a3a 33303a f0eadf
japanese/nabeshima        ceramic                     f2f1ea 2a559c c6503f 79a878 1b346e 20407c d7e1e6
japanese/maki-e           lacquer                     171213 caa04a* b78234* a3402e 0c090a 0c090a 2a1614
japanese/negoro           lacquer                     9c241d 1c1413 c8452f d6a54c* 0f0a0a 120b0b 1c1413
korean/celadon-inlay      ceramic                     8fa893 e6e4d4 3a4440 a9bfa6 2b3431 34403b 86a08c
korean/dancheong          fresco,lacquer              2f7a62 c8442f 2c5a9c e5b648 1d2a30 efe6d2 8c2a24
korean/bojagi             textile-weave,embroidery    e6dac0 c64d4f 3f6f9f e0b24d 3d5a4a 8a7a60 7f9f8c
indian/pietra-dura        inlay                       efeae0 a83a2c 2d6a4f d39a3a 2c3348 6a4a34 e6ded0
indian/pietra-dura-dark   inlay                       23242a d8a24a a8382f 4f8a7a 15161a e8dfcc efe8da
indian/madder             textile-weave,batik         9c2f2a e8d9b8 22355f c98a34 2a1518 2a1518 23345c
indian/kalamkari          batik,woodblock             e9dcbd a33d2e 2d4c72 b98b3c 2a211f 2a1f1d 7c2a28
indian/block-print        woodblock,batik             ece0c4 a8342c 274a78 6f8a4a 2a1c1c 3a201e 8f2a28
indian/patola             textile-weave               8f1f2a e9d7a8 2c5a3f d79a2e 1f1420 1f1420 23304f
indian/phulkari           embroidery                  8a3526 e3a22c d95f3a f0e2c4 3f1814 4a1c16 7a2c20
indian/jali               stone                       c98a66 d6a07c b8754f a9653f 6a3a26 58301f bf7f5a
indian/mughal-album       manuscript                  eee2c6 b8404c 3f7f62 cf9f3c* 2b3550 30384c 2e5a86
indian/bidri              metal                       1f2023 c8c8c4 8f9296 a8a294 101113 0c0d0f 2b2c30
indian/ajanta             fresco                      a8603c e3cfa2 4f7362 d6a04a 3a2018 2c1812 7a3a28
khmer/sandstone           stone                       8f8674 a39a86 7f7865 8a9078 4a463c 3c382f 857c6a
celtic/gospel             manuscript                  eadcb6 b8432f 2f6a5a d9a932 2a2420 2a211c 5a3a6a
celtic/gospel-blue        manuscript                  e8dcb9 2f4f86 b5382f e0b03a 241f22 261d1a 2f6f62
celtic/enamel             metal,inlay                 b88a3f a82f28 1f4a86 e2c25a 2a1c12 d0a24c 7a5426
celtic/stone-cross        stone                       8d8f88 9da098 7c7f78 868c78 4c4f4b 3f423f 84867f
insular/silver            metal                       8e9194 c6c8c8 d0a54f* a23a34 34373b 24272a 76797d
gothic/glass              glass                       1f3f9a b8242c e0b23a 2f7f4f 5a2a6a 141414 c8d4dc
gothic/glass-ruby         glass                       a81f28 23489c e8bf4a 3f8a5a 4a1f4f 121212 24448f
gothic/grisaille          glass                       dfe3d6 c2cbbd d8b23e b32a2e 2d4f93 2a2622 cfd6c8
gothic/limestone          stone                       d3c6a8 ddd2b8 c4b592 b5a27c 7a6c52 63563f c9bb9b
gothic/book-of-hours      manuscript                  ede2c8 2b4f9a b8323a d0a23c* 3f6f4a 3a2620 efe4ca
gothic/encaustic          ceramic                     8c3d25 e0bf7e d4ac66 a85a34 3a1a12 5a2616 7c3420
gothic/opus-anglicanum    embroidery                  7a1e28 d3ab4f* 2d5a72 e6d9bd 2a1014 3a1618 28406a
renaissance/maiolica      ceramic                     f1ead8 27509a dba032 4a8a5a b5602c 1d2f5a 27509a
renaissance/maiolica-blue ceramic                     2c559f f1e8d0 e0a93a 6fa36a 172f66 14264f e3ab3c
renaissance/intarsia      inlay                       8a5a30 d8b57c 5a351c b3803f 2c1a0f 24150c 6a4020
renaissance/velvet        textile-weave               7c1f2a c79a45* a8303a e3d0a4 34101a 3a1018 6a1a24
renaissance/grotesque     fresco                      efe4cb b8503a 4f7f8a d7a645 4a3a32 5a4032 a8b08c
renaissance/stucco        stone                       e9e2d2 f2ecdf d9cfb8 c2a86a 8f836e 7a6e5a dfd6c2
renaissance/cosmati       inlay,mosaic                ece4d3 7a2a36 2f6249 cfa045* 29262b e6dcc8 e9e1cf
florentine/pietra-dura    inlay                       1d1d21 d6a34c b8463a 4f7f98 101014 efe6d2 e6dcc6
delft/blue                ceramic                     f1f1ea 2f569f 6c8cc0 9fb4d6 1c3876 203c7c eceee8
portuguese/azulejo        ceramic                     f2efe4 2c5aa4 e2b13c 7f9fd0 1b3a78 1f3f80 e2b13c
arts-crafts/print         textile-weave,woodblock     2a4a52 8fa86f c8694a e3cf9a 1a2c34 182a30 39606a
arts-crafts/earth         textile-weave,woodblock     e9dcba 6f8a4f b3503c d8a548 2f3f4a 3a3a34 8a5a3a
arts-crafts/tile          ceramic                     e7dcc0 3f7f86 b9683c 8f9f4f 2a3f4a 2a3a40 2f6f70
art-nouveau/glass         glass                       a9c8b4 6f9f5f d98f4a e8c96a 5a3f6f 1a1a18 d8dcc0
victorian/encaustic       ceramic                     c9a06a 6f2f24 e9dcc0 2f4a63 221d20 2a2020 8a4a2e
russian/icon-frame        metal,manuscript            c79b45* 8f2a2c 2c5a6f e6d6ae 3a2414 4a2e14 a87c34
russian/lubok             woodblock                   efe4c6 c84a3a 4f8a5a e2b53f 2c2a30 2a2526 5a7fa6
ukrainian/embroidery      embroidery                  efe8d8 b3262c 1f1c20 c84a4a 171417 3a1a1c ece3d0
hungarian/embroidery      embroidery                  1d1b22 c8343c 3f7f56 e6b73c 0f0e12 121016 a82a34
scandinavian/rya          textile-weave,embroidery    8f2f2a e3cf9f 2a3f5f cf9a3a 1f1a1c 241a1c 23334f
scandinavian/knit         textile-weave               23344f ece5d4 a8342e c7bfae 161f30 1a2438 a8342e
scandinavian/stave        stone,inlay                 6f4a2c 8a6038 5a3b22 a3402e 2f1e12 24170d 63422a
viking/silver             metal                       a8a9a6 cfcfca 87898a c29a4a 3a3b3d 2a2b2d 8f908e
scottish/tartan           textile-weave               1f4a3a 23345c a8262c e0c14a 141a20 14201c 23345c
scottish/tartan-red       textile-weave               a3242a 1d3f34 1f2f5c e6dcc0 14161c 1c1214 1d3f34
andean/paracas            textile-weave,embroidery    7a1e2a d39a2e 2f5a5a c85a3a 1f1518 24161a 2a3350
andean/wari               textile-weave               c8923a 8c2a2a e6d3a2 3f5a6a 2a1a18 2c1c18 5a2a22
andean/inca               textile-weave               a8242a e3b437 ece0c2 2c2430 1a1216 1c1216 1d1a20
andean/nazca              ceramic,textile-weave       e3c79a a5442c 6d6a72 d8963a 2a1f1d 261a18 8c3a2a
andean/gold               metal                       c9993a e3bd5f b07f2a 3f8f86 4a3010 3a250c b88a32
maya/stucco               stone,fresco                d9c7a2 a83f2c 2f7f8a d6a040 33241c 2a1c16 8c3426
maya/codex                manuscript                  e6d6ae 9c3a2c 3a7f86 c79338 1f1a18 1f1816 d8c393
aztec/turquoise           mosaic                      2f9a94 1f6f78 7fc4b4 c8403a 173a3c 2a2018 d8cdb0
mixtec/greca              stone,mosaic                cdb58c dcc8a2 b89c70 a8563c 6a543a 554128 c2a97f
mixtec/codex              manuscript,ceramic          ead9b4 a83a2c d69a34 3f7a7a 211a18 221a17 c8682f
mimbres/black-white       ceramic                     e6ddcc 2a2523 5f5148 b8a88f 1a1614 1f1a18 ddd2bd
pueblo/polychrome         ceramic                     e3cfae 2b2422 a84a30 cf9a5a 1c1614 221a17 b3593a
pueblo/blackware          ceramic                     2a2727 121112 3a3636 45403e 0a0a0a 161414 201d1d
navajo/blanket            textile-weave               a3282a 221f22 e6dcc6 6f6a68 17141a 1c161a ddd2ba
navajo/chief              textile-weave               e4dac4 1f1d22 9c262a 26406f 141216 1a1618 1f1d22
haida/chest               lacquer,stone,inlay         a8693c 1d1a1a a8342a 3f7f78 0f0d0d 141010 8a5430
pacific/tapa              batik,fresco,woodblock      d6bb8c 3a241a 8a4a2a b3834a 22150f 27180f c7a873
maori/carving             stone,inlay                 5a2f1f 7a3f28 6a3624 3f7a72 24130d 1d0f0a 4f291b
benin/brass               metal                       7f5a2c b88a45 96703a 5a4220 2f2010 24180c 6f4e26
kente/silk                textile-weave               d79a26 1f5a3a a8262c 1c1c26 14121a 1a1418 23408a
kente/blue                textile-weave               23408a e3a92e ece2c8 a8282f 131a38 161c38 1c1c24
kuba/raffia               textile-weave,embroidery    c9a468 3a2418 8a5a30 a8442e 24160f 2a1a10 b08a52
adinkra/cloth             batik,textile-weave         a8452a 1f1718 d0a24a e6d8b8 140f10 181112 8a3522
bogolan/mud-cloth         batik,textile-weave         2a1d17 e3d6b8 a8693a 6b4a30 17100c 1a120e 3a281e
ethiopian/gospel          manuscript,fresco           e8d9b0 b83f2c 2f5f5a e0ad36 2a2030 241c20 3f4f86
amazigh/kilim             textile-weave               a8382c e6d8b8 23334a d99a34 1d1718 221818 6a2a24
anatolian/kilim           textile-weave               9c2f2a 23476a e4d4ae c98a30 1f1a20 221a1c 3f5a4a
anatolian/kilim-blue      textile-weave               23406a a8352c e6d7b2 6f8a4a 151c2e 161c2c 8f2c28
caucasian/kazak           textile-weave               a22b28 1f4a6a e8d9b2 3f6f52 1a171c 1e181c 23406a
central-asian/ikat        textile-weave               a82a34 ece0c4 1f4a7a e0a832 2a1630 2a1a24 3a6f5a
central-asian/suzani      embroidery                  e9dfc8 a82838 3a5f4a d68a34 2a1d24 341c22 c9a05a
central-asian/tile        ceramic                     1f6fa0 efe9da 1c2f7a 35a0a0 111d4a 142050 2a9a9c
javanese/batik-brown      batik                       e6d3a4 5a3018 a86a2e 26344f 2a160c 301a0e 3a2216
javanese/batik-indigo     batik                       22304f ecdfbd 8a5428 b98a4a 141a2c 171e30 5a3018
javanese/pesisir          batik                       efe3c6 b3393a 2f5f86 4f8a5a 2a2430 3a2224 a8343a
sumba/ikat                textile-weave               2a2430 e6d2a6 8a2f26 c08a4a 17131a 1b161e 6a261f
balinese/gold             batik,metal                 1f5a4a d3a73f* a83a3a e8d9a8 10261f 14281f 7c1f2a
thai/bencharong           ceramic                     b5382f e6b83f 2f7f5a f1e8d4 22203a 2a1c24 24407c
tibetan/thangka           fresco,embroidery           1f3f6f c8432f d9a63a* 4f8a5a 141c33 181c30 9c2f2a
"""


def _read(line: str) -> Palette:
    name, materials, *colors = line.split()
    hexes = tuple(color.rstrip("*") for color in colors)
    gilt = tuple(role for role, color in enumerate(colors[:5]) if color.endswith("*"))
    return Palette(
        name=name,
        materials=tuple(materials.split(",")),
        roles=(hexes[0], hexes[1], hexes[2], hexes[3], hexes[4]),
        line=hexes[5],
        border=hexes[6],
        gilt=gilt,
    )


PALETTES: dict[str, Palette] = {p.name: p for p in map(_read, _TABLE.strip().splitlines())}
