"""Finds which skills a text is about. Pure: text and language in, skills with their score and the words that show them out.

`words` cuts a text into stems · `index` keeps the skills in arrays, in a file · `features` looks at a text from some twenty sides ·
`ranker` weighs what they saw (linear, its weights are a small JSON) · `vectors` are optional models of meaning · `detector` is the door.
No Django, no database, no network.
"""
