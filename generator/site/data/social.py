"""What others show of a page that is shared: OpenGraph, and a picture card of two works for their side-by-side page.

One card serves both orders of a pair. It lies in the store under the hash of all that it shows, so only what changed
is drawn again. Cards need whole addresses, so there are none where the site's address is not known.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path

from generator.core import workers
from generator.core.config import Config
from generator.core.i18n import shortened
from generator.core.model import Derivative, each
from generator.core.run import Run
from generator.core.store import Part, Store, key
from generator.images import share_card
from generator.images.share_card import ShareCard
from generator.site import theme, urls
from generator.site.cards import Cards
from generator.site.context import Context

APART = (0.22, 0.5, 0.84, 1.16, 1.42)  # of the rings of each level of closeness, in their diameters: as in site.css
ENOUGH = 620  # pixels on the long side of a picture on a card
SECONDS = 0.04  # to draw one

PairSet = frozenset[tuple[int, int]]  # rows, the lower first


@dataclass(frozen=True, slots=True, kw_only=True)
class SocialPreview:
    """What is said of a page where it is shared."""

    path: str
    title: str
    text: str
    picture: str  # from the site's root
    width: int
    height: int
    alt: str
    wide: bool = False  # a card: may be shown at its full width
    kind: str = "article"


def chosen(compared: Sequence[Sequence[int]], config: Config, veiled: frozenset[int] = frozenset()) -> PairSet:
    """Return the pairs that get a card: of all side-by-side pages, or of each work's first; none without an address.

    A veiled work is on no card.
    """
    if not config.base_url or config.share_cards == "none":
        return frozenset()
    most = 1 if config.share_cards == "works" else None
    pairs = ((min(row, other), max(row, other)) for row, others in enumerate(compared) for other in others[:most])
    return frozenset(pair for pair in pairs if not veiled & set(pair))


def of_work(row: int, cards: Cards) -> SocialPreview:
    """Return what is said of a work's page, which is shown by its own picture and described as every page is."""
    work = cards.collection.works[row]
    return _shown_by(row, cards, path=urls.work(work.id), title=shortened(work.title, 120), text="")


def of_pair(one: int, other: int, shared: PairSet, cards: Cards) -> SocialPreview:
    """Return what is said of a side-by-side page: it is shown by a card where it has one, else by its first picture."""
    works = [cards.collection.works[row] for row in (one, other)]
    path, text = urls.pair(*(work.id for work in works)), " / ".join(_described(row, cards) for row in (one, other))
    left, right = (shortened(work.title) for work in works)
    said = _shown_by(one, cards, path=path, title=cards.words("pair.title", one=left, other=right), text=text)
    if (min(one, other), max(one, other)) not in shared:
        return said
    (width, height), alt = share_card.SIZE, " / ".join(shortened(work.alt, 120) for work in works)
    card = urls.card(*_ordered(one, other, cards))
    return replace(said, picture=card, width=width, height=height, alt=alt, wide=True)


def of_site(pairs: Sequence[tuple[int, int]], shared: PairSet, cards: Cards) -> SocialPreview | None:
    """Return what is said of the first page, which is shown by its first pair; None where there is no pair."""
    if not pairs:
        return None
    config = cards.printer.config
    first = of_pair(*pairs[0], shared, cards)
    return replace(first, path=urls.HOME, title=config.title, text=config.subtitle or first.text, kind="website")


def write(context: Context, run: Run) -> None:
    """Draw the cards that the store does not hold, and put all of them into the site."""
    shared = sorted(chosen(context.findings.highlights.compared, context.config, context.cards.veiled))
    drawn = [_card(one, other, context) for one, other in shared]
    paths = [run.store.path("cards", key(share_card.RECIPE, *_parts(card)), ".jpg") for card in drawn]
    missing = [(path, card) for path, card in zip(paths, drawn, strict=True) if not path.is_file()]
    if missing:
        with run.progress.stage("Drawing link previews", len(missing)) as step:
            for _ in each(workers.run(partial(_draw, run.store), missing, jobs=run.jobs, seconds=SECONDS), step):
                pass
    for (one, other), path in zip(shared, paths, strict=True):
        target = urls.card(*_ordered(one, other, context.cards))
        context.printer.folder(target)
        shutil.copyfile(path, context.printer.out / target)


def _draw(store: Store, one: tuple[Path, ShareCard]) -> None:
    """Put one card into the store; a task of a worker process."""
    path, card = one
    content = share_card.draw(card)
    with store.writing(path) as temporary:
        temporary.write_bytes(content)


def _card(one: int, other: int, context: Context) -> ShareCard:
    cards, match = context.cards, context.neighborhood.pair(one, other) or context.neighborhood.pair(other, one)
    works, colors = [context.collection.works[row] for row in (one, other)], theme.mixed(context.config.light)
    left, right = (_enough(context.assets.pictures[row]) for row in (one, other))
    level = match.level if match else len(APART) - 1
    return ShareCard(
        pictures=(left.path, right.path),
        titles=(works[0].title, works[1].title),
        lines=(_described(one, cards), _described(other, cards)),
        word=cards.word(level, bool(match and match.same)),
        apart=APART[level],
        name=context.config.title,
        paper=colors["paper"],
        ink=colors["ink"],
        quiet=colors["quiet"],
        accent=colors["accent"],
    )


def _parts(card: ShareCard) -> Iterator[Part]:
    """Yield what a card's bytes depend on: of a picture its name, which is a hash of what is in it."""
    for field in fields(card):
        value = getattr(card, field.name)
        yield tuple(path.name for path in value) if field.name == "pictures" else value


def _enough(derivatives: Sequence[Derivative]) -> Derivative:
    """Return the smallest derivative that is large enough for a card, or the largest."""
    return next((one for one in derivatives if max(one.width, one.height) >= ENOUGH), derivatives[-1])


def _ordered(one: int, other: int, cards: Cards) -> tuple[str, str]:
    return cards.collection.works[min(one, other)].id, cards.collection.works[max(one, other)].id


def _described(row: int, cards: Cards) -> str:
    """Return what a work is, on one line: "Japanese, Painting, about 1700"."""
    return ", ".join(filter(None, (*cards.values[row], shortened(cards.dates[row]))))


def _shown_by(row: int, cards: Cards, *, path: str, title: str, text: str) -> SocialPreview:
    """Return a page as it is shown by the picture of a work; by none where that is veiled."""
    said = SocialPreview(path=path, title=title, text=text, picture="", width=0, height=0, alt="")
    if not (shown := cards.shown(row)):
        return said
    largest = cards.pictures[row][-1]
    alt = shortened(cards.collection.works[row].alt, 120)
    return replace(said, picture=shown, width=largest.width, height=largest.height, alt=alt)
