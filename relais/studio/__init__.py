"""Studio: what people are told, in the page and by mail, at the pace each chose.

Owns *notice* (a fact that concerns somebody), *choice* (what they wish to be written about, and how often), *letter* (they were
written to, once) and the *digest* (seven things a week, ranked for one person). Reads the floors below; mails leave by
`integrations/mail`. Nobody reads it but pages.
"""
