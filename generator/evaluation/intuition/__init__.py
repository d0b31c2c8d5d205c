"""Does the search match human intuition? Pictures of which two things are known, and who finds the right one.

evaluate     from what was asked to the report: make the pictures, ask every way, write
grid         what is asked of: pictures with a content and a style each, kept in a folder
letters      the same letter in many fonts             glyphs       a font's letters as pixels
fonts        folders of fonts                          fontsource   families fetched with npm
styles       the same content in many styles           transfer     the network that transfers a style  [torch]
samples      pictures to be contents and styles
features     what the networks say of pictures         tuning       what can be done to it
ways         the ways to compare: rows of the tables
metrics      ranks, and what they say                  study        every test put to every way
speed        what the search costs meanwhile
report       the page with hits and misses, JSON, Markdown
"""
