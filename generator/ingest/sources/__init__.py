"""The registry of sources: every one by its name."""

from collections.abc import Mapping
from types import MappingProxyType

from generator.ingest.sources.aic import AIC
from generator.ingest.sources.base import Source
from generator.ingest.sources.cleveland import CLEVELAND
from generator.ingest.sources.cmoa import CMOA
from generator.ingest.sources.csv_table import TABLES
from generator.ingest.sources.iiif import IIIF
from generator.ingest.sources.met import MET
from generator.ingest.sources.nga import NGA
from generator.ingest.sources.rijks import RIJKS
from generator.ingest.sources.tate import TATE

ALL: tuple[Source, ...] = (MET, TATE, CMOA, CLEVELAND, NGA, AIC, RIJKS, TABLES, IIIF)
SOURCES: Mapping[str, Source] = MappingProxyType({source.name: source for source in ALL})
