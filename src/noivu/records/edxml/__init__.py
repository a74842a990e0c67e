"""Message files between agencies (edXML): the structure as open implementations show it, read and written.

No conformity is claimed. Not verified against the standard itself: the namespace (none is written, any is read), the
form of `DocumentId` (organisation, year, number: one code sample) and what follows what among the statuses.
"""
