"""Font families that npm has as @fontsource/NAME, all of one version.

Chosen by hand: no icons, no barcodes, nothing without A to Z, and no Chinese, Japanese or Korean families, whose packages
are tens of megabytes each. What a family's license and letters are is looked at when it is fetched and drawn.
"""

VERSION = "5.3.0"

NAMES = """
abeezee abel abhaya-libre aboreto abril-fatface acme actor afacad aileron alata albert-sans aldrich alegreya
alegreya-sans aleo alex-brush alexandria alfa-slab-one alice allan allura almarai alumni-sans amatic-sc amiri
amiri-quran annie-use-your-telescope anonymous-pro anton antonio anuphan anybody apfel-grotezk architects-daughter
archivo archivo-black archivo-narrow aref-ruqaa aref-ruqaa-ink arimo arsenal arvo asap asap-condensed assistant
atkinson-hyperlegible atkinson-hyperlegible-mono atkinson-hyperlegible-next audiowide azeret-mono b612 b612-mono
bad-script bai-jamjuree baloo-2 baloo-bhai-2 baloo-bhaijaan-2 balsamiq-sans bangers barlow barlow-condensed
barlow-semi-condensed basic be-vietnam-pro bebas-neue belleza berkshire-swash besley big-shoulders-display
big-shoulders-text birthstone bitter black-ops-one blinker bodoni-moda bowlby-one-sc brawler bree-serif
bricolage-grotesque bubblegum-sans bungee bungee-shade cabin cabin-sketch cairo cal-sans caladea cantarell caprasimo
cardo carlito carter-one cascadia-code catamaran caveat caveat-brush cedarville-cursive chakra-petch changa chewy
chilanka chivo cinzel cinzel-decorative clear-sans climate-crisis coiny comfortaa comic-neue comic-relief
commissioner commit-mono cookie cooper-hewitt corinthia cormorant cormorant-garamond cormorant-infant cormorant-sc
courgette courier-prime cousine covered-by-your-grace creepster crimson-pro crimson-text damion dancing-script
darker-grotesque dejavu-mono dejavu-sans delicious-handrawn delius didact-gothic dm-mono dm-sans dm-serif-display
dm-serif-text domine dosis doto eb-garamond el-messiri encode-sans encode-sans-condensed encode-sans-semi-expanded
ephesis epilogue esteban ewert exo exo-2 fahkwang familjen-grotesk farsan faustina figtree finger-paint fira-code
fira-mono fira-sans fira-sans-condensed fira-sans-extra-condensed firago fjalla-one fragment-mono frank-ruhl-libre
fraunces fredericka-the-great fredoka fredoka-one funnel-display funnel-sans gabarito geist geist-mono geist-sans
gelasio gentium-book-basic gentium-book-plus gentium-plus geologica germania-one gfs-didot gloock gloria-hallelujah
gochi-hand goldman golos-text graduate grand-hotel grandstander great-vibes halant handlee hanken-grotesk
headland-one hedvig-letters-serif heebo hepta-slab herr-von-muellerhoff hind hind-madurai hind-siliguri
hind-vadodara homemade-apple host-grotesk ia-writer-mono ia-writer-quattro ibm-plex-mono ibm-plex-sans
ibm-plex-sans-condensed ibm-plex-serif im-fell-english im-fell-english-sc inclusive-sans inconsolata inder
indie-flower inika inknut-antiqua instrument-sans instrument-serif inter inter-tight iosevka iosevka-aile italiana
italianno itim jersey-10 jetbrains-mono josefin-sans jost jura kalam kanit karla kaushan-script khand knewave
kode-mono krona-one kumbh-sans lalezar lateef lato league-gothic league-spartan lekton lemonada lexend lexend-deca
lexend-exa lexend-zetta libre-baskerville libre-caslon-condensed libre-caslon-text libre-franklin licorice
lilita-one literata lobster lobster-two londrina-solid lora luckiest-guy lustria manrope mansalva maple-mono
marcellus marck-script martel maven-pro medievalsharp merriweather merriweather-sans metropolis michroma micro-5
modak momo-trust-display mona-sans monaspace-neon monda monofett monoton monsieur-la-doulaise montserrat
montserrat-alternates mr-de-haviland ms-madi mukta mulish museomoderno neucha newsreader norwester nosifer noto-mono
noto-sans noto-sans-display noto-sans-mono noto-serif noto-serif-display nunito nunito-sans old-standard-tt
oooh-baby open-sans open-sauce-one open-sauce-sans opendyslexic orbitron oswald outfit overpass overpass-mono ovo
oxanium oxygen pacifico parisienne passion-one patrick-hand patua-one paytone-one permanent-marker petrona
philosopher piazzolla pinyon-script pixelify-sans play playfair playfair-display playpen-sans plus-jakarta-sans
poiret-one poly poppins prata press-start-2p pretendard prompt pt-mono pt-sans pt-sans-caption pt-sans-narrow
pt-serif public-sans quantico quattrocento questrial quicksand radio-canada-big rajdhani raleway rammetto-one rasa
readex-pro recursive red-hat-display red-hat-mono red-hat-text redaction-10 reddit-mono reddit-sans reem-kufi
reenie-beanie rethink-sans righteous roboto roboto-condensed roboto-flex roboto-mono roboto-serif roboto-slab
rochester rock-salt rokkitt rowdies rubik rubik-mono-one rubik-one rufina russo-one sacramento saira saira-condensed
saira-extra-condensed saira-semi-condensed saira-stencil-one sanchez sansita sarabun satisfy scheherazade-new
schibsted-grotesk schoolbell science-gothic sen shadows-into-light shantell-sans share-tech share-tech-mono
short-stack shrikhand sigmar-one signika silkscreen slabo-13px slabo-27px smooch sn-pro sniglet sofia-sans
sometype-mono sora sorts-mill-goudy source-code-pro source-sans-3 source-sans-pro source-serif-pro space-grotesk
space-mono special-elite special-gothic-expanded-one spectral spicy-rice spline-sans spline-sans-mono sriracha
staatliches stack-sans-headline stack-sans-notch stack-sans-text stix-two-text sue-ellen-francisco suez-one
swanky-and-moo-moo syncopate syne tajawal tangerine tasa-orbiter taviraj teko tenor-sans the-girl-next-door
tiktok-sans tinos tiny5 titan-one titillium-web tomorrow twinkle-star ubuntu ubuntu-condensed ubuntu-mono unbounded
uncial-antiqua uncut-sans unifrakturcook unifrakturmaguntia unna urbanist varela varela-round vazirmatn vibur
victor-mono volkhov vollkorn vt323 whisper wix-madefor-display wix-madefor-text work-sans yanone-kaffeesatz
yantramanav yellowtail yeseva-one yrsa zain zalando-sans-expanded zilla-slab
"""

FAMILIES = tuple(NAMES.split())
