"""Does the search match human intuition? Pictures of which two things are known, and who finds the right one.

    grid.py      what is asked of: pictures with a content and a style each, kept in a folder
    letters.py   the same letter in many fonts            fonts.py    where the fonts come from
    styles.py    the same content after style transfer    transfer.py the network that transfers
"""
