"""What the people of the pretend town say, in German and in English, side by side.

`beats.py` holds the shapes, the other files the texts. Times are relative to the moment when
the town was entered: `-3d 2h` is three days and two hours before it, `4m` four minutes after.
No text may name a real person, place or brand, and every text exists in both languages.
"""
