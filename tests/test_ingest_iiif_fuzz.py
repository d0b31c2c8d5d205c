"""Any JSON in place of a manifest gives records, reasons or an error that says what to do."""

import copy
import json
from itertools import islice

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.manifests import HOST, IMAGE, Hosts, manifest2, manifest3

from generator.core.errors import IngestError
from generator.ingest.sources.base import LeftOut, Record, SourceQuery
from generator.ingest.sources.iiif import IIIF

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(
        [
            HOST,
            IMAGE,
            "Manifest",
            "sc:Manifest",
            "Collection",
            "Image",
            "Choice",
            "painting",
            "level0",
            "<![x",
            "javascript:x",
        ]
    )
)


KEYS = st.sampled_from(
    [
        "id",
        "@id",
        "type",
        "@type",
        "label",
        "metadata",
        "value",
        "items",
        "sequences",
        "canvases",
        "images",
        "resource",
        "body",
        "service",
        "profile",
        "sizes",
        "width",
        "height",
        "start",
        "rights",
        "license",
        "provider",
        "homepage",
        "thumbnail",
        "manifests",
        "members",
        "collections",
        "first",
        "next",
        "maxWidth",
        "maxArea",
        "default",
        "en",
        "requiredStatement",
        "summary",
        "navDate",
        "@value",
        "@language",
        "source",
    ]
)


TREES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


def places(tree):
    """Yield every container and key within a tree."""
    for key in list(tree) if isinstance(tree, dict) else range(len(tree)):
        yield tree, key
        if isinstance(tree[key], dict | list):
            yield from places(tree[key])


def holds(tree, tmp_path):
    """True: a file of this tree gives records, reasons or an error that says what to do."""
    path = tmp_path / "m.json"
    path.write_text(json.dumps(tree), encoding="utf-8")
    asked = SourceQuery(inputs=(str(path),), client=Hosts({f"{IMAGE}/info.json": tree, HOST: tree}))
    try:
        return all(isinstance(one, Record | LeftOut) for one in islice(IIIF.records(asked), 1000))
    except IngestError as error:
        return "Fix:" in str(error)


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(TREES)
def test_any_json_gives_records_reasons_or_an_error(tmp_path, tree):
    assert holds(tree, tmp_path)
    assert holds({"type": "Manifest", "label": "x"} | (tree if isinstance(tree, dict) else {"items": tree}), tmp_path)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), st.sampled_from([manifest2, manifest3]))
def test_a_manifest_spoiled_anywhere_gives_a_record_a_reason_or_an_error(tmp_path, data, make):
    tree = copy.deepcopy(make())
    for _ in range(data.draw(st.integers(1, 3))):
        container, key = data.draw(st.sampled_from(list(places(tree))))
        container[key] = data.draw(TREES)

    assert holds(tree, tmp_path)
