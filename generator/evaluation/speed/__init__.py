"""How quick the conditional search is, against every exact peer."""
