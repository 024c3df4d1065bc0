"""Papers of an inspection: assignment sheet, rectification notice, record; as Word and PDF from one template each."""
