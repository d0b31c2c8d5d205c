"""Does the search match human intuition? Pictures of which two things are known, and who finds the right one.

run         from what was asked to the report: make the pictures, ask every way, write
grid        what is asked of: pictures with a content and a style each, kept in a folder
letters/    the same letter in many fonts
styles/     the same content in many styles, by neural style transfer                  [torch]
samples     pictures to be contents and styles
features    what the networks say of pictures
transforms  what can be done to vectors before they are compared
variants    the ways to compare: rows of the tables
metrics     ranks, and what they say
study       every test put to every way
speed       what the search costs meanwhile
report      the page with hits and misses, JSON, Markdown
"""
