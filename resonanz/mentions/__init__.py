"""Pages that link to one another: others' pages to ours (received), and ours to theirs (sent).

Whoever links to a page of ours tells it at a public door; the page is looked at in the
background and, when it really links to us, arrives like anything that somebody says. A text of
ours that stands on our own site is told to every page it links to. This room words no protocol:
it asks the connector of the domain's channel, and it never believes what a stranger says before
the page was seen.
"""
