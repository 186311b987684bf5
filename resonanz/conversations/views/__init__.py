"""The pages of this room: the inbox, a talk, answering in it, and the small acts."""
