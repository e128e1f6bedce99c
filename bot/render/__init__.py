"""Pictures, papers and workbooks. Pure: data in, bytes out; the words are the caller's, already in one language."""
