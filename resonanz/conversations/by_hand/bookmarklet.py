"""The bookmarklet: a link for a browser's bar that brings the page one reads to a note. Pure."""

import json

# Servers in front of the house take addresses of 8 KB, and whoever has to sign in first carries
# this one within another, which makes it longer by two thirds.
TEXT_CHARACTERS, ESCAPED_CHARACTERS = 1500, 3000


def bookmarklet(address: str) -> str:
    """The link for the page of notes at `address` (whole).

    It opens that page with address, title and selected text behind it, stores nothing, and leaves
    the page that it opens no hold on the one it was pressed on.
    """
    shorten = f"while(encodeURIComponent(t.join('')).length>{ESCAPED_CHARACTERS})t.length-=50;"
    told = "{url:location.href,title:document.title,text:t.join('')}"
    return (
        f"javascript:(()=>{{const t=[...String(getSelection())].slice(0,{TEXT_CHARACTERS});"
        f"{shorten}const u={json.dumps(address + '?')}+new URLSearchParams({told}),w=open(u);"
        "if(w)w.opener=null;else location.href=u})()"
    )
