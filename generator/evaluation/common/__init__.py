"""What all studies share.

files        texts and tables that appear when they are complete
machine      what the figures were measured on, and the limits of that machine
memory       how much memory is free, and how much a call took
report_page  a page in the site's own style
"""
