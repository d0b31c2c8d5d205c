"""Every source by its name."""

from collections.abc import Mapping
from types import MappingProxyType

from generator.ingest.aic import AIC
from generator.ingest.cleveland import CLEVELAND
from generator.ingest.cmoa import CMOA
from generator.ingest.iiif import IIIF
from generator.ingest.met import MET
from generator.ingest.nga import NGA
from generator.ingest.rijks import RIJKS
from generator.ingest.sources import Source
from generator.ingest.tables import TABLES
from generator.ingest.tate import TATE

ALL: tuple[Source, ...] = (MET, TATE, CMOA, CLEVELAND, NGA, AIC, RIJKS, TABLES, IIIF)
SOURCES: Mapping[str, Source] = MappingProxyType({source.name: source for source in ALL})
