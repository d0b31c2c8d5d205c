"""Content folders that are checked and built without a network; and text that would do harm as HTML."""

import numpy as np

from generator import content, site
from generator.core import config
from generator.core.errors import FaultyError
from generator.core.resources import TEMPLATES
from generator.core.run import Run
from generator.core.store import Store
from generator.images import derivatives
from support.making import Silent
from support.sites import analogies_of, findings_of

PAYLOAD = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }}{% raw %}</title></textarea>&lt;b&gt;"


def check(folder):
    """Return the collection and the notes; the collection is None where something is wrong."""
    settled, noted = config.examine(folder, TEMPLATES / "defaults.toml")
    try:
        return content.load(folder, settled, Run(store=Store(folder.parent / "cache"), progress=Silent()), noted=noted)
    except FaultyError as error:
        return None, error.faults


def build(folder):
    """Return the site of a content folder, as a visitor gets it but for what the analogies are."""
    found, notes = check(folder)
    assert found is not None, notes
    store = Store(folder.parent / "cache")
    vectors = np.random.default_rng(0).normal(size=(len(found.works), 8))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    derived = derivatives.derive(found, store=store, jobs=1, progress=Silent(), steps=(240, 480, 960))
    settled, _ = config.load(folder, TEMPLATES / "defaults.toml")
    out = folder.parent / "site"
    out.mkdir()
    findings = findings_of(found, analogies_of(vectors, found))
    run = Run(store=store, progress=Silent())
    site.write(found, findings, settled, site.Assets(pictures=derived), out, run)
    return out
