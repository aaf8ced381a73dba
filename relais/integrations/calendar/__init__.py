"""Calendar: workshops in the calendars people already use, by mail (iTIP, RFC 5546) and by a private feed (RFC 5545, RFC 7986).

Owns *feed* (an address with a secret, one a person). Reads knowledge, writes its mails as letters of the studio; nobody reads it but pages.
"""
