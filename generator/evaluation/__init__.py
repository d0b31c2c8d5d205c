"""Studies of what the site stands on: how quick the search is, whether it matches what people see, what it misses.

    speed/       the conditional search against every exact peer, and how fast pages are written
    intuition/   pictures of which two things are known, and which way to compare them finds the right one
    blindspots/  kinds of pictures that a generative model leaves out or repeats
    common/      what all studies share

Each study has a module `run` or a function that the command line calls, and a `report` that writes its page.
"""
